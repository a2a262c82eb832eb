import { createHash } from "node:crypto";
import type { Position } from "../read/spec-source.ts";
import type { Level } from "../rules/rule.ts";

/**
 * What happens to messages in one direction. `breaks`: there is a message that the sender's schema accepts and the receiver's
 * rejects, and it is given. `ok`: there is none. `unproven`: the rule says there may be one, none was found. `incomparable`: the
 * two patterns are beyond what is decided here, and samples showed no difference.
 */
export type Verdict = "ok" | "breaks" | "unproven" | "incomparable";

/** A message that breaks, or the part of one that does. */
export interface Witness {
  /** As the sender's document names it: `POST /transfers`. */
  readonly operation: string;
  /** `"request"`, or `"response"` with its status: `"response 200"`. */
  readonly part: string;
  readonly body?: unknown;
  /** JSON pointer to the place in the body that the receiver refuses; `""` is the whole body. */
  readonly path?: string;
  /** The value at that place; absent where a member is missing. */
  readonly value?: unknown;
  /** A parameter or header, where it is not the body that breaks; `value` is absent where it is left out. */
  readonly parameter?: { readonly in: string; readonly name: string; readonly value?: unknown };
  /** What else breaks, in words: a missing operation, media type or status. */
  readonly note?: string;
}

/** One change of one component, however many operations it touches. */
export interface Finding {
  /** The id of a rule, the same as in oasdiff where the meaning is. */
  readonly id: string;
  readonly level: Level;
  /** One line for a person. */
  readonly text: string;
  /** Its place in the revision, or in the base if it was removed. */
  readonly pointer: string;
  readonly basePointer?: string;
  readonly revisionPointer?: string;
  /** Line and column in the base and in the revision, where the sources are known. */
  readonly basePosition?: Position;
  readonly revisionPosition?: Position;
  /** The same for the same change as long as its rule and its places stay the same: 16 hexadecimal digits. */
  readonly fingerprint: string;
  /** Findings with one cause have it in common: one change of one component, or the closing of objects. */
  readonly cause: string;
  /** All operations that can carry a message with it, as the revision (or else the base) writes them. */
  readonly operations: readonly string[];
  /** Where in the messages of these operations, `*` for any item or member: `POST /quotes request /payer/partyIdInfo`. */
  readonly places: readonly string[];
  /** Which party receives the message: the one asked (`request`), or the one that asked (`response`). */
  readonly polarity: "request" | "response" | "none";
  readonly from?: unknown;
  readonly to?: unknown;
  /** A sender that knows the base, a receiver that knows the revision. */
  readonly oldToNew: Verdict;
  /** A sender that knows the revision, a receiver that knows the base. */
  readonly newToOld: Verdict;
  readonly witness?: { readonly oldToNew?: Witness; readonly newToOld?: Witness };
  /** Why a proven break in the direction that counts is not an error, where the rule has a cap. */
  readonly capped?: string;
}

/** The fingerprint of a finding, from what identifies its change. */
export function fingerprintOf(parts: readonly (string | undefined)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}
