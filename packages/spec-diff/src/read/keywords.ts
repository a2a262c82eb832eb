import { canonical, isRecord, member } from "../schema/json.ts";
import type { Bound, JsonType } from "../schema/schema.ts";

/** A schema as it is written. */
export type RawSchema = Readonly<Record<string, unknown>>;

/** The types of JSON Schema. */
export const TYPES: ReadonlySet<string> = new Set<JsonType>([
  "null",
  "boolean",
  "integer",
  "number",
  "string",
  "array",
  "object",
]);

/** Keywords that only describe, and are not compared. */
export const DESCRIPTIONS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "summary",
  "example",
  "examples",
  "externalDocs",
  "xml",
  "$comment",
]);

/** Keywords that only annotate: with or without them a schema accepts the same values. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([...DESCRIPTIONS, "default", "deprecated"]);

/** Whether a schema only annotates. */
export function isAnnotationOnly(raw: unknown): boolean {
  return isRecord(raw) && Object.keys(raw).every((name) => ANNOTATIONS.has(name) || name.startsWith("x-"));
}

/** What identifies a branch or part: the component that it names, else its content. */
export function identityOf(raw: unknown): string {
  const ref = member(raw, "$ref");
  return typeof ref === "string" ? ref : canonical(raw);
}

/** Whether a schema accepts everything. */
export function acceptsAll(raw: unknown): boolean {
  return raw === undefined || raw === true || (isRecord(raw) && Object.keys(raw).length === 0);
}

/** The texts of a list; none where it is no list. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}

/** The value if it is a text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

const BOUNDS: readonly Bound[] = [
  "maximum",
  "minimum",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "maxLength",
  "minLength",
  "maxItems",
  "minItems",
  "maxProperties",
  "minProperties",
  "maxContains",
  "minContains",
  "multipleOf",
];

/** The bounds of a schema. OpenAPI 3.0 writes an exclusive one as a flag beside the bound, 3.1 as a number of its own. */
export function boundsOf(raw: RawSchema): Partial<Record<Bound, number>> {
  const bounds: Partial<Record<Bound, number>> = {};
  for (const bound of BOUNDS) {
    const value = raw[bound];
    if (typeof value === "number") bounds[bound] = value;
  }
  if (raw["exclusiveMaximum"] === true && bounds.maximum !== undefined) {
    bounds.exclusiveMaximum = bounds.maximum;
    delete bounds.maximum;
  }
  if (raw["exclusiveMinimum"] === true && bounds.minimum !== undefined) {
    bounds.exclusiveMinimum = bounds.minimum;
    delete bounds.minimum;
  }
  return bounds;
}

/** The values that `enum` and `const` allow. */
export function valuesOf(raw: RawSchema): unknown[] | undefined {
  const listed = Array.isArray(raw["enum"]) ? (raw["enum"] as unknown[]) : undefined;
  if (raw["const"] === undefined) return listed;
  return listed === undefined || listed.some((value) => canonical(value) === canonical(raw["const"]))
    ? [raw["const"]]
    : [];
}
