import { createHash } from "node:crypto";

/** The condition of a fulfilment: its SHA-256, in base64url (API Definition 4.4, 7.3). */
export function conditionOf(fulfilment: string): string {
  return createHash("sha256").update(Buffer.from(fulfilment, "base64url")).digest("base64url");
}

/** Whether a fulfilment of 32 octets is the preimage of a condition, in either base64 alphabet, padded or not. */
export function isFulfilled(condition: string, fulfilment: string): boolean {
  const preimage = Buffer.from(fulfilment, "base64url");
  const expected = Buffer.from(condition, "base64url");
  return preimage.length === 32 && createHash("sha256").update(preimage).digest().equals(expected);
}
