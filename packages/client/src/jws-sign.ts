import { HEADER } from "@mojaloop-versioning/protocol";
import { FlattenedSign } from "jose";
import type { Algorithm, Key } from "./jws-key.ts";
import type { Sign } from "./signature.ts";

/** Whose key signs, and how. */
export interface JwsSignOptions {
  /** The private key of the FSP. */
  readonly key: Key;
  /** Default: RS256. */
  readonly alg?: Algorithm;
}

/**
 * Makes the `sign` option of a client: FSPIOP-Signature over the body and the headers that say who asks what of whom, with
 * FSPIOP-URI and FSPIOP-HTTP-Method beside it (Signature 1.1, section 3).
 */
export function createJwsSign({ key, alg = "RS256" }: JwsSignOptions): Sign {
  return async ({ method, path, headers, body }) => {
    const destination = headers[HEADER.destination];
    const { protected: protectedHeader, signature } = await new FlattenedSign(new TextEncoder().encode(body))
      .setProtectedHeader({
        alg,
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
