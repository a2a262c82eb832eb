import { HEADER } from "@mojaloop-versioning/protocol";

/** The policy for a signed message that must change (Signature 1.1, section 2). */
export type SignaturePolicy = "refuse" | "resign" | "strip";

/** What the adapter changes in a message, as far as a signature covers it. */
export interface Alteration {
  /** The body, or the path that FSPIOP-URI repeats. */
  readonly content: boolean;
  /** Lower-case names of the header fields with a new value. */
  readonly fields: readonly string[];
}

/** What was done with a signature; `undefined` if there is none. */
export type SignatureOutcome = "kept" | "stripped" | "resigned" | "refused" | undefined;

const OUTCOMES = { refuse: "refused", resign: "resigned", strip: "stripped" } as const;

/** Header fields without a meaning when the signature is removed. */
export const SIGNATURE_FIELDS: readonly string[] = [HEADER.signature, HEADER.uri, HEADER.httpMethod];

/** Decides about the signature of an altered message (Signature 1.1, sections 2 and 3). */
export function applySignaturePolicy(
  signature: string | readonly string[] | undefined,
  altered: Alteration,
  policy: SignaturePolicy,
): SignatureOutcome {
  if (typeof signature !== "string") return undefined;
  if (!altered.content) {
    if (altered.fields.length === 0) return "kept";
    const covered = protectedFields(signature);
    if (covered && !altered.fields.some((field) => covered.has(field))) return "kept";
  }
  return OUTCOMES[policy];
}

// The header's value is JSON with a `protectedHeader` in base64url, whose names are those of header fields.
function protectedFields(signature: string): ReadonlySet<string> | undefined {
  try {
    const { protectedHeader } = JSON.parse(signature) as { protectedHeader?: unknown }; // null throws, other values are checked
    if (typeof protectedHeader !== "string") return undefined;
    const fields: unknown = JSON.parse(Buffer.from(protectedHeader, "base64url").toString());
    if (typeof fields !== "object" || fields === null) return undefined;
    return new Set(Object.keys(fields).map((name) => name.toLowerCase()));
  } catch {
    return undefined;
  }
}
