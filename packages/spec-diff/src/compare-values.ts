import { compareNotes } from "./compare-notes.ts";
import { BOTH, NARROWS, NEITHER, WIDENS, type Difference, type Effect } from "./difference.ts";
import { equalJson } from "./json.ts";
import { relate, type Lengths } from "./pattern.ts";
import type { Bound, JsonType, Schema } from "./schema.ts";
import { isMultiple } from "./validate.ts";

/** What changed of the keywords that look at one value: types, enumerations, bounds, patterns, formats, annotations. */
export function compareValues(a: Schema, b: Schema, loose: boolean, today: string): Difference[] {
  return [
    ...compareTypes(a, b, loose),
    ...compareEnumerations(a, b),
    ...compareBounds(a, b),
    ...comparePatterns(a, b),
    ...compareFlags(a, b),
    ...compareNotes(a, b, today),
  ];
}

// An integer is a number; the other types have nothing in common.
function covers(wide: Schema["types"], narrow: Schema["types"]): boolean {
  if (!wide) return true;
  if (!narrow) return false;
  return [...narrow].every((type) => wide.has(type) || (type === "integer" && wide.has("number")));
}

function withoutNull(types: Schema["types"]): ReadonlySet<JsonType> | undefined {
  return types && new Set([...types].filter((type) => type !== "null"));
}

function compareTypes(a: Schema, b: Schema, loose: boolean): Difference[] {
  const found: Difference[] = [];
  const [before, after] = [withoutNull(a.types), withoutNull(b.types)];
  const [nullBefore, nullAfter] = [a.types?.has("null") === true, b.types?.has("null") === true];
  const shown = { from: describeType(a), to: describeType(b) };
  // A part of `allOf` may refuse the null that another one names.
  const isNulled = before !== undefined && after !== undefined && nullBefore !== nullAfter;
  const nullable = isNulled ? nullAfter : b.nullable;
  if ((isNulled || a.nullable !== b.nullable) && (before === undefined) === (after === undefined)) {
    // `nullable` without a type beside it says nothing (OpenAPI 3.0.3), and a witness will not be found.
    found.push({
      stem: nullable ? "became-nullable" : "became-not-nullable",
      effect: nullable ? WIDENS : NARROWS,
      keyword: "type",
    });
  }
  const wider = covers(after, before);
  const narrower = covers(before, after);
  const sameTypes = wider && narrower;
  const listed = (before?.size ?? 0) > 1 || (after?.size ?? 0) > 1;
  const format = formatRelation(a.format, b.format);
  if (sameTypes && (before?.size === 0 || after?.size === 0) && nullBefore !== nullAfter) return found;
  if (sameTypes) {
    if (format === "equal") return found;
    const stem =
      format === "wider" ? "type-generalized" : format === "narrower" ? "type-specialized" : "type-changed";
    // A format only annotates: no message is rejected for it by JSON Schema, but receivers that check it do.
    const effect: Effect = {
      narrows: format !== "wider" ? "undecided" : false,
      widens: format !== "narrower" ? "undecided" : false,
    };
    return [...found, { stem, effect, keyword: "format", ...shown }];
  }
  const effect: Effect = { narrows: !wider, widens: !narrower };
  const base = { effect, keyword: "type", ...shown };
  if (listed && before && after && (wider || narrower)) {
    found.push({ ...base, stem: wider ? "list-of-types-widened" : "list-of-types-narrowed" });
  } else if (loose && after?.has("string")) {
    // In a media type that carries text only, a value of any type travels as text.
    found.push({ ...base, effect: { narrows: false, widens: "undecided" }, stem: "type-became-text" });
  } else if (loose && before?.has("string")) {
    found.push({ ...base, effect: { narrows: "undecided", widens: false }, stem: "type-was-text" });
  } else if (wider && format !== "narrower") found.push({ ...base, stem: "type-generalized" });
  else if (narrower && format !== "wider") found.push({ ...base, stem: "type-specialized" });
  else found.push({ ...base, stem: "type-changed" });
  return found;
}

function describeType({ types, format }: Schema): string {
  const named = types ? [...types].join("|") : "any";
  return format === undefined ? named : `${named}/${format}`;
}

// Formats where one holds all values of the other.
const WIDER_FORMATS: ReadonlyMap<string, readonly string[]> = new Map([
  ["int32", ["int64", "float", "double"]],
  ["float", ["double"]],
  ["email", ["idn-email"]],
  ["hostname", ["idn-hostname"]],
  ["uri", ["iri", "uri-reference", "iri-reference"]],
  ["iri", ["iri-reference"]],
  ["uri-reference", ["iri-reference"]],
]);

function formatRelation(
  a: string | undefined,
  b: string | undefined,
): "equal" | "wider" | "narrower" | "other" {
  if (a === b) return "equal";
  if (b === undefined) return "wider";
  if (a === undefined) return "narrower";
  if (WIDER_FORMATS.get(a)?.includes(b)) return "wider";
  return WIDER_FORMATS.get(b)?.includes(a) ? "narrower" : "other";
}

