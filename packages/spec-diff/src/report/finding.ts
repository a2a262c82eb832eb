import type { Level } from "../rules/rule.ts";

/**
 * What happens to messages in one direction. `breaks`: there is a message that the sender's schema accepts and the receiver's
 * rejects, and it is given. `ok`: there is none. `unproven`: the rule says there may be one, none was found. `incomparable`: the
 * two patterns are beyond what is decided here, and samples did not tell them apart.
 */
export type Verdict = "ok" | "breaks" | "unproven" | "incomparable";

/** A message that breaks, or the part of one that does. */
export interface Witness {
  /** As the sender's document names it: `POST /transfers`. */
  readonly operation: string;
  /** `"request"`, or `"response"` with its status: `"response 200"`. */
  readonly part: string;
  readonly body?: unknown;
  /** A parameter or header, when it is not the body that breaks; `value` is absent where it is left out. */
  readonly parameter?: { readonly in: string; readonly name: string; readonly value?: unknown };
  /** What else breaks, in words: a missing operation, media type or status. */
  readonly note?: string;
}

/** One change of one component, however many operations it touches. */
export interface Finding {
  /** A rule's id, the same as in oasdiff where the meaning is. */
  readonly id: string;
  readonly level: Level;
  /** One line for a person. */
  readonly text: string;
  /** Where it stands in the revision, or in the base if it is gone there. */
  readonly pointer: string;
  readonly basePointer?: string;
  readonly revisionPointer?: string;
  /** All operations that can carry a message with it, as the revision (or else the base) writes them. */
  readonly operations: readonly string[];
  /** Where in the messages of these operations, `*` for any item or member: `POST /quotes request /payer/partyIdInfo`. */
  readonly places: readonly string[];
  /** Who receives: the party asked (`request`), or the one that asked (`response`). */
  readonly polarity: "request" | "response" | "none";
  readonly from?: unknown;
  readonly to?: unknown;
  /** A sender that knows the base, a receiver that knows the revision. */
  readonly oldToNew: Verdict;
  /** A sender that knows the revision, a receiver that knows the base. */
  readonly newToOld: Verdict;
  readonly witness?: { readonly oldToNew?: Witness; readonly newToOld?: Witness };
}
