import { equalJson } from "../schema/json.ts";
import type { Schema } from "../schema/schema.ts";
import { BOTH, NARROWS, WIDENS, type Difference } from "./difference.ts";

export function compareEnumerations(a: Schema, b: Schema): Difference[] {
  const [before, after] = [a.values, b.values];
  if (!before && !after) return [];
  const keyword = a.isConst || b.isConst ? "const" : "enum";
  if (before && after) {
    if (a.isConst && b.isConst) {
      if (equalJson([...before.keys()], [...after.keys()])) return [];
      return [{ change: "const-changed", effect: BOTH, keyword, from: one(before), to: one(after) }];
    }
    // A null that was added or removed is reported as `became-nullable` or `became-not-nullable`.
    const isReported = (key: string): boolean => key === "null" && a.nullable !== b.nullable;
    const removed = [...before].filter(([key]) => !after.has(key) && !isReported(key));
    const added = [...after].filter(([key]) => !before.has(key) && !isReported(key));
    const found: Difference[] = [];
    if (removed.length > 0) {
      found.push({
        change: "enum-value-removed",
        effect: NARROWS,
        keyword: "enum",
        from: removed.map(([, value]) => value),
      });
    }
    if (added.length > 0) {
      found.push({
        change: "enum-value-added",
        effect: WIDENS,
        keyword: "enum",
        to: added.map(([, value]) => value),
      });
    }
    return found;
  }
  if (after) {
    return [
      {
        change: b.isConst ? "const-added" : "became-enum",
        effect: NARROWS,
        keyword,
        to: [...after.values()],
      },
    ];
  }
  return [
    {
      change: a.isConst ? "const-removed" : "became-not-enum",
      effect: WIDENS,
      keyword,
      from: [...(before?.values() ?? [])],
    },
  ];
}

function one(values: ReadonlyMap<string, unknown>): unknown {
  return [...values.values()][0];
}
