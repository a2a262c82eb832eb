import { createPrivateKey, type KeyObject } from "node:crypto";
import { HEADER, VersioningError } from "@mojaloop-versioning/protocol";
import { FlattenedSign } from "jose";

/** The key that signs under the policy "resign". Receivers must have its public key. */
export interface SigningOptions {
  /** PEM, or a key of node:crypto. */
  readonly privateKey: string | KeyObject;
  /** "RS256" by default; the others are those of Signature 1.1, section 3. */
  readonly alg?: "RS256" | "RS384" | "RS512";
}

/** What a signature covers. */
export interface Signable {
  readonly method: string;
  /** From the first slash of the API's path. */
  readonly path: string;
  readonly source: string;
  readonly destination: string | undefined;
  readonly body: Uint8Array;
}

/** Signs a message and returns the header fields to send with it. */
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
    throw new VersioningError("invalid-option", "signing.privateKey: not a private key in PEM", {
      cause,
    });
  }
}
