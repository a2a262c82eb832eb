import { relate } from "../pattern/relation.ts";
import type { Bound, Schema } from "../schema/schema.ts";
import { isMultiple } from "../schema/measure.ts";
import { BOTH, NARROWS, NEITHER, WIDENS, type Difference } from "./difference.ts";
import { covers, withoutNull } from "./value-types.ts";

// The keywords with a number, with the name of their changes.
const BOUND_CHANGES: readonly (readonly [Bound, string, "upper" | "lower"])[] = [
  ["maximum", "max", "upper"],
  ["minimum", "min", "lower"],
  ["exclusiveMaximum", "exclusive-max", "upper"],
  ["exclusiveMinimum", "exclusive-min", "lower"],
  ["maxLength", "max-length", "upper"],
  ["minLength", "min-length", "lower"],
  ["maxItems", "max-items", "upper"],
  ["minItems", "min-items", "lower"],
  ["maxProperties", "max-properties", "upper"],
  ["minProperties", "min-properties", "lower"],
  ["maxContains", "max-contains", "upper"],
  ["minContains", "min-contains", "lower"],
];

export function compareBounds(a: Schema, b: Schema): Difference[] {
  const found: Difference[] = [];
  for (const [keyword, change, side] of BOUND_CHANGES) {
    const [from, to] = [a.bounds[keyword], b.bounds[keyword]];
    if (from === to) continue;
    const shown = { keyword, from, to };
    const grows = from !== undefined && to !== undefined && to > from;
    const narrows = from === undefined || (to !== undefined && grows === (side === "lower"));
    const [wide, bound] = narrows ? [a, to] : [b, from];
    const implied = isImplied(wide, keyword, bound ?? 0);
    found.push({
      change: `${change}-${from === undefined ? "set" : to === undefined ? "unset" : grows ? "increased" : "decreased"}`,
      effect: implied ? NEITHER : narrows ? NARROWS : WIDENS,
      ...shown,
    });
  }
  const [from, to] = [a.bounds.multipleOf, b.bounds.multipleOf];
  if (from === to) return found;
  const shown = { keyword: "multipleOf", from, to };
  if (from === undefined) found.push({ change: "multiple-of-set", effect: NARROWS, ...shown });
  else if (to === undefined) found.push({ change: "multiple-of-unset", effect: WIDENS, ...shown });
  else if (isMultiple(from, to)) found.push({ change: "multiple-of-generalized", effect: WIDENS, ...shown });
  else if (isMultiple(to, from)) found.push({ change: "multiple-of-specialized", effect: NARROWS, ...shown });
  else found.push({ change: "multiple-of-changed", effect: BOTH, ...shown });
  return found;
}

// A longer length is not compared with a pattern: its automaton would be too large.
const LONGEST = 2000;

// A pattern may limit the length of strings, and one bound may imply another.
function isImplied(schema: Schema, keyword: Bound, bound: number): boolean {
  const { patterns, bounds } = schema;
  const isWhole = schema.types !== undefined && covers(new Set(["integer"]), withoutNull(schema.types));
  if (keyword === "minimum" || keyword === "exclusiveMinimum") {
    const { minimum: least, exclusiveMinimum: below } = bounds;
    return isAbove([least, below], bound, keyword === "exclusiveMinimum", isWhole);
  }
  if (keyword === "maximum" || keyword === "exclusiveMaximum") {
    const mirrored = [bounds.maximum, bounds.exclusiveMaximum].map((n) => n && -n);
    return isAbove(mirrored, -bound, keyword === "exclusiveMaximum", isWhole);
  }
  if (patterns.length === 0 || bound > LONGEST) return false;
  if (keyword === "maxLength") return relate(patterns, [`^[^]{0,${bound}}$`]) === "included";
  return keyword === "minLength" && relate(patterns, [`^[^]{${bound},}$`]) === "included";
}

// Whether numbers from `least` on, or above `below`, are all within a bound; whole numbers have a next one.
function isAbove(
  [least, below]: readonly (number | undefined)[],
  bound: number,
  isExclusive: boolean,
  isWhole: boolean,
): boolean {
  if (isWhole) {
    const from = Math.max(Math.ceil(least ?? -Infinity), Math.floor(below ?? -Infinity) + 1);
    return from >= (isExclusive ? Math.floor(bound) + 1 : Math.ceil(bound));
  }
  if (below !== undefined && below >= bound) return true;
  return least !== undefined && (isExclusive ? least > bound : least >= bound);
}
