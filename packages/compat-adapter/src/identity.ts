import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";

/** The client as a gateway names it in a header; that gateway must take the field out of whatever comes from outside. */
export function identifyByHeader(name: string): (request: IncomingMessage) => string | undefined {
  const lower = name.toLowerCase();
  return ({ headers }) => {
    const value = headers[lower];
    return typeof value === "string" ? value : undefined;
  };
}

/** The client by the common name of its TLS certificate, where the server has asked for one and verified it. */
export function identifyByCertificate(): (request: IncomingMessage) => string | undefined {
  return ({ socket }) => {
    if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
    const { CN } = socket.getPeerCertificate().subject;
    return typeof CN === "string" ? CN : undefined;
  };
}
