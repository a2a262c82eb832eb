import type { Schema } from "../schema/schema.ts";
import { compareApplied, compareDependents } from "./applied.ts";
import { NARROWS, NEITHER, WIDENS, type Difference, type Effect } from "./difference.ts";
import type { Compared } from "./objects.ts";
import { compareUnions, compareWrapping, isComponent } from "./unions.ts";

/** What changed in arrays, unions, `allOf` and the schemas that keywords apply. */
export function compareStructure(a: Schema, b: Schema): Compared {
  const found: Compared = { differences: [], below: [] };
  compareArrays(a, b, found);
  if (!compareWrapping(a, b, found)) compareUnions(a, b, found);
  compareParts(a, b, found);
  compareDependents(a, b, found);
  compareApplied(a, b, found);
  a.rest.forEach((part, i) => {
    const other = b.rest[i];
    if (other) {
      const step = { kind: "apply", keyword: "allOf", name: String(i), negated: false } as const;
      found.below.push({ step, base: () => part, revision: () => other });
    }
  });
  return found;
}

function compareArrays(a: Schema, b: Schema, found: Compared): void {
  // Where one side accepts no array, the type has changed, and that is all there is to report.
  if (!takesArrays(a) || !takesArrays(b)) return;
  if (a.items && b.items) found.below.push({ step: { kind: "items" }, base: a.items, revision: b.items });
  else if (b.items)
    found.differences.push({ change: "items-added", effect: NARROWS, keyword: "items", added: b.items() });
  else if (a.items) {
    found.differences.push({
      change: "items-removed",
      effect: WIDENS,
      keyword: "items",
      removed: a.items(),
    });
  }
  a.prefixItems.forEach((base, index) => {
    const revision = b.prefixItems[index];
    if (revision) found.below.push({ step: { kind: "index", index }, base, revision });
  });
  const [before, after] = [a.prefixItems.length, b.prefixItems.length];
  if (before === after) return;
  // Positions get another schema than before: neither set of arrays has to contain the other.
  const effect: Effect = { narrows: "maybe", widens: "maybe" };
  const change = before < after ? "prefix-items-added" : "prefix-items-removed";
  found.differences.push({ change, effect, keyword: "prefixItems" });
}

function takesArrays({ types }: Schema): boolean {
  return !types || types.has("array");
}

type Part = [key: string, { readonly annotationOnly: boolean }];

function compareParts(a: Schema, b: Schema, found: Compared): void {
  // Where only one side is split into parts, the merged schemas show what changed.
  const split = a.parts && b.parts;
  const isReported = ([, { annotationOnly }]: Part): boolean => split !== undefined || annotationOnly;
  const added = [...(b.parts ?? [])].filter(([key]) => a.parts?.has(key) !== true).filter(isReported);
  const removed = [...(a.parts ?? [])].filter(([key]) => b.parts?.has(key) !== true).filter(isReported);
  // One inline part on each side is the same part, edited; the merged schemas show what changed in it.
  const isInline = [...removed, ...added].every(([key]) => !isComponent(key));
  const isEdited = isInline && removed.length === 1 && added.length === 1;
  const isMerged = a.rest.length === b.rest.length;
  if (isEdited && isMerged && removed[0]?.[1].annotationOnly === added[0]?.[1].annotationOnly) return;
  for (const part of added) found.differences.push(partChange("all-of-added", part));
  for (const part of removed) found.differences.push(partChange("all-of-removed", part));
}

function partChange(change: "all-of-added" | "all-of-removed", [key, { annotationOnly }]: Part): Difference {
  const name = isComponent(key) ? key : "an inline part";
  const added = change === "all-of-added";
  return {
    change: annotationOnly ? `${change}-annotation-only` : change,
    effect: annotationOnly ? NEITHER : added ? NARROWS : WIDENS,
    keyword: "allOf",
    ...(added ? { to: name } : { from: name }),
  };
}
