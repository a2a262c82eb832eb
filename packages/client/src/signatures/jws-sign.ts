import { HEADER } from "@mojaloop-versioning/protocol";
import { FlattenedSign } from "jose";
import { algorithmFor, type Algorithm, type Key } from "./jws-key.ts";
import type { Sign } from "./message-signature.ts";

/** The key that signs, and how. */
export interface JwsSignOptions {
  /** The private key of the FSP: RSA, or elliptic on the curve P-256. */
  readonly key: Key;
  /** Default: RS256 for an RSA key, ES256 for an elliptic one. */
  readonly alg?: Algorithm;
}

/**
 * Makes the `sign` option of a client: FSPIOP-Signature over the body and the headers that identify the request and its parties,
 * with FSPIOP-URI and FSPIOP-HTTP-Method beside it (Signature 1.1, section 3).
 * @throws VersioningError `invalid-option` where the key cannot sign by the algorithm
 */
export function createJwsSign({ key, alg }: JwsSignOptions): Sign {
  const algorithm = algorithmFor(key, alg);
  return async ({ method, path, headers, body }) => {
    const destination = headers[HEADER.destination];
    const { protected: protectedHeader, signature } = await new FlattenedSign(new TextEncoder().encode(body))
      .setProtectedHeader({
        alg: algorithm,
        "FSPIOP-URI": path,
        "FSPIOP-HTTP-Method": method,
        "FSPIOP-Source": headers[HEADER.source],
        ...(destination !== undefined && { "FSPIOP-Destination": destination }),
        Date: headers[HEADER.date],
      })
      .sign(key);
    return {
      [HEADER.uri]: path,
      [HEADER.httpMethod]: method,
      [HEADER.signature]: JSON.stringify({ signature, protectedHeader }),
    };
  };
}
