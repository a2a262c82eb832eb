import { isObject, type Json, type JsonObject, valueAt } from "../../../tools/specs/document.ts";
import type { Model } from "./model.ts";
import { propertiesOf, requiredOf, resolve, type Side } from "./residue-compare.ts";

/** Facts of a schema; references name entries of `definitions`. */
export type Facts = JsonObject;

/** A component that a pointer goes through: where the body holds it, and what is left of the pointer inside. */
export interface Holder {
  readonly component: string | undefined;
  readonly base: string;
  readonly rest: string;
}

/** The deepest named component below the body that the pointer goes through: the one whose own difference this is. */
export function holderOf(side: Side, pointer: string, itself: boolean): Holder {
  const segments = pointer.split("/").slice(1);
  let holder: Holder = { component: undefined, base: "", rest: pointer };
  let schema = side.schema;
  for (let i = 0; i <= segments.length; i++) {
    const name = refName(schema);
    if (i > 0 && name !== undefined && (itself || i < segments.length)) {
      const base = segments
        .slice(0, i)
        .map((part) => `/${part}`)
        .join("");
      holder = { component: name, base, rest: pointer.slice(base.length) };
    }
    const segment = segments[i];
    if (segment === undefined) break;
    schema = childOf({ ...side, schema }, segment);
  }
  return holder;
}

function childOf(side: Side, segment: string): Json | undefined {
  const schema = resolve(side);
  return segment === "*" ? schema?.["items"] : schema && propertiesOf(schema)[segment];
}

export function valueOf(side: Side, pointer: string): Json | undefined {
  let schema = side.schema;
  for (const segment of pointer.split("/").slice(1)) schema = childOf({ ...side, schema }, segment);
  return schema;
}

export function isRequired(side: Side, pointer: string): boolean {
  const cut = pointer.lastIndexOf("/");
  if (cut < 0) return false;
  const parent = resolve({ ...side, schema: valueOf(side, pointer.slice(0, cut)) });
  return parent !== undefined && requiredOf(parent).includes(pointer.slice(cut + 1));
}

function refName(schema: Json | undefined): string | undefined {
  const ref = isObject(schema) ? schema["$ref"] : undefined;
  return typeof ref === "string" ? ref.slice("#/components/schemas/".length) : undefined;
}

const KEYWORDS = [
  "type",
  "nullable",
  "enum",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "required",
];

export function factsOf(side: Side, model: Model, definitions: Record<string, Facts>): Facts {
  const { schema } = side;
  if (!isObject(schema)) return {};
  const name = refName(schema);
  if (name !== undefined) {
    const key = `${name}@${labelOf(model)}`;
    if (!Object.hasOwn(definitions, key)) {
      definitions[key] = {};
      definitions[key] = factsOf(
        { ...side, schema: valueAt(side.document, `/components/schemas/${name}`) },
        model,
        definitions,
      );
    }
    return { ref: key };
  }
  const facts: Facts = {};
  for (const keyword of KEYWORDS) if (schema[keyword] !== undefined) facts[keyword] = schema[keyword];
  const { items, anyOf = schema["oneOf"], allOf } = schema;
  if (items !== undefined) facts["items"] = factsOf({ ...side, schema: items }, model, definitions);
  const properties = Object.entries(propertiesOf(schema));
  if (properties.length > 0) {
    facts["properties"] = Object.fromEntries(
      properties.map(([key, member]) => [key, factsOf({ ...side, schema: member }, model, definitions)]),
    );
  }
  if (Array.isArray(anyOf))
    facts["anyOf"] = anyOf.map((part) => factsOf({ ...side, schema: part }, model, definitions));
  if (Array.isArray(allOf))
    facts["allOf"] = allOf.map((part) => factsOf({ ...side, schema: part }, model, definitions));
  return facts;
}

/** Where the shallowest extension list of a body is, not counting those inside arrays. */
export function extensionPlace(side: Side): string | undefined {
  let level: [pointer: string, schema: Json | undefined][] = [["", side.schema]];
  for (let depth = 0; depth < 4 && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const [pointer, schema] of level) {
      if (refName(schema) === "ExtensionList") return pointer;
      const object = resolve({ ...side, schema });
      next.push(
        ...Object.entries(object ? propertiesOf(object) : {}).map(([key, member]): [string, Json] => [
          `${pointer}/${key}`,
          member,
        ]),
      );
    }
    level = next;
  }
  return undefined;
}

/** The version of a document; a proposal has that of its base, and must not be taken for it. */
export function labelOf({ entry }: Model): string {
  return entry.base === undefined ? entry.version : "proposed";
}
