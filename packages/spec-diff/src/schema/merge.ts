import { matches } from "../pattern/matcher.ts";
import { ANYTHING, type Bound, type Child, type JsonType, type Schema } from "./schema.ts";

/** The schema that accepts what both accept. What does not fit into one set of keywords is kept as `rest`. */
export function merge(a: Schema, b: Schema, pointer: string): Schema {
  const types = bothTypes(a.types, b.types);
  const values = bothValues(a.values, b.values);
  const conflicts: Partial<Schema> = {};
  const single = <K extends keyof Schema>(key: K): Schema[K] => {
    if (isEmpty(a[key])) return b[key];
    if (!isEmpty(b[key]) && a[key] !== b[key]) conflicts[key] = b[key];
    return a[key];
  };

  const merged: Schema = {
    ...ANYTHING,
    pointer,
    never: a.never || b.never || types?.size === 0 || values?.size === 0,
    types,
    nullable: a.nullable || b.nullable,
    values,
    isConst: a.isConst || b.isConst,
    bounds: bothBounds(a, b),
    patterns: [...new Set([...a.patterns, ...b.patterns])],
    format: single("format"),
    uniqueItems: a.uniqueItems || b.uniqueItems,
    ...bothObjects(a, b, pointer),
    patternProperties: bothMaps(a.patternProperties, b.patternProperties, pointer),
    propertyNames: bothChildren(a.propertyNames, b.propertyNames, pointer),
    dependentRequired: new Map(
      [...a.dependentRequired, ...b.dependentRequired].map(([name, names]) => [
        name,
        [...new Set([...names, ...(a.dependentRequired.get(name) ?? [])])],
      ]),
    ),
    dependentSchemas: bothMaps(a.dependentSchemas, b.dependentSchemas, pointer),
    unevaluatedProperties: single("unevaluatedProperties"),
    ...(a.prefixItems.length === 0 && b.prefixItems.length === 0
      ? { items: bothChildren(a.items, b.items, pointer), prefixItems: [] }
      : bothTuples(a, b, conflicts)),
    contains: single("contains"),
    unevaluatedItems: single("unevaluatedItems"),
    unions: [...a.unions, ...b.unions.filter((union) => !a.unions.includes(union))],
    not: single("not"),
    conditional: single("conditional"),
    parts: a.parts ?? b.parts,
    notes: {
      default: a.notes.default ?? b.notes.default,
      readOnly: a.notes.readOnly || b.notes.readOnly,
      writeOnly: a.notes.writeOnly || b.notes.writeOnly,
      deprecated: a.notes.deprecated || b.notes.deprecated,
      sunset: a.notes.sunset ?? b.notes.sunset,
      stability: a.notes.stability ?? b.notes.stability,
      discriminator: a.notes.discriminator ?? b.notes.discriminator,
      contentSchema: a.notes.contentSchema ?? b.notes.contentSchema,
      contentMediaType: a.notes.contentMediaType ?? b.notes.contentMediaType,
      contentEncoding: a.notes.contentEncoding ?? b.notes.contentEncoding,
      extensibleEnum: a.notes.extensibleEnum ?? b.notes.extensibleEnum,
    },
  };
  const extra = Object.keys(conflicts).length > 0 ? [{ ...ANYTHING, ...conflicts, pointer: b.pointer }] : [];
  return { ...merged, rest: [...a.rest, ...b.rest, ...extra] };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function bothTypes(
  a: ReadonlySet<JsonType> | undefined,
  b: ReadonlySet<JsonType> | undefined,
): ReadonlySet<JsonType> | undefined {
  if (!a || !b) return a ?? b;
  const both = [...a].flatMap((type): JsonType[] => {
    if (b.has(type) || (type === "integer" && b.has("number"))) return [type];
    return type === "number" && b.has("integer") ? ["integer"] : [];
  });
  return new Set(both);
}

function bothValues(a: Schema["values"], b: Schema["values"]): Schema["values"] {
  if (!a || !b) return a ?? b;
  return new Map([...a].filter(([key]) => b.has(key)));
}

const LOWER: ReadonlySet<Bound> = new Set([
  "minimum",
  "exclusiveMinimum",
  "minLength",
  "minItems",
  "minProperties",
  "minContains",
]);

function bothBounds(a: Schema, b: Schema): Schema["bounds"] {
  const bounds: Partial<Record<Bound, number>> = { ...a.bounds };
  for (const [name, value] of Object.entries(b.bounds)) {
    const bound = name as Bound; // the keys of a record of bounds
    const own = bounds[bound];
    if (own === undefined) bounds[bound] = value;
    else if (bound === "multipleOf") bounds[bound] = leastCommonMultiple(own, value);
    else bounds[bound] = LOWER.has(bound) ? Math.max(own, value) : Math.min(own, value);
  }
  return bounds;
}

function leastCommonMultiple(a: number, b: number): number {
  const scale = 10 ** Math.max(decimals(a), decimals(b));
  let [x, y] = [Math.round(a * scale), Math.round(b * scale)];
  const product = x * y;
  while (y !== 0) [x, y] = [y, x % y];
  return product / x / scale;
}

function decimals(value: number): number {
  const text = String(value);
  return text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
}

/** Both schemas as one, made when it is asked for. */
function bothChildren(a: Child | undefined, b: Child | undefined, pointer: string): Child | undefined {
  if (!a || !b || a === b) return a ?? b;
  let made: Schema | undefined;
  return () => {
    if (made) return made;
    const [x, y] = [a(), b()];
    return (made = x === y ? x : merge(x, y, x.pointer === "#" ? pointer : x.pointer));
  };
}

function bothMaps(
  a: ReadonlyMap<string, Child>,
  b: ReadonlyMap<string, Child>,
  pointer: string,
): Map<string, Child> {
  const both = new Map(a);
  for (const [name, inner] of b) both.set(name, bothChildren(a.get(name), inner, pointer) ?? inner);
  return both;
}

// A member that one part declares falls under `additionalProperties` of the other, which sees only its own properties.
function bothObjects(
  a: Schema,
  b: Schema,
  pointer: string,
): Pick<Schema, "properties" | "required" | "additional"> {
  const properties = new Map<string, Child>();
  for (const name of new Set([...a.properties.keys(), ...b.properties.keys()])) {
    const both = bothChildren(childOf(a, name), childOf(b, name), pointer);
    if (both) properties.set(name, both);
  }
  return {
    properties,
    required: new Set([...a.required, ...b.required]),
    additional: bothChildren(a.additional, b.additional, pointer),
  };
}

/** The schema under which a member of that name falls; `undefined` where any value is accepted. */
export function childOf(schema: Schema, name: string): Child | undefined {
  const declared = schema.properties.get(name);
  if (declared) return declared;
  for (const [pattern, inner] of schema.patternProperties) if (matches(pattern, name)) return inner;
  return schema.additional;
}

function bothTuples(
  a: Schema,
  b: Schema,
  conflicts: { items?: Schema["items"]; prefixItems?: Schema["prefixItems"] },
): Pick<Schema, "items" | "prefixItems"> {
  if (b.prefixItems.length === 0 && !b.items) return { items: a.items, prefixItems: a.prefixItems };
  if (a.prefixItems.length === 0 && !a.items) return { items: b.items, prefixItems: b.prefixItems };
  Object.assign(conflicts, { items: b.items, prefixItems: b.prefixItems });
  return { items: a.items, prefixItems: a.prefixItems };
}
