import type { Draft } from "../report/draft.ts";
import type { Finding, Verdict, Witness } from "../report/finding.ts";
import { canonical } from "../schema/json.ts";

/** Collects the changes found, one draft for each change of a component under one id. */
export interface Drafts {
  readonly all: () => Draft[];
  readonly add: (key: string, make: () => Draft) => Draft;
}

/** Makes an empty collection. */
export function createDrafts(): Drafts {
  const drafts = new Map<string, Draft>();
  return {
    all: () => [...drafts.values()],
    add(key, make) {
      const known = drafts.get(key) ?? make();
      drafts.set(key, known);
      return known;
    },
  };
}

/** A change whose verdicts are clear without looking at a schema. */
export interface PlainChange {
  readonly id: string;
  readonly polarity?: Finding["polarity"];
  readonly operation?: string;
  readonly place?: string;
  readonly basePointer?: string | undefined;
  readonly revisionPointer?: string | undefined;
  readonly subject?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** The message of an older sender that a newer receiver refuses; `unproven` where the rule says so and none can be shown. */
  readonly oldToNew?: Witness | "unproven";
  readonly newToOld?: Witness | "unproven";
}

/** Records a change whose verdicts are clear. Changes of one place under one id are one finding. */
export function record(drafts: Drafts, change: PlainChange): void {
  const { id, operation, basePointer, revisionPointer, subject, from, to, oldToNew, newToOld } = change;
  const key = [id, revisionPointer ?? basePointer, subject, canonical(from), canonical(to)].join("|");
  const draft = drafts.add(key, (): Draft => {
    const witness = {
      ...(typeof oldToNew === "object" && { oldToNew }),
      ...(typeof newToOld === "object" && { newToOld }),
    };
    return {
      id,
      polarity: change.polarity ?? "none",
      ...(basePointer !== undefined && { basePointer }),
      ...(revisionPointer !== undefined && { revisionPointer }),
      operations: new Set(),
      places: new Set(),
      from,
      to,
      ...(subject !== undefined && { subject }),
      known: { oldToNew: verdictOf(oldToNew), newToOld: verdictOf(newToOld), witness },
    };
  });
  if (operation !== undefined) {
    draft.operations.add(operation);
    draft.places.add(change.place === undefined ? operation : `${operation} ${change.place}`);
  }
}

function verdictOf(proof: Witness | "unproven" | undefined): Verdict {
  if (proof === undefined) return "ok";
  return proof === "unproven" ? "unproven" : "breaks";
}
