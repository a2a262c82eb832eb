import { relate, type Lengths } from "../pattern/relation.ts";
import type { Schema } from "../schema/schema.ts";
import { NARROWS, NEITHER, WIDENS, type Difference } from "./difference.ts";

export function comparePatterns(a: Schema, b: Schema): Difference[] {
  const before = a.patterns.filter((pattern) => !b.patterns.includes(pattern));
  const after = b.patterns.filter((pattern) => !a.patterns.includes(pattern));
  const keyword = "pattern";
  if (before.length === 0 && after.length === 0) return [];
  // The lengths alone may imply a pattern.
  if (before.length === 0) {
    const implied = relate(a.patterns, after, lengthsOf(a)) === "included";
    return [
      { change: "pattern-added", effect: implied ? NEITHER : NARROWS, keyword, to: after.join(" and ") },
    ];
  }
  if (after.length === 0) {
    const implied = relate(b.patterns, before, lengthsOf(b)) === "included";
    return [
      { change: "pattern-removed", effect: implied ? NEITHER : WIDENS, keyword, from: before.join(" and ") },
    ];
  }
  const shown = { keyword, from: before.join(" and "), to: after.join(" and ") };
  if (after.every((pattern) => MATCHES_ALL.has(pattern))) {
    return [{ change: "pattern-generalized", effect: WIDENS, ...shown }];
  }
  const narrows = relate(a.patterns, b.patterns, lengthsOf(a)) === "included" ? false : undefined;
  const widens = relate(b.patterns, a.patterns, lengthsOf(b)) === "included" ? false : undefined;
  if (narrows === false && widens === false) return [];
  return [
    {
      change: "pattern-changed",
      effect: { narrows: narrows ?? "undecided", widens: widens ?? "undecided" },
      ...shown,
    },
  ];
}

/** The lengths that the strings of a schema may have. */
function lengthsOf({ bounds }: Schema): Lengths {
  return { min: bounds.minLength, max: bounds.maxLength };
}

const MATCHES_ALL: ReadonlySet<string> = new Set(["", ".*", "^.*$", "^", "$", ".{0,}", "^.*", ".*$"]);
