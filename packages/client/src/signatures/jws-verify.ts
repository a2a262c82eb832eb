import { HEADER } from "@mojaloop-versioning/protocol";
import { base64url, errors, flattenedVerify } from "jose";
import type { Algorithm, Key } from "./jws-key.ts";
import type { SignedMessage, Verify } from "./message-signature.ts";

/** The keys that signatures are verified with. */
export interface JwsVerifyOptions {
  /** FSP id to public key, including the hub's, or a function that finds one. */
  readonly keys:
    Readonly<Record<string, Key>> | ((fspId: string) => Key | undefined | Promise<Key | undefined>);
  /** Whether a message without a signature is refused. Default: true. */
  readonly required?: boolean;
}

const ALGORITHMS: Algorithm[] = ["RS256", "RS384", "RS512", "ES256"];

// Parameters of the JWS itself; every other member of a protected header is an HTTP header (Signature 1.1, section 3).
const JWS_PARAMETERS: ReadonlySet<string> = new Set(["alg", "typ", "kid"]);

/**
 * Makes the `verify` option of a client: FSPIOP-Signature must hold over the body, by the key of FSPIOP-Source, and its protected
 * headers must be those of the message (Signature 1.1, section 4).
 */
export function createJwsVerify({ keys, required = true }: JwsVerifyOptions): Verify {
  async function publicKeyOf(fspId: string): Promise<Key | undefined> {
    if (typeof keys === "function") return keys(fspId);
    return Object.hasOwn(keys, fspId) ? keys[fspId] : undefined;
  }

  async function faultOf(message: SignedMessage): Promise<string | undefined> {
    const sent = message.headers[HEADER.signature];
    if (sent === undefined) return required ? "FSPIOP-Signature is missing" : undefined;
    const jws = readSignature(sent);
    if (!jws) return "FSPIOP-Signature must be an object with signature and protectedHeader";
    const source = message.headers[HEADER.source];
    const key = typeof source === "string" ? await publicKeyOf(source) : undefined;
    if (!key) return `There is no public key of ${String(source)}`;
    const payload = base64url.encode(message.body);
    const verified = await flattenedVerify({ ...jws, payload }, key, { algorithms: ALGORITHMS }).catch(
      (error: unknown) => {
        // Any other error comes from the key, not from the message.
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      },
    );
    if (!verified?.protectedHeader) return "FSPIOP-Signature is not valid for the body";
    return faultOfHeaders(verified.protectedHeader, message);
  }

  return async (message) => {
    const fault = await faultOf(message);
    return fault === undefined ? { ok: true } : { ok: false, message: fault };
  };
}

function readSignature(
  text: unknown,
): { readonly protected: string; readonly signature: string } | undefined {
  try {
    const { signature, protectedHeader } = JSON.parse(String(text)) as Readonly<Record<string, unknown>>; // null throws
    return typeof signature === "string" && typeof protectedHeader === "string"
      ? { signature, protected: protectedHeader }
      : undefined;
  } catch {
    return undefined;
  }
}

// A header that the protected header lacks or has with another value.
function faultOfHeaders(
  protectedHeader: object,
  { method, paths, headers }: SignedMessage,
): string | undefined {
  const covered = new Map<string, unknown>(
    Object.entries(protectedHeader).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const mandatory: string[] = [HEADER.uri, HEADER.httpMethod, HEADER.source];
  // The message has it, so that its sender knew it and had to cover it.
  if (headers[HEADER.destination] !== undefined) mandatory.push(HEADER.destination);
  const missing = mandatory.find((name) => !covered.has(name));
  if (missing !== undefined) return `The signature does not cover ${missing}`;
  const actual = new Map<string, readonly unknown[]>([
    [HEADER.uri, paths],
    [HEADER.httpMethod, [method]],
  ]);
  for (const [name, value] of covered) {
    const values = actual.get(name) ?? [headers[name]];
    if (!JWS_PARAMETERS.has(name) && !values.includes(value))
      return `The signature covers another ${name} than the message has`;
  }
  return undefined;
}
