import type { Level } from "../rules/rule.ts";
import type { Finding, Verdict } from "./finding.ts";
import type { Ignored } from "./ignore-list.ts";
import type { Bump, ResourceChange } from "./resources.ts";

/** What is known of one of the two documents. */
export interface Side {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** How many operations were compared. */
  readonly operations: number;
}

/** What a change of a document breaks, and for which party. */
export interface DiffResult {
  readonly base: Side;
  readonly revision: Side;
  readonly profile: "openapi" | "fspiop";
  /** Worst level first, then in the order of the document. Accepted findings are in `ignored`. */
  readonly findings: readonly Finding[];
  /** The worst verdict in each direction, accepted findings included. */
  readonly verdict: { readonly oldToNew: Verdict; readonly newToOld: Verdict };
  /** Whether a finding is an `error`. */
  readonly breaking: boolean;
  /** The highest level found. */
  readonly level: Level | "none";
  /** What the version of the whole API must do: the highest of its resources, accepted findings included. */
  readonly bump: Bump;
  readonly resources: readonly ResourceChange[];
  readonly ignored: Omit<Ignored, "kept"> & {
    /** Findings that the severities turn off. */
    readonly hidden: number;
  };
}
