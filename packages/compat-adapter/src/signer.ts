import { createPrivateKey, type KeyObject } from "node:crypto";
import { HEADER, VersioningError } from "@mojaloop-versioning/protocol";
import { FlattenedSign } from "jose";

/** The adapter's own key, which the scheme knows, for the policy "resign". */
export interface SigningOptions {
  /** PEM, or a key of node:crypto. */
  readonly privateKey: string | KeyObject;
  /** "RS256" by default; the others that Signature 1.1, section 3 allows. */
  readonly alg?: "RS256" | "RS384" | "RS512";
}

/** What is signed. */
export interface Signable {
  readonly method: string;
  /** From the first slash of the API's path. */
  readonly path: string;
  readonly source: string;
  readonly destination: string | undefined;
  readonly body: Uint8Array;
}

/** Signs a message and gives the header fields to send with it. */
export type Signer = (message: Signable) => Promise<Readonly<Record<string, string>>>;

/**
 * Makes a signer (Signature 1.1, section 3).
 * @throws VersioningError `invalid-option`
 */
export function createSigner({ privateKey, alg = "RS256" }: SigningOptions): Signer {
  const key = typeof privateKey === "string" ? readKey(privateKey) : privateKey;
  return async ({ method, path, source, destination, body }) => {
    const { signature, protected: protectedHeader } = await new FlattenedSign(body)
      .setProtectedHeader({
        alg,
        "FSPIOP-URI": path,
        "FSPIOP-HTTP-Method": method,
        "FSPIOP-Source": source,
        ...(destination !== undefined && { "FSPIOP-Destination": destination }),
      })
      .sign(key);
    return {
      [HEADER.signature]: JSON.stringify({ signature, protectedHeader }),
      [HEADER.uri]: path,
      [HEADER.httpMethod]: method,
    };
  };
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new VersioningError("invalid-option", "signing.privateKey: this is no private key in PEM", {
      cause,
    });
  }
}
