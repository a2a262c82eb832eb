import type { Verdict } from "./finding.ts";
import type { UpgradeOrder } from "./resources.ts";

/** What one resource needs while all versions in support are in use. */
export interface UpgradeStep {
  readonly resource: string;
  /** Which parties must be upgraded first, given that parties of every version exchange messages. */
  readonly order: UpgradeOrder;
  readonly pairs: readonly {
    readonly old: string;
    readonly new: string;
    readonly oldToNew: Verdict;
    readonly newToOld: Verdict;
  }[];
}
