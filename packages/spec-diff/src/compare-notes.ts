import { NEITHER, type Difference, type Effect } from "./difference.ts";
import { canonical, equalJson } from "./json.ts";
import { lifecycleChange, stabilityRank, type LifecycleChange } from "./lifecycle.ts";
import type { Notes, Schema } from "./schema.ts";

const LIFECYCLE_STEMS: ReadonlyMap<LifecycleChange, string> = new Map([
  ["deprecated", "deprecated"],
  ["deprecated-with-sunset", "deprecated-with-sunset"],
  ["reactivated", "reactivated"],
  ["sunset-unreadable", "deprecated-sunset-invalid"],
  ["sunset-passed", "sunset-date-too-small"],
]);

function compareLifecycles(before: Notes, after: Notes, today: string): Difference[] {
  const change = lifecycleChange(before, after, today);
  const stem = change && LIFECYCLE_STEMS.get(change);
  const found: Difference[] = stem === undefined ? [] : [{ stem, effect: NEITHER, keyword: "deprecated" }];
  const [rank, later] = [stabilityRank(before.stability), stabilityRank(after.stability)];
  if (rank !== later && rank >= 0 && later >= 0) {
    found.push({
      stem: later < rank ? "stability-decreased" : "stability-increased",
      effect: NEITHER,
      keyword: "x-stability-level",
      from: before.stability,
      to: after.stability,
    });
  }
  return found;
}

/** What changed of the keywords that decide nothing: defaults, lifecycles, access, the content of texts. */
export function compareNotes(a: Schema, b: Schema, today: string): Difference[] {
  const found: Difference[] = [];
  const [before, after] = [a.notes, b.notes];
  if (!equalJson(before.default?.value, after.default?.value) || !before.default !== !after.default) {
    const stem = !before.default ? "added" : !after.default ? "removed" : "changed";
    found.push({
      stem: `default-value-${stem}`,
      effect: NEITHER,
      keyword: "default",
      from: before.default?.value,
      to: after.default?.value,
    });
  }
  for (const [name, stem] of [
    ["contentMediaType", "content-media-type-changed"],
    ["contentEncoding", "content-encoding-changed"],
  ] as const) {
    if (before[name] === after[name]) continue;
    const effect: Effect = { narrows: "undecided", widens: "undecided" };
    found.push({ stem, effect, keyword: name, from: before[name], to: after[name] });
  }
  found.push(...compareLifecycles(before, after, today));
  for (const [name, stem] of [
    ["readOnly", "read-only"],
    ["writeOnly", "write-only"],
  ] as const) {
    if (before[name] === after[name]) continue;
    found.push({ stem: `became-${after[name] ? "" : "not-"}${stem}`, effect: NEITHER, keyword: name });
  }
  const [listed, now] = [before.extensibleEnum, after.extensibleEnum];
  if (listed && now) {
    const keys = new Set(now.map(canonical));
    const gone = listed.filter((value) => !keys.has(canonical(value)));
    if (gone.length > 0) {
      const effect: Effect = { narrows: "undecided", widens: false };
      found.push({
        stem: "x-extensible-enum-value-removed",
        effect,
        keyword: "x-extensible-enum",
        from: gone,
      });
    }
  }
  return found;
}
