import type { Document } from "./document.ts";
import { canonical, entriesOf, isRecord, member, pointerTo } from "../schema/json.ts";
import { merge } from "../schema/merge.ts";
import { ANYTHING, type Bound, type Child, type JsonType, type Schema } from "../schema/schema.ts";

/** Normalises the schemas of one document; the same place gives the same object again. */
export interface Schemas {
  readonly of: (raw: unknown, pointer: string) => Schema;
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

const TYPES: ReadonlySet<string> = new Set([
  "null",
  "boolean",
  "integer",
  "number",
  "string",
  "array",
  "object",
]);

/** Makes the normaliser of a document. */
export function createSchemas(document: Document): Schemas {
  const known = new Map<object, Schema>();
  const busy = new Set<object>();

  const of = (raw: unknown, pointer: string): Schema => {
    if (raw === false) return { ...ANYTHING, pointer, never: true };
    if (!isRecord(raw)) return { ...ANYTHING, pointer };
    const made = known.get(raw);
    if (made) return made;
    // An allOf that holds itself says nothing that its other parts do not.
    if (busy.has(raw)) return { ...ANYTHING, pointer };
    busy.add(raw);
    const schema = normalise(raw, pointer);
    busy.delete(raw);
    known.set(raw, schema);
    return schema;
  };
  const child = (raw: unknown, pointer: string): Child => {
    let made: Schema | undefined;
    return () => (made ??= of(raw, pointer));
  };
  const children = (raw: unknown, pointer: string): Map<string, Child> =>
    new Map(entriesOf(raw).map(([name, inner]) => [name, child(inner, pointerTo(pointer, name))]));
  const list = (raw: unknown, pointer: string): Child[] =>
    Array.isArray(raw) ? raw.map((inner, i) => child(inner, pointerTo(pointer, i))) : [];
  const optional = (
    raw: Readonly<Record<string, unknown>>,
    name: string,
    pointer: string,
  ): Child | undefined => (raw[name] === undefined ? undefined : child(raw[name], pointerTo(pointer, name)));

  const normalise = (raw: Readonly<Record<string, unknown>>, pointer: string): Schema => {
    if (typeof raw["$ref"] === "string") {
      const target = document.resolve(raw["$ref"]);
      const referred = of(target.value, target.pointer);
      const siblings = Object.fromEntries(Object.entries(raw).filter(([name]) => name !== "$ref"));
      const bare = document.dialect === "3.0" || Object.keys(siblings).every((name) => ANNOTATIONS.has(name));
      return bare ? referred : merge(referred, own(siblings, pointer), pointer);
    }
    const parts = Array.isArray(raw["allOf"]) ? (raw["allOf"] as unknown[]) : [];
    const self = own(raw, pointer);
    if (parts.length === 0) return withNull(self);
    const merged = parts
      .map((part, i) => of(part, pointerTo(pointer, "allOf", i)))
      .reduce((all, part) => merge(all, part, pointer), self);
    return {
      ...merged,
      notes: parts.length === 1 ? merged.notes : { ...self.notes, discriminator: merged.notes.discriminator },
      parts: new Map(parts.map((part) => [identity(part), { annotationOnly: isAnnotationOnly(part) }])),
    };
  };

  const own = (raw: Readonly<Record<string, unknown>>, pointer: string): Schema => {
    const listed = typesOfUnion(raw);
    const nullable =
      raw["nullable"] === true ||
      (Array.isArray(raw["type"]) && raw["type"].includes("null")) ||
      listed?.has("null") === true;
    const values = valuesOf(raw);
    const additional = raw["additionalProperties"];
    return {
      ...ANYTHING,
      pointer,
      types: typesOf(raw) ?? listed,
      nullable,
      values: values && new Map(values.map((value) => [canonical(value), value])),
      isConst: raw["const"] !== undefined,
      bounds: boundsOf(raw),
      // An empty pattern matches everything.
      patterns: typeof raw["pattern"] === "string" && raw["pattern"] !== "" ? [raw["pattern"]] : [],
      format: text(raw["format"]),
      uniqueItems: raw["uniqueItems"] === true,
      properties: children(raw["properties"], pointerTo(pointer, "properties")),
      required: new Set(strings(raw["required"])),
      additional: acceptsAll(additional)
        ? undefined
        : child(additional, pointerTo(pointer, "additionalProperties")),
      patternProperties: children(raw["patternProperties"], pointerTo(pointer, "patternProperties")),
      propertyNames: optional(raw, "propertyNames", pointer),
      dependentRequired: new Map(
        entriesOf(raw["dependentRequired"]).map(([name, names]) => [name, strings(names)]),
      ),
      dependentSchemas: children(raw["dependentSchemas"], pointerTo(pointer, "dependentSchemas")),
      unevaluatedProperties: optional(raw, "unevaluatedProperties", pointer),
      items:
        acceptsAll(raw["items"]) || Array.isArray(raw["items"]) ? undefined : optional(raw, "items", pointer),
      prefixItems: list(raw["prefixItems"], pointerTo(pointer, "prefixItems")),
      contains: optional(raw, "contains", pointer),
      unevaluatedItems: optional(raw, "unevaluatedItems", pointer),
      unions: (["anyOf", "oneOf"] as const)
        .map((kind) => ({
          kind,
          branches: list(raw[kind], pointerTo(pointer, kind)),
          keys: Array.isArray(raw[kind]) ? numbered(raw[kind].map(identity)) : [],
          titles: Array.isArray(raw[kind]) ? raw[kind].map(titleOf) : [],
        }))
        .filter(({ branches }) => branches.length > 0 && !listed),
      not: optional(raw, "not", pointer),
      conditional:
        raw["if"] === undefined
          ? undefined
          : {
              if: child(raw["if"], pointerTo(pointer, "if")),
              then: optional(raw, "then", pointer),
              else: optional(raw, "else", pointer),
            },
      notes: {
        default: raw["default"] === undefined ? undefined : { value: raw["default"] },
        readOnly: raw["readOnly"] === true,
        writeOnly: raw["writeOnly"] === true,
        deprecated: raw["deprecated"] === true,
        sunset: text(raw["x-sunset"]),
        stability: text(raw["x-stability-level"]),
        discriminator: raw["discriminator"],
        contentSchema: optional(raw, "contentSchema", pointer),
        contentMediaType: text(raw["contentMediaType"]),
        contentEncoding: text(raw["contentEncoding"]),
        extensibleEnum: Array.isArray(raw["x-extensible-enum"])
          ? (raw["x-extensible-enum"] as unknown[])
          : undefined,
      },
    };
  };

  return { of };
}

// `anyOf: [X, { type: "null" }]` says what `type: [x, "null"]` says.
function withNull(schema: Schema): Schema {
  const [union] = schema.unions;
  if (schema.unions.length !== 1 || union?.branches.length !== 2 || schema.types) return schema;
  const branches = union.branches.map((branch) => branch());
  const other = branches.find((branch) => !isOnlyNull(branch));
  if (!branches.some(isOnlyNull) || !other?.types || other.never) return schema;
  const values = other.values && new Map([...other.values, ["null", null]]);
  const merged = merge({ ...schema, unions: [] }, other, schema.pointer);
  return { ...merged, types: new Set([...other.types, "null" as const]), values, nullable: true };
}

function isOnlyNull(schema: Schema): boolean {
  return schema.types?.size === 1 && schema.types.has("null") && schema.values === undefined;
}

function typesOf(raw: Readonly<Record<string, unknown>>): Set<JsonType> | undefined {
  const named = typeof raw["type"] === "string" ? [raw["type"]] : strings(raw["type"]);
  const types = named.filter((name): name is JsonType => TYPES.has(name));
  if (types.length === 0) return undefined;
  return new Set(raw["nullable"] === true ? [...types, "null"] : types);
}

/** What a union of nothing but types says: a list of types. */
function typesOfUnion(raw: Readonly<Record<string, unknown>>): Set<JsonType> | undefined {
  const kinds = (["anyOf", "oneOf"] as const).filter((kind) => Array.isArray(raw[kind]));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1 || raw["type"] !== undefined) return undefined;
  const branches = raw[kind] as unknown[]; // an array, as two lines above has found
  if (!branches.every(isBareType)) return undefined;
  const names = branches.map((branch) => member(branch, "type") as JsonType); // a type, as the line above has found
  const types = new Set(names);
  // An integer is a number too, so one of both matches twice.
  const overlaps = types.size < names.length || (types.has("integer") && types.has("number"));
  return types.size === 0 || (kind === "oneOf" && overlaps) ? undefined : types;
}

