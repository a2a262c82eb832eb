import { canonical, entriesOf, isRecord, member, pointerTo } from "../schema/json.ts";
import { merge } from "../schema/merge.ts";
import { ANYTHING, type JsonType, type Notes, type Schema, type Union } from "../schema/schema.ts";
import { createChildren, type Children } from "./children.ts";
import type { Document } from "./document.ts";
import {
  acceptsAll,
  ANNOTATIONS,
  boundsOf,
  identityOf,
  isAnnotationOnly,
  textOf,
  textsOf,
  TYPES,
  valuesOf,
  type RawSchema,
} from "./keywords.ts";
import { plainUnionOf, withNull } from "./union-form.ts";

/** Normalises the schemas of one document; the same place gives the same object again. */
export interface Schemas {
  readonly of: (raw: unknown, pointer: string) => Schema;
}

/** Makes the normaliser of a document; it throws VersioningError `invalid-spec` for an unknown `type`. */
export function createSchemas(document: Document): Schemas {
  const known = new Map<object, Schema>();
  const busy = new Set<object>();

  const of = (raw: unknown, pointer: string): Schema => {
    if (raw === false) return { ...ANYTHING, pointer, never: true };
    if (!isRecord(raw)) return { ...ANYTHING, pointer };
    const made = known.get(raw);
    if (made) return made;
    // An allOf that contains itself adds nothing to its other parts.
    if (busy.has(raw)) return { ...ANYTHING, pointer };
    busy.add(raw);
    const schema = normalise(raw, pointer);
    busy.delete(raw);
    known.set(raw, schema);
    return schema;
  };
  const children = createChildren(of);
  const own = (raw: RawSchema, pointer: string): Schema => {
    checkTypes(raw, pointer, document);
    return ownKeywords(raw, pointer, children);
  };

  const normalise = (raw: RawSchema, pointer: string): Schema => {
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
      parts: new Map(parts.map((part) => [identityOf(part), { annotationOnly: isAnnotationOnly(part) }])),
    };
  };

  return { of };
}

function checkTypes(raw: RawSchema, pointer: string, { refuse }: Document): void {
  const named: unknown[] = Array.isArray(raw["type"]) ? raw["type"] : [raw["type"]];
  for (const type of named) {
    if (type === undefined || (typeof type === "string" && TYPES.has(type))) continue;
    refuse(`${pointer}/type: ${JSON.stringify(type)} is not a type; known are ${[...TYPES].join(", ")}`);
  }
}

function ownKeywords(raw: RawSchema, pointer: string, children: Children): Schema {
  const plain = plainUnionOf(raw);
  const values = valuesOf(raw) ?? plain?.values;
  const additional = raw["additionalProperties"];
  const types = typesOf(raw) ?? plain?.types;
  return {
    ...ANYTHING,
    pointer,
    types,
    nullable:
      raw["nullable"] === true ||
      (Array.isArray(raw["type"]) && raw["type"].includes("null")) ||
      plain?.types?.has("null") === true,
    values: values && new Map(values.map((value) => [canonical(value), value])),
    isConst: raw["const"] !== undefined,
    bounds: boundsOf(raw),
    // An empty pattern matches everything.
    patterns: typeof raw["pattern"] === "string" && raw["pattern"] !== "" ? [raw["pattern"]] : [],
    format: textOf(raw["format"]),
    uniqueItems: raw["uniqueItems"] === true,
    properties: children.map(raw["properties"], pointerTo(pointer, "properties")),
    required: new Set(textsOf(raw["required"])),
    additional: acceptsAll(additional)
      ? undefined
      : children.one(additional, pointerTo(pointer, "additionalProperties")),
    patternProperties: children.map(raw["patternProperties"], pointerTo(pointer, "patternProperties")),
    propertyNames: children.optional(raw, "propertyNames", pointer),
    dependentRequired: new Map(
      entriesOf(raw["dependentRequired"]).map(([name, names]) => [name, textsOf(names)]),
    ),
    dependentSchemas: children.map(raw["dependentSchemas"], pointerTo(pointer, "dependentSchemas")),
    unevaluatedProperties: children.optional(raw, "unevaluatedProperties", pointer),
    items:
      acceptsAll(raw["items"]) || Array.isArray(raw["items"])
        ? undefined
        : children.optional(raw, "items", pointer),
    prefixItems: children.list(raw["prefixItems"], pointerTo(pointer, "prefixItems")),
    contains: children.optional(raw, "contains", pointer),
    unevaluatedItems: children.optional(raw, "unevaluatedItems", pointer),
    unions: plain ? [] : unionsOf(raw, pointer, children),
    not: children.optional(raw, "not", pointer),
    conditional:
      raw["if"] === undefined
        ? undefined
        : {
            if: children.one(raw["if"], pointerTo(pointer, "if")),
            then: children.optional(raw, "then", pointer),
            else: children.optional(raw, "else", pointer),
          },
    notes: notesOf(raw, pointer, children),
  };
}

function notesOf(raw: RawSchema, pointer: string, children: Children): Notes {
  return {
    default: raw["default"] === undefined ? undefined : { value: raw["default"] },
    readOnly: raw["readOnly"] === true,
    writeOnly: raw["writeOnly"] === true,
    deprecated: raw["deprecated"] === true,
    sunset: textOf(raw["x-sunset"]),
    stability: textOf(raw["x-stability-level"]),
    discriminator: raw["discriminator"],
    contentSchema: children.optional(raw, "contentSchema", pointer),
    contentMediaType: textOf(raw["contentMediaType"]),
    contentEncoding: textOf(raw["contentEncoding"]),
    extensibleEnum: Array.isArray(raw["x-extensible-enum"])
      ? (raw["x-extensible-enum"] as unknown[])
      : undefined,
  };
}

function unionsOf(raw: RawSchema, pointer: string, children: Children): Union[] {
  return (["anyOf", "oneOf"] as const).flatMap((kind) => {
    const branches: unknown[] = Array.isArray(raw[kind]) ? raw[kind] : [];
    if (branches.length === 0) return [];
    return [
      {
        kind,
        branches: children.list(branches, pointerTo(pointer, kind)),
        keys: numbered(branches.map(identityOf)),
        titles: branches.map(titleOf),
      },
    ];
  });
}

function typesOf(raw: RawSchema): Set<JsonType> | undefined {
  const named = typeof raw["type"] === "string" ? [raw["type"]] : textsOf(raw["type"]);
  const types = named.filter((name): name is JsonType => TYPES.has(name));
  if (types.length === 0) return undefined;
  return new Set(raw["nullable"] === true ? [...types, "null"] : types);
}

// The same branch may occur in a union twice.
function numbered(keys: readonly string[]): string[] {
  return keys.map((key, i) => {
    const earlier = keys.slice(0, i).filter((other) => other === key).length;
    return earlier === 0 ? key : `${key} ${String(earlier)}`;
  });
}

function titleOf(raw: unknown): string | undefined {
  return member(raw, "$ref") === undefined ? textOf(member(raw, "title")) : undefined;
}
