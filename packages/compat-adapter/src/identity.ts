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
  const names = new WeakMap<TLSSocket, string>(); // a connection keeps its certificate, and reading one is not cheap
  return ({ socket }) => {
    if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
    const known = names.get(socket);
    if (known !== undefined) return known;
    // Node gives a list where a certificate has several names; which of them is meant, nobody knows.
    const { CN } = socket.getPeerCertificate().subject as { readonly CN?: unknown };
    if (typeof CN !== "string") return undefined;
    names.set(socket, CN);
    return CN;
  };
}
