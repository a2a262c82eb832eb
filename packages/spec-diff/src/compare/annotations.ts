import { lifecycleChange, stabilityRank, type LifecycleChange } from "../read/lifecycle.ts";
import { canonical, equalJson } from "../schema/json.ts";
import type { Notes, Schema } from "../schema/schema.ts";
import { NEITHER, type Difference, type Effect } from "./difference.ts";

/** What changed in the keywords that a validator does not look at: defaults, lifecycle, access, encoded content. */
export function compareAnnotations(a: Schema, b: Schema, today: string): Difference[] {
  const [before, after] = [a.notes, b.notes];
  return [
    ...compareDefaults(before, after),
    ...compareContents(before, after),
    ...compareLifecycles(before, after, today),
    ...compareAccess(before, after),
    ...compareExtensibleEnums(before, after),
  ];
}

function compareDefaults({ default: before }: Notes, { default: after }: Notes): Difference[] {
  if (!before && !after) return [];
  if (before && after && equalJson(before.value, after.value)) return [];
  const change = `default-value-${!before ? "added" : !after ? "removed" : "changed"}`;
  return [{ change, effect: NEITHER, keyword: "default", from: before?.value, to: after?.value }];
}

function compareContents(before: Notes, after: Notes): Difference[] {
  const effect: Effect = { narrows: "undecided", widens: "undecided" };
  return CONTENT.filter(([keyword]) => before[keyword] !== after[keyword]).map(([keyword, change]) => ({
    change,
    effect,
    keyword,
    from: before[keyword],
    to: after[keyword],
  }));
}

const CONTENT = [
  ["contentMediaType", "content-media-type-changed"],
  ["contentEncoding", "content-encoding-changed"],
] as const;

const LIFECYCLE_CHANGES: ReadonlyMap<LifecycleChange, string> = new Map([
  ["deprecated", "deprecated"],
  ["deprecated-with-sunset", "deprecated-with-sunset"],
  ["reactivated", "reactivated"],
  ["sunset-unreadable", "deprecated-sunset-invalid"],
  ["sunset-passed", "sunset-date-too-small"],
]);

function compareLifecycles(before: Notes, after: Notes, today: string): Difference[] {
  const lifecycle = lifecycleChange(before, after, today);
  const change = lifecycle && LIFECYCLE_CHANGES.get(lifecycle);
  const found: Difference[] =
    change === undefined ? [] : [{ change, effect: NEITHER, keyword: "deprecated" }];
  const [rank, later] = [stabilityRank(before.stability), stabilityRank(after.stability)];
  if (rank === later || rank < 0 || later < 0) return found;
  found.push({
    change: later < rank ? "stability-decreased" : "stability-increased",
    effect: NEITHER,
    keyword: "x-stability-level",
    from: before.stability,
    to: after.stability,
  });
  return found;
}

function compareAccess(before: Notes, after: Notes): Difference[] {
  return ACCESS.filter(([keyword]) => before[keyword] !== after[keyword]).map(([keyword, name]) => ({
    change: `became-${after[keyword] ? "" : "not-"}${name}`,
    effect: NEITHER,
    keyword,
  }));
}

const ACCESS = [
  ["readOnly", "read-only"],
  ["writeOnly", "write-only"],
] as const;

function compareExtensibleEnums(
  { extensibleEnum: before }: Notes,
  { extensibleEnum: after }: Notes,
): Difference[] {
  if (!before || !after) return [];
  const kept = new Set(after.map(canonical));
  const removed = before.filter((value) => !kept.has(canonical(value)));
  if (removed.length === 0) return [];
  return [
    {
      change: "x-extensible-enum-value-removed",
      effect: { narrows: "undecided", widens: false },
      keyword: "x-extensible-enum",
      from: removed,
    },
  ];
}