function compareEnumerations(a: Schema, b: Schema): Difference[] {
  const [before, after] = [a.values, b.values];
  if (!before && !after) return [];
  const keyword = a.isConst || b.isConst ? "const" : "enum";
  if (before && after) {
    if (a.isConst && b.isConst) {
      if (equalJson([...before.keys()], [...after.keys()])) return [];
      return [{ stem: "const-changed", effect: BOTH, keyword, from: one(before), to: one(after) }];
    }
    // That null came or went among the values is told by `became-nullable`.
    const isTold = (key: string): boolean => key === "null" && a.nullable !== b.nullable;
    const removed = [...before].filter(([key]) => !after.has(key) && !isTold(key));
    const added = [...after].filter(([key]) => !before.has(key) && !isTold(key));
    const found: Difference[] = [];
    if (removed.length > 0) {
      found.push({
        stem: "enum-value-removed",
        effect: NARROWS,
        keyword: "enum",
        from: removed.map(([, value]) => value),
      });
    }
    if (added.length > 0) {
      found.push({
        stem: "enum-value-added",
        effect: WIDENS,
        keyword: "enum",
        to: added.map(([, value]) => value),
      });
    }
    return found;
  }
  if (after) {
    return [
      { stem: b.isConst ? "const-added" : "became-enum", effect: NARROWS, keyword, to: [...after.values()] },
    ];
  }
  return [
    {
      stem: a.isConst ? "const-removed" : "became-not-enum",
      effect: WIDENS,
      keyword,
      from: [...(before?.values() ?? [])],
    },
  ];
}

function one(values: ReadonlyMap<string, unknown>): unknown {
  return [...values.values()][0];
}

/** The keywords with a number, by what their ids say. */
const BOUND_STEMS: readonly (readonly [Bound, string, "upper" | "lower"])[] = [
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

function compareBounds(a: Schema, b: Schema): Difference[] {
  const found: Difference[] = [];
  for (const [keyword, stem, side] of BOUND_STEMS) {
    const [from, to] = [a.bounds[keyword], b.bounds[keyword]];
    if (from === to) continue;
    const shown = { keyword, from, to };
    const grows = from !== undefined && to !== undefined && to > from;
    const narrows = from === undefined || (to !== undefined && grows === (side === "lower"));
    const [wide, bound] = narrows ? [a, to] : [b, from];
    const implied = isImplied(wide, keyword, bound ?? 0);
    found.push({
      stem: `${stem}-${from === undefined ? "set" : to === undefined ? "unset" : grows ? "increased" : "decreased"}`,
      effect: implied ? NEITHER : narrows ? NARROWS : WIDENS,
      ...shown,
    });
  }
  const [from, to] = [a.bounds.multipleOf, b.bounds.multipleOf];
  if (from === to) return found;
  const shown = { keyword: "multipleOf", from, to };
  if (from === undefined) found.push({ stem: "multiple-of-set", effect: NARROWS, ...shown });
  else if (to === undefined) found.push({ stem: "multiple-of-unset", effect: WIDENS, ...shown });
  else if (isMultiple(from, to)) found.push({ stem: "multiple-of-generalized", effect: WIDENS, ...shown });
  else if (isMultiple(to, from)) found.push({ stem: "multiple-of-specialized", effect: NARROWS, ...shown });
  else found.push({ stem: "multiple-of-changed", effect: BOTH, ...shown });
  return found;
}

/** Above this a length is not held against a pattern: writing it out would cost too much. */
const LONGEST = 2000;

// A pattern may keep strings within a length, and one bound a number within another, without that being written.
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

function comparePatterns(a: Schema, b: Schema): Difference[] {
  const before = a.patterns.filter((pattern) => !b.patterns.includes(pattern));
  const after = b.patterns.filter((pattern) => !a.patterns.includes(pattern));
  const keyword = "pattern";
  if (before.length === 0 && after.length === 0) return [];
  // The lengths alone may keep strings within a pattern.
  if (before.length === 0) {
    const implied = relate(a.patterns, after, lengthsOf(a)) === "included";
    return [{ stem: "pattern-added", effect: implied ? NEITHER : NARROWS, keyword, to: after.join(" and ") }];
  }
  if (after.length === 0) {
    const implied = relate(b.patterns, before, lengthsOf(b)) === "included";
    return [
      { stem: "pattern-removed", effect: implied ? NEITHER : WIDENS, keyword, from: before.join(" and ") },
    ];
  }
  const shown = { keyword, from: before.join(" and "), to: after.join(" and ") };
  if (after.every((pattern) => MATCHES_ALL.has(pattern))) {
    return [{ stem: "pattern-generalized", effect: WIDENS, ...shown }];
  }
  const narrows = relate(a.patterns, b.patterns, lengthsOf(a)) === "included" ? false : undefined;
  const widens = relate(b.patterns, a.patterns, lengthsOf(b)) === "included" ? false : undefined;
  if (narrows === false && widens === false) return [];
  return [
    {
      stem: "pattern-changed",
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

function compareFlags(a: Schema, b: Schema): Difference[] {
  if (a.uniqueItems === b.uniqueItems) return [];
  return [
    b.uniqueItems
      ? { stem: "unique-items-set", effect: NARROWS, keyword: "uniqueItems" }
      : { stem: "unique-items-unset", effect: WIDENS, keyword: "uniqueItems" },
  ];
}
