import { createPrivateKey, type KeyObject } from "node:crypto";
import { canonicalJson, HEADER, VersioningError } from "@mojaloop-versioning/protocol";
import { FlattenedSign } from "jose";

/** A private key and its algorithm. */
export interface SigningKey {
  /** PEM, or a key of node:crypto. */
  readonly privateKey: string | KeyObject;
  /**
   * "ES256" for an EC key, "RS256" for an RSA key by default. sdk-standard-components accepts these two; RS384 and RS512 are the others of
   * Signature 1.1, section 3.
   */
  readonly alg?: SigningAlgorithm;
}

/** An algorithm of {@link SigningKey}. */
export type SigningAlgorithm = "ES256" | "RS256" | "RS384" | "RS512";

/** The keys for the policy "resign". Receivers must have the public key of each. */
export interface SigningOptions extends Partial<SigningKey> {
  /** Keys by FSPIOP-Source. `privateKey` signs for sources that are not in it. */
  readonly keys?: Readonly<Record<string, SigningKey>>;
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
 * The bytes of a body in the form to sign and to send: members sorted by name. Mojaloop's validator (sdk-standard-components 19.19.1,
 * src/lib/jws/jwsValidator.js) does not verify the bytes, but the parsed body serialised in that order.
 */
export function signableBytes(body: unknown, restore: (text: string) => string = (text) => text): Buffer {
  return body === undefined ? Buffer.alloc(0) : Buffer.from(restore(canonicalJson(body)));
}

/**
 * Makes a signer (Signature 1.1, section 3) for messages of the given sources.
 * @throws VersioningError `invalid-option` for a key that cannot work and for a source without one
 */
export function createSigner(
  { privateKey, alg, keys = {} }: SigningOptions,
  sources: readonly string[],
): Signer {
  const standard =
    privateKey === undefined ? undefined : readKey({ privateKey, ...(alg && { alg }) }, "signing.privateKey");
  const bySource = new Map(
    Object.entries(keys).map(([source, key]) => [source, readKey(key, `signing.keys.${source}.privateKey`)]),
  );
  const missing = standard ? undefined : sources.find((source) => !bySource.has(source));
  if (missing !== undefined)
    throw new VersioningError(
      "invalid-option",
      `signing: no key for "${missing}"; add signing.keys.${missing} or signing.privateKey for all`,
    );
  return async ({ method, path, source, destination, body }) => {
    const key = bySource.get(source) ?? standard;
    if (!key) throw new VersioningError("invalid-option", `signing: no key for "${source}"`);
    const { signature, protected: protectedHeader } = await new FlattenedSign(body)
      .setProtectedHeader({
        alg: key.alg,
        "FSPIOP-URI": path,
        "FSPIOP-HTTP-Method": method,
        "FSPIOP-Source": source,
        ...(destination !== undefined && { "FSPIOP-Destination": destination }),
      })
      .sign(key.privateKey);
    return {
      [HEADER.signature]: JSON.stringify({ signature, protectedHeader }),
      [HEADER.uri]: path,
      [HEADER.httpMethod]: method,
    };
  };
}

interface CheckedKey {
  readonly privateKey: KeyObject;
  readonly alg: SigningAlgorithm;
}

function readKey({ privateKey, alg }: SigningKey, option: string): CheckedKey {
  const key = typeof privateKey === "string" ? parseKey(privateKey, option) : privateKey;
  const { asymmetricKeyType: type, asymmetricKeyDetails: details, type: kind } = key;
  const invalid = (what: string): VersioningError =>
    new VersioningError("invalid-option", `${option}: ${what}; use RSA of 2048 bits at least, or EC P-256`);
  if (kind !== "private") throw invalid("not a private key");
  if (type === "rsa") {
    if ((details?.modulusLength ?? 0) < 2048) throw invalid(`RSA of ${details?.modulusLength ?? 0} bits`);
    if (alg === "ES256") throw invalid("an RSA key cannot sign ES256");
    return { privateKey: key, alg: alg ?? "RS256" };
  }
  if (type !== "ec" || details?.namedCurve !== "prime256v1")
    throw invalid(`a key of type ${type ?? "unknown"} ${details?.namedCurve ?? ""}`.trimEnd());
  if (alg !== undefined && alg !== "ES256") throw invalid(`an EC key cannot sign ${alg}`);
  return { privateKey: key, alg: "ES256" };
}

function parseKey(pem: string, option: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new VersioningError("invalid-option", `${option}: not a private key in PEM`, { cause });
  }
}
