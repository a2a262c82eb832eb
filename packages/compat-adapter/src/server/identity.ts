import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";

/** The client that a gateway names in a header. The gateway must remove that field from requests that arrive from outside. */
export function identifyByHeader(name: string): (request: IncomingMessage) => string | undefined {
  const lower = name.toLowerCase();
  return ({ headers }) => {
    const value = headers[lower];
    return typeof value === "string" ? value : undefined;
  };
}

/** The client by the common name of its TLS certificate, if the server has verified one. */
export function identifyByCertificate(): (request: IncomingMessage) => string | undefined {
  const names = new WeakMap<TLSSocket, string>(); // a connection keeps its certificate, and reading one is not cheap
  return ({ socket }) => {
    if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
    const known = names.get(socket);
    if (known !== undefined) return known;
    // Node gives a list if a certificate has several common names; it is then unknown which one applies.
    const { CN } = socket.getPeerCertificate().subject as { readonly CN?: unknown };
    if (typeof CN !== "string") return undefined;
    names.set(socket, CN);
    return CN;
  };
}
