import type { Schema } from "../schema/schema.ts";
import { compareAnnotations } from "./annotations.ts";
import { compareBounds } from "./bounds.ts";
import { NARROWS, WIDENS, type Difference } from "./difference.ts";
import { compareEnumerations } from "./enumerations.ts";
import { comparePatterns } from "./patterns.ts";
import { compareTypes } from "./value-types.ts";

/** What changed in the keywords that look at one value: types, enumerations, bounds, patterns, formats, annotations. */
export function compareValues(a: Schema, b: Schema, loose: boolean, today: string): Difference[] {
  return [
    ...compareTypes(a, b, loose),
    ...compareEnumerations(a, b),
    ...compareBounds(a, b),
    ...comparePatterns(a, b),
    ...compareFlags(a, b),
    ...compareAnnotations(a, b, today),
  ];
}

function compareFlags(a: Schema, b: Schema): Difference[] {
  if (a.uniqueItems === b.uniqueItems) return [];
  return [
    b.uniqueItems
      ? { change: "unique-items-set", effect: NARROWS, keyword: "uniqueItems" }
      : { change: "unique-items-unset", effect: WIDENS, keyword: "uniqueItems" },
  ];
}
