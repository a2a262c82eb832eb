import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { VersioningError } from "@mojaloop-versioning/protocol";

/** How a side of the adapter speaks TLS, 1.2 at least. Everything is PEM. */
export interface ServerTls {
  readonly key: string;
  /** The certificate, and those between it and its authority. */
  readonly cert: string;
  /** Who vouches for clients: with it, no connection is made without a client certificate of theirs. */
  readonly clientCa?: string;
}

/** How the adapter speaks TLS to a target. Everything is PEM. */
export interface ClientTls {
  /** Who vouches for the target; the authorities that Node knows by default. */
  readonly ca?: string;
  /** What the adapter shows where the target asks for a client certificate. */
  readonly key?: string;
  readonly cert?: string;
}

/** What node:tls takes, for a server. */
export interface ServerContext {
  readonly key: string;
  readonly cert: string;
  readonly ca?: string;
}

/** The key material of a server, in the words of node:tls. */
export function serverContext({ key, cert, clientCa }: ServerTls): ServerContext {
  return { key, cert, ...(clientCa !== undefined && { ca: clientCa }) };
}

/**
 * Looks at key material before anything is opened with it.
 * @throws VersioningError `invalid-option`
 */
export function checkTls(tls: ServerTls | ClientTls | undefined, option: string): void {
  if (tls === undefined) return;
  if ((tls.key === undefined) !== (tls.cert === undefined)) {
    throw new VersioningError("invalid-option", `${option}: a key and its certificate go together`);
  }
  const authority = "clientCa" in tls ? tls.clientCa : "ca" in tls ? tls.ca : undefined;
  try {
    // A text that is no certificate would pass for an authority that vouches for nobody.
    if (authority !== undefined) new X509Certificate(authority);
    createSecureContext("clientCa" in tls ? serverContext(tls) : tls);
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split(":").at(-1) ?? cause.message) : String(cause);
    throw new VersioningError("invalid-option", `${option}: this is no key material that fits: ${why}`, {
      cause,
    });
  }
}
