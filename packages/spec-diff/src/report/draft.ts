import type { Pair } from "../compare/comparison.ts";
import type { Difference } from "../compare/difference.ts";
import type { Occurrence } from "../compare/occurrence.ts";
import type { Finding, Verdict } from "./finding.ts";

/** Where a difference occurs in a message. */
export interface Meeting {
  readonly operations: { readonly base: string; readonly revision: string };
  readonly part: string;
  readonly occurrence: Occurrence;
  /** Set where the part of the message is not its body. */
  readonly parameter?: { readonly in: string; readonly name: string };
}

/** A change that was found and has no verdict yet. */
export interface Draft {
  readonly id: string;
  readonly polarity: Finding["polarity"];
  readonly basePointer?: string;
  readonly revisionPointer?: string;
  readonly operations: Set<string>;
  readonly places: Set<string>;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly subject?: string;
  /** For a change of a schema: what must be shown, and where. */
  readonly schema?: {
    readonly pair: Pair;
    readonly difference: Difference;
    readonly negated: boolean;
    /** Whether it concerns only what is never sent: `readOnly` in a request, `writeOnly` in a response. */
    readonly unsent: boolean;
    readonly meetings: Meeting[];
  };
  /** For any other change: the verdicts, which need no search. */
  readonly known?: {
    readonly oldToNew: Verdict;
    readonly newToOld: Verdict;
    readonly witness?: Finding["witness"];
  };
}
