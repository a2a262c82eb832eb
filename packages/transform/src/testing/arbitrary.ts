import { isJsonObject, ownMember } from "@mojaloop-versioning/protocol";
import fc from "fast-check";
import * as z from "zod";

/** Values that a schema of the types package accepts: with and without optional members, texts that match patterns and lengths. */
export function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return fromJsonSchema(z.toJSONSchema(schema, { unrepresentable: "any", reused: "inline" })).filter(
    (value) => schema.safeParse(value).success,
  );
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function fromJsonSchema(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(fromJsonSchema));
  if (schema.allOf) return fromAll(schema.allOf);
  switch (schema.type) {
    case "string":
      return text(schema);
    case "array": {
      const { items, minItems = 0, maxItems = minItems + 2 } = schema;
      const item = isSchema(items) ? fromJsonSchema(items) : fc.constant({});
      // Three items cover every case of a longer list.
      return fc.array(item, { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) });
    }
    case "object":
      return object(schema);
    case "integer":
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000_000 });
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.constant({});
  }
}

function isSchema(value: unknown): value is JsonSchema {
  return isJsonObject(value);
}

function object({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(
    Object.entries(properties).map(([key, member]) => [
      key,
      isSchema(member) ? fromJsonSchema(member) : fc.constant({}),
    ]),
  );
  return fc.record(members, { requiredKeys: required.filter((key) => Object.hasOwn(members, key)) });
}

// The Mojaloop documents combine only schemas of objects: a value of each part, merged.
function fromAll(parts: readonly JsonSchema[]): fc.Arbitrary<unknown> {
  return fc.tuple(...parts.map(fromJsonSchema)).map((values): unknown => {
    if (!values.every(isJsonObject)) return values.at(-1);
    return Object.fromEntries(values.flatMap((value) => Object.entries(value)));
  });
}

function text(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { minLength = 0, maxLength = Math.max(minLength, 40), pattern } = schema;
  const patterns = [pattern, ...partsOf(schema)].filter((source) => source !== undefined);
  const [source] = patterns;
  if (source === undefined) {
    return fc
      .string({ unit: "grapheme-composite", minLength, maxLength: Math.min(maxLength, 200) })
      .filter(within);
  }
  const all = patterns.map((each) => new RegExp(each, "u"));
  return matching(source).filter((value) => within(value) && all.every((regex) => regex.test(value)));

  function within(value: string): boolean {
    const length = Array.from(value).length;
    return length >= minLength && length <= maxLength;
  }
}

function partsOf(schema: JsonSchema): (string | undefined)[] {
  const parts = ownMember(schema, "allOf");
  return Array.isArray(parts) ? parts.filter(isSchema).map((part) => part.pattern) : [];
}

function matching(source: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(source, "u"));
  } catch {
    // stringMatching supports neither look-ahead nor Unicode classes, which only the patterns of names have.
    return fc.stringMatching(/^[A-Za-z\u00c0-\u017f][A-Za-z0-9 .,'-]{0,30}$/u);
  }
}
