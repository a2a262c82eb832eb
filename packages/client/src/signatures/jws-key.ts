import { KeyObject as NodeKey } from "node:crypto";
import { VersioningError } from "@mojaloop-versioning/protocol";
import type { CryptoKey, JWK, KeyObject } from "jose";

/** A key as `jose` takes it; `createPublicKey(pem)` and `createPrivateKey(pem)` of `node:crypto` make one of a PEM. */
export type Key = CryptoKey | KeyObject | JWK;

/** The algorithms of Signature 1.1, section 3, and ES256. sdk-standard-components 19 verifies RS256 and ES256 alone. */
export type Algorithm = "RS256" | "RS384" | "RS512" | "ES256";

const P256: ReadonlySet<unknown> = new Set(["prime256v1", "P-256"]);

/**
 * The algorithm for a private key: the one given, else RS256 for an RSA key and ES256 for an elliptic one.
 * @throws VersioningError `invalid-option` where the key cannot sign by it
 */
export function algorithmFor(key: Key, alg: Algorithm | undefined): Algorithm {
  const kind = kindOfKey(key);
  if (kind === "public") throw invalid("key: a public key cannot sign; give the private key");
  if (kind === "other") throw invalid("key: must be an RSA key, or an elliptic one on the curve P-256");
  const chosen = alg ?? (kind === "RSA" ? "RS256" : "ES256");
  if ((chosen === "ES256") === (kind === "P-256")) return chosen;
  throw invalid(`alg: ${chosen} does not go with a key of the kind ${kind}`);
}

function invalid(message: string): VersioningError {
  return new VersioningError("invalid-option", message);
}

function kindOfKey(key: Key): "RSA" | "P-256" | "public" | "other" {
  if ("type" in key && key.type === "public") return "public";
  if (key instanceof NodeKey) {
    if (key.asymmetricKeyType === "rsa") return "RSA";
    return P256.has(key.asymmetricKeyDetails?.namedCurve) ? "P-256" : "other";
  }
  if ("algorithm" in key) {
    const { name, namedCurve } = key.algorithm as { readonly name: string; readonly namedCurve?: string }; // WebCrypto
    if (name === "RSASSA-PKCS1-v1_5") return "RSA";
    return P256.has(namedCurve) ? "P-256" : "other";
  }
  const { kty, crv, d } = key as JWK; // what is left of the union
  if (kty !== "RSA" && !(kty === "EC" && P256.has(crv))) return "other";
  if (d === undefined) return "public";
  return kty === "RSA" ? "RSA" : "P-256";
}
