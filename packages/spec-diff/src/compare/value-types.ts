import { NARROWS, WIDENS, type Difference, type Effect } from "./difference.ts";
import type { JsonType, Schema } from "../schema/schema.ts";

// An integer is a number; the other types have nothing in common.
export function covers(wide: Schema["types"], narrow: Schema["types"]): boolean {
  if (!wide) return true;
  if (!narrow) return false;
  return [...narrow].every((type) => wide.has(type) || (type === "integer" && wide.has("number")));
}

export function withoutNull(types: Schema["types"]): ReadonlySet<JsonType> | undefined {
  return types && new Set([...types].filter((type) => type !== "null"));
}

export function compareTypes(a: Schema, b: Schema, loose: boolean): Difference[] {
  const found: Difference[] = [];
  const [before, after] = [withoutNull(a.types), withoutNull(b.types)];
  const [nullBefore, nullAfter] = [a.types?.has("null") === true, b.types?.has("null") === true];
  const shown = { from: describeType(a), to: describeType(b) };
  // A part of `allOf` may refuse the null that another one names.
  const isNulled = before !== undefined && after !== undefined && nullBefore !== nullAfter;
  const nullable = isNulled ? nullAfter : b.nullable;
  if ((isNulled || a.nullable !== b.nullable) && (before === undefined) === (after === undefined)) {
    // `nullable` without a type beside it has no meaning (OpenAPI 3.0.3), and no witness will be found.
    found.push({
      change: nullable ? "became-nullable" : "became-not-nullable",
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
    const change =
      format === "wider" ? "type-generalized" : format === "narrower" ? "type-specialized" : "type-changed";
    // A format only annotates: no message is rejected for it by JSON Schema, but receivers that check it do.
    const effect: Effect = {
      narrows: format !== "wider" ? "undecided" : false,
      widens: format !== "narrower" ? "undecided" : false,
    };
    return [...found, { change, effect, keyword: "format", ...shown }];
  }
  const effect: Effect = { narrows: !wider, widens: !narrower };
  const base = { effect, keyword: "type", ...shown };
  if (listed && before && after && (wider || narrower)) {
    found.push({ ...base, change: wider ? "list-of-types-widened" : "list-of-types-narrowed" });
  } else if (loose && after?.has("string")) {
    // In a media type that carries text only, a value of any type is sent as text.
    found.push({ ...base, effect: { narrows: false, widens: "undecided" }, change: "type-became-text" });
  } else if (loose && before?.has("string")) {
    found.push({ ...base, effect: { narrows: "undecided", widens: false }, change: "type-was-text" });
  } else if (wider && format !== "narrower") found.push({ ...base, change: "type-generalized" });
  else if (narrower && format !== "wider") found.push({ ...base, change: "type-specialized" });
  else found.push({ ...base, change: "type-changed" });
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
