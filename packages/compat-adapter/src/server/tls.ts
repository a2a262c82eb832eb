import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { VersioningError } from "@mojaloop-versioning/protocol";

/** TLS of one side of the adapter, version 1.2 at least. All values are PEM. */
export interface ServerTls {
  readonly key: string;
  /** The certificate, followed by the intermediate ones. */
  readonly cert: string;
  /** The authority of client certificates. If set, clients without a valid certificate cannot connect. */
  readonly clientCa?: string;
}

/** TLS towards a target. All values are PEM. */
export interface ClientTls {
  /** The authority of the target's certificate; those of Node by default. */
  readonly ca?: string;
  /** Key and certificate for targets that ask for a client certificate. */
  readonly key?: string;
  readonly cert?: string;
}

/** Key material of a server, as node:tls expects it. */
export interface ServerContext {
  readonly key: string;
  readonly cert: string;
  readonly ca?: string;
}

/** The key material of a server in the form of node:tls. */
export function serverContext({ key, cert, clientCa }: ServerTls): ServerContext {
  return { key, cert, ...(clientCa !== undefined && { ca: clientCa }) };
}

/**
 * Checks key material before a port or connection uses it.
 * @throws VersioningError `invalid-option`
 */
export function checkTls(tls: ServerTls | ClientTls | undefined, option: string): void {
  if (tls === undefined) return;
  if ((tls.key === undefined) !== (tls.cert === undefined)) {
    throw new VersioningError(
      "invalid-option",
      `${option}: a key and its certificate must be given together`,
    );
  }
  const authority = "clientCa" in tls ? tls.clientCa : "ca" in tls ? tls.ca : undefined;
  try {
    // createSecureContext accepts any text as an authority, and then trusts nothing.
    if (authority !== undefined) new X509Certificate(authority);
    createSecureContext("clientCa" in tls ? serverContext(tls) : tls);
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split(":").at(-1) ?? cause.message) : String(cause);
    throw new VersioningError("invalid-option", `${option}: not valid key material: ${why}`, {
      cause,
    });
  }
}
