import { HEADER } from "@mojaloop-versioning/protocol";
import { base64url, errors, flattenedVerify } from "jose";
import type { Algorithm, Key } from "./jws-key.ts";
import type { SignedMessage, Verify } from "./signature.ts";

/** Whose signatures are believed. */
export interface JwsVerifyOptions {
  /** FSP id to public key, that of the hub among them, or where to find one. */
  readonly keys:
    Readonly<Record<string, Key>> | ((fspId: string) => Key | undefined | Promise<Key | undefined>);
  /** Whether a message without a signature is refused. Default: true. */
  readonly required?: boolean;
}

const ALGORITHMS: Algorithm[] = ["RS256", "RS384", "RS512"];

/** Parameters of the JWS itself; every other member of a protected header is an HTTP header (Signature 1.1, section 3). */
const JWS_PARAMETERS: ReadonlySet<string> = new Set(["alg", "typ", "kid"]);

/**
 * Makes the `verify` option of a client: FSPIOP-Signature must hold over the body, by the key of FSPIOP-Source, and its protected
 * headers must be those of the message (Signature 1.1, section 4).
 */
export function createJwsVerify({ keys, required = true }: JwsVerifyOptions): Verify {
  async function keyOf(fspId: string): Promise<Key | undefined> {
    if (typeof keys === "function") return keys(fspId);
    return Object.hasOwn(keys, fspId) ? keys[fspId] : undefined;
  }

  async function faultOf(message: SignedMessage): Promise<string | undefined> {
    const sent = message.headers[HEADER.signature];
    if (sent === undefined) return required ? "FSPIOP-Signature is missing" : undefined;
    const jws = readSignature(sent);
    if (!jws) return "FSPIOP-Signature must be an object with signature and protectedHeader";
    const source = message.headers[HEADER.source];
    const key = typeof source === "string" ? await keyOf(source) : undefined;
    if (!key) return `No public key of ${String(source)} is known`;
    const payload = base64url.encode(message.body);
    const verified = await flattenedVerify({ ...jws, payload }, key, { algorithms: ALGORITHMS }).catch(
      (error: unknown) => {
        // Anything else is a key that is none, and no fault of the message.
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      },
    );
    if (!verified?.protectedHeader) return "FSPIOP-Signature does not hold";
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

/** What the protected header says otherwise than the message, or should say and does not. */
function faultOfHeaders(
  protectedHeader: object,
  { method, paths, headers }: SignedMessage,
): string | undefined {
  const said = new Map<string, unknown>(
    Object.entries(protectedHeader).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const mandatory: string[] = [HEADER.uri, HEADER.httpMethod, HEADER.source];
  // Known to the sender, as the message shows, so that it must be protected.
  if (headers[HEADER.destination] !== undefined) mandatory.push(HEADER.destination);
  const missing = mandatory.find((name) => !said.has(name));
  if (missing !== undefined) return `The signature does not protect ${missing}`;
  const actual = new Map<string, readonly unknown[]>([
    [HEADER.uri, paths],
    [HEADER.httpMethod, [method]],
  ]);
  for (const [name, value] of said) {
    const values = actual.get(name) ?? [headers[name]];
    if (!JWS_PARAMETERS.has(name) && !values.includes(value)) return `The signature protects another ${name}`;
  }
  return undefined;
}
