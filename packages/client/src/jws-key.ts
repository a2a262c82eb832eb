import type { CryptoKey, JWK, KeyObject } from "jose";

/** A key as `jose` takes it; `createPublicKey(pem)` and `createPrivateKey(pem)` of `node:crypto` make one of a PEM. */
export type Key = CryptoKey | KeyObject | JWK;

/** The algorithms of Signature 1.1, section 3. */
export type Algorithm = "RS256" | "RS384" | "RS512";
