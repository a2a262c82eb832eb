import { HEADER } from "@mojaloop-versioning/protocol";
import type { SignaturePolicy } from "./options.ts";

/** What a conversion does to a message, as far as a signature over it can tell. */
export interface Alteration {
  /** The body, or the path that FSPIOP-URI repeats. */
  readonly content: boolean;
  /** Lower-case names of header fields with another value than before. */
  readonly fields: readonly string[];
}

/** What becomes of a signature; `undefined` where there is none. */
export type SignatureFate = "kept" | "stripped" | "resigned" | "refused" | undefined;

const FATES = { refuse: "refused", resign: "resigned", strip: "stripped" } as const;

/** Header fields that are worth nothing without the signature. */
export const SIGNATURE_FIELDS: readonly string[] = [HEADER.signature, HEADER.uri, HEADER.httpMethod];

/** Decides about the signature of a message that is altered so (Signature 1.1, sections 2 and 3). */
export function signatureFate(
  signature: string | undefined,
  altered: Alteration,
  policy: SignaturePolicy,
): SignatureFate {
  if (signature === undefined) return undefined;
  if (!altered.content) {
    if (altered.fields.length === 0) return "kept";
    const covered = protectedFields(signature);
    if (covered && !altered.fields.some((field) => covered.has(field))) return "kept";
  }
  return FATES[policy];
}

// The header's value is JSON with a `protectedHeader` in base64url; the names in it are those of header fields.
function protectedFields(signature: string): ReadonlySet<string> | undefined {
  try {
    const { protectedHeader } = JSON.parse(signature) as { protectedHeader?: unknown }; // null throws, the rest is looked at
    if (typeof protectedHeader !== "string") return undefined;
    const fields: unknown = JSON.parse(Buffer.from(protectedHeader, "base64url").toString());
    if (typeof fields !== "object" || fields === null) return undefined;
    return new Set(Object.keys(fields).map((name) => name.toLowerCase()));
  } catch {
    return undefined;
  }
}