function isBareType(raw: unknown): boolean {
  const type = member(raw, "type");
  if (!isRecord(raw) || typeof type !== "string" || !TYPES.has(type)) return false;
  return Object.keys(raw).every((name) => name === "type" || UNSEEN.has(name));
}

function valuesOf(raw: Readonly<Record<string, unknown>>): unknown[] | undefined {
  const listed = Array.isArray(raw["enum"]) ? (raw["enum"] as unknown[]) : undefined;
  if (raw["const"] === undefined) return listed;
  return listed === undefined || listed.some((value) => canonical(value) === canonical(raw["const"]))
    ? [raw["const"]]
    : [];
}

// OpenAPI 3.0 writes an exclusive bound as a flag beside the bound, 3.1 as a number of its own.
function boundsOf(raw: Readonly<Record<string, unknown>>): Partial<Record<Bound, number>> {
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

/** Keywords that only describe, and are not compared. */
const UNSEEN: ReadonlySet<string> = new Set([
  "title",
  "description",
  "summary",
  "example",
  "examples",
  "externalDocs",
  "xml",
  "$comment",
]);

/** Keywords that only annotate: beside them a schema accepts what it accepts without them. */
const ANNOTATIONS: ReadonlySet<string> = new Set([...UNSEEN, "default", "deprecated"]);

function isAnnotationOnly(raw: unknown): boolean {
  return isRecord(raw) && Object.keys(raw).every((name) => ANNOTATIONS.has(name) || name.startsWith("x-"));
}

function identity(raw: unknown): string {
  const ref = member(raw, "$ref");
  return typeof ref === "string" ? ref : canonical(raw);
}

// The same branch may stand in a union twice.
function numbered(keys: readonly string[]): string[] {
  return keys.map((key, i) => {
    const earlier = keys.slice(0, i).filter((other) => other === key).length;
    return earlier === 0 ? key : `${key} ${String(earlier)}`;
  });
}

function titleOf(raw: unknown): string | undefined {
  return member(raw, "$ref") === undefined ? text(member(raw, "title")) : undefined;
}

function acceptsAll(raw: unknown): boolean {
  return raw === undefined || raw === true || (isRecord(raw) && Object.keys(raw).length === 0);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
