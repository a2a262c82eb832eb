import type { Bound, JsonType, Schema } from "../schema/schema.ts";

const BOUND_TYPES: Readonly<Record<Bound, readonly JsonType[]>> = {
  maximum: ["number", "integer"],
  minimum: ["number", "integer"],
  exclusiveMaximum: ["number", "integer"],
  exclusiveMinimum: ["number", "integer"],
  multipleOf: ["number", "integer"],
  maxLength: ["string"],
  minLength: ["string"],
  maxItems: ["array"],
  minItems: ["array"],
  maxContains: ["array"],
  minContains: ["array"],
  maxProperties: ["object"],
  minProperties: ["object"],
};

/**
 * A schema without the keywords that have no effect on values of its types: `maxLength` of an integer, `items` of a string (JSON Schema
 * Validation 6: a keyword applies to instances of its own type and leaves others alone). A change of `unevaluatedItems` and
 * `unevaluatedProperties` is reported even then, as one without effect.
 */
export function withoutIneffective(schema: Schema): Schema {
  const { types } = schema;
  if (!types) return schema;
  const isAny = (wanted: readonly JsonType[]): boolean => wanted.some((type) => types.has(type));
  const bounds = Object.entries(schema.bounds).filter(
    ([name]) => isAny(BOUND_TYPES[name as Bound]), // the keys of a record of bounds
  );
  return {
    ...schema,
    bounds: Object.fromEntries(bounds),
    ...(!isAny(["string", "number", "integer"]) && { format: undefined }),
    ...(!types.has("string") && { patterns: [] }),
    ...(!types.has("array") && {
      items: undefined,
      prefixItems: [],
      contains: undefined,
      uniqueItems: false,
    }),
    ...(!types.has("object") && {
      properties: new Map(),
      required: new Set(),
      additional: undefined,
      patternProperties: new Map(),
      propertyNames: undefined,
      dependentRequired: new Map(),
      dependentSchemas: new Map(),
    }),
  };
}
