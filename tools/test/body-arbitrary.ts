import fc, { type Arbitrary } from "fast-check";

import { isObject, type Json, type JsonObject, valueAt } from "../specs/document.ts";

// Lookaheads are beyond fast-check; what it makes without them is filtered by the whole pattern.
const LOOKAHEAD = /\(\?![^)]*\)/g;

// fast-check knows no \p{…} either: names of many scripts, and what only looks like one.
const NAMES = [
  "Henrik Åström",
  "ዳዊት",
  "李雷",
  "Zoë",
  "O'Neill-Ruíz",
  "राम",
  "A",
  "Ali.2",
  "name_with_underscore",
];

/** Makes bodies that a schema of a document should take: read from the document itself, so that it shares nothing with the generator. */
export function createBodyArbitrary(document: JsonObject): (component: string) => Arbitrary<Json> {
  const made = new Map<string, Arbitrary<Json>>();

  const named = (component: string): Arbitrary<Json> => {
    const known = made.get(component);
    if (known) return known;
    const arbitrary = of(resolve(component));
    made.set(component, arbitrary);
    return arbitrary;
  };

  function resolve(component: string): JsonObject {
    const schema = valueAt(document, `/components/schemas/${component}`);
    if (!isObject(schema)) throw new Error(`there is no component ${component}`);
    return schema;
  }

  function of(schema: Json | undefined): Arbitrary<Json> {
    if (!isObject(schema)) return fc.constant("anything");
    const { $ref, anyOf, oneOf, allOf, enum: choices } = schema;
    if (typeof $ref === "string") return named($ref.slice($ref.lastIndexOf("/") + 1));
    if (Array.isArray(allOf)) return of(allOf.find((part) => isObject(part) && Object.keys(part).length > 0));
    const options = anyOf ?? oneOf;
    if (Array.isArray(options)) return fc.oneof(...options.map((option) => of(merged(schema, option))));
    if (Array.isArray(choices)) return fc.constantFrom(...choices);
    switch (schema["type"] ?? "object") {
      case "string":
        return textOf(schema);
      case "number":
        return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
      case "integer":
        return fc.oneof(fc.integer(), fc.constantFrom(1e21, -0, Number.MAX_SAFE_INTEGER + 1));
      case "boolean":
        return fc.boolean();
      case "array":
        return listOf(schema);
      default:
        return objectOf(schema);
    }
  }

  function listOf({ items, minItems, maxItems, uniqueItems }: JsonObject): Arbitrary<Json> {
    const minLength = typeof minItems === "number" ? minItems : 0;
    const maxLength = Math.min(typeof maxItems === "number" ? maxItems : Infinity, minLength + 2);
    if (uniqueItems !== true) return fc.array(of(items), { minLength, maxLength });
    return fc.uniqueArray(of(items), { minLength, maxLength, selector: (item) => JSON.stringify(item) });
  }

  function objectOf({ properties, required }: JsonObject): Arbitrary<Json> {
    const needed = Array.isArray(required) ? required : [];
    const members = Object.entries(isObject(properties) ? properties : {}).map(([name, schema]) => {
      const value = of(schema);
      const here = needed.includes(name) ? value : fc.option(value, { nil: undefined, freq: 1 });
      return here.map((made): [string, Json][] => (made === undefined ? [] : [[name, made]]));
    });
    return fc.tuple(...members).map((entries) => Object.fromEntries(entries.flat()));
  }

  return named;
}

// A choice inherits what stands beside it.
function merged(schema: JsonObject, option: Json): Json {
  if (!isObject(option) || !isObject(schema["properties"])) return option;
  const own = isObject(option["properties"]) ? option["properties"] : {};
  return { ...option, type: "object", properties: { ...schema["properties"], ...own } };
}

function textOf({ pattern, minLength, maxLength, format }: JsonObject): Arbitrary<Json> {
  if (format === "date") return fc.constantFrom("2024-02-29", "1999-12-31", "2000-01-01");
  const min = typeof minLength === "number" ? minLength : 0;
  const max = typeof maxLength === "number" ? maxLength : Infinity;
  if (typeof pattern !== "string") {
    const longest = "😀".repeat(Math.min(max, 130));
    const text = fc.string({ minLength: min, maxLength: Math.min(max, min + 12), unit: "binary" });
    return max <= 130 ? fc.oneof({ weight: 4, arbitrary: text }, fc.constant(longest)) : text;
  }
  const whole = new RegExp(pattern, "u");
  const candidates = pattern.includes("\\p{")
    ? fc.constantFrom(...NAMES)
    : fc.stringMatching(new RegExp(pattern.replaceAll(LOOKAHEAD, ""), "u"), { maxLength: 60 });
  return candidates.filter((text) => whole.test(text) && text.length >= min && text.length <= max);
}

type Place = readonly (string | number)[];

const MUTATIONS: readonly ((value: Json) => Json | undefined)[] = [
  () => undefined,
  () => null,
  () => 7,
  () => "",
  () => [],
  () => ({}),
  () => "x".repeat(40_000),
  (value) => (typeof value === "string" ? `${value}\n` : [value]),
  (value) => (typeof value === "string" ? ` ${value}` : false),
  (value) => (typeof value === "string" ? value.toLowerCase() : "text"),
  (value) => (typeof value === "string" ? `${value}é😀` : 1.5),
  (value) => (typeof value === "string" ? value.slice(1) : 1e300),
  (value) => (isObject(value) ? { ...value, unheardOf: { deep: true } } : `not ${JSON.stringify(value)}`),
  (value) => (Array.isArray(value) ? [...value, ...value] : value),
];

/** A body with one or two random changes; many of them break it. */
export function mutated(body: Arbitrary<Json>): Arbitrary<Json> {
  const change = fc.record({ at: fc.nat(), mutation: fc.constantFrom(...MUTATIONS) });
  return fc.tuple(body, fc.array(change, { minLength: 1, maxLength: 2 })).map(([whole, changes]) =>
    changes.reduce<Json>((current, { at, mutation }) => {
      const places = placesIn(current);
      const place = places[at % places.length] ?? [];
      return changeAt(current, place, mutation) ?? null;
    }, whole),
  );
}

function placesIn(value: Json, place: Place = []): Place[] {
  const children = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  return [place, ...children.flatMap(([key, inner]) => placesIn(inner, [...place, key]))];
}

function changeAt(
  value: Json,
  [key, ...rest]: Place,
  mutation: (value: Json) => Json | undefined,
): Json | undefined {
  if (key === undefined) return mutation(value);
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => (i === key ? (changeAt(item, rest, mutation) ?? []) : [item]));
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
    const changed = name === key ? changeAt(inner, rest, mutation) : inner;
    return changed === undefined ? [] : [[name, changed]];
  });
  return Object.fromEntries(members);
}
