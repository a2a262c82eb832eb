import type { Effect } from "./effect.ts";
import type { Migration } from "./migration.ts";

/** The renames of columns that a later statement of the same upgrade undoes, with the statements that undo them. */
export function renamesUndone(pending: readonly Migration[]): ReadonlySet<Effect> {
  const undone = new Set<Effect>();
  const renames = pending
    .flatMap(({ effects = [] }) => effects)
    .filter(({ kind }) => kind === "rename-column" || kind === "rename-table");
  renames.forEach((first, i) => {
    if (undone.has(first)) return;
    const back = renames.slice(i + 1).find((second) => !undone.has(second) && isInverse(first, second));
    if (!back) return;
    undone.add(first);
    undone.add(back);
  });
  return undone;
}

function isInverse(first: Effect, second: Effect): boolean {
  if (first.kind !== second.kind) return false;
  const [before, after] = first.columns ?? [];
  if (first.kind === "rename-table") return second.table === before && second.columns?.[0] === first.table;
  return first.table === second.table && second.columns?.[0] === after && second.columns?.[1] === before;
}
