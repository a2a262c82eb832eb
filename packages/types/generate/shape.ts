import { reducedPath } from "../../../tools/specs/catalog.ts";
import { child, isObject, type Json, type JsonObject } from "../../../tools/specs/document.ts";
import { specError } from "../../../tools/specs/spec-error.ts";

/** What a JSON Schema of OpenAPI 3.0 asks of a value, in the few forms that the emitters know. */
export type Shape =
  | { readonly kind: "unknown" | "boolean" | "number" | "integer" }
  | { readonly kind: "ref"; readonly name: string }
  | StringShape
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | ArrayShape
  | ObjectShape
  | { readonly kind: "anyOf" | "oneOf" | "allOf"; readonly parts: readonly Shape[] }
  /** Asks something of text and nothing of other values. */
  | { readonly kind: "ifText"; readonly pattern: string };

export interface StringShape {
  readonly kind: "string";
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly pattern: string | undefined;
}

export interface ArrayShape {
  readonly kind: "array";
  readonly items: Shape;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly uniqueItems: boolean;
}

export interface ObjectShape {
  readonly kind: "object";
  readonly members: readonly Member[];
  /** Whether the document itself forbids other members. */
  readonly closed: boolean;
}

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
}

// What a schema may hold beside its constraints.
const ANNOTATIONS = new Set([
  "default",
  "deprecated",
  "readOnly",
  "writeOnly",
  "nullable",
  "title",
  "description",
]);

// The keywords of JSON Schema that stand for each type; those of another type ask nothing of it.
const KEYWORDS = new Set([
  ...["$ref", "type", "enum", "format", "pattern", "minLength", "maxLength"],
  ...["items", "minItems", "maxItems", "uniqueItems", "properties", "required", "additionalProperties"],
  ...["allOf", "anyOf", "oneOf"],
]);

// RFC 3339 full-date, which OpenAPI 3.0.2 means by the format "date": the days of each month, leap years included.
const FULL_DATE =
  "^(?:\\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)" +
  "|(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$";

/** Reads the schemas of a document into shapes. */
export function shapesOf(schemas: ReadonlyMap<string, JsonObject>, id: string): Map<string, Shape> {
  return new Map(
    [...schemas].map(([name, schema]) => {
      const at = child("/components/schemas", name);
      return [
        name,
        shapeOf(schema, at, (pointer, problem) => specError(`${reducedPath(id)} at ${pointer}`, problem)),
      ];
    }),
  );
}

type Refuse = (pointer: string, problem: string) => Error;

function shapeOf(schema: Json, at: string, refuse: Refuse): Shape {
  if (!isObject(schema)) throw refuse(at, "must be a schema");
  for (const keyword of Object.keys(schema)) {
    if (!KEYWORDS.has(keyword) && !ANNOTATIONS.has(keyword) && !keyword.startsWith("x-")) {
      throw refuse(
        child(at, keyword),
        "the generator does not know this keyword; teach it or overlay it away",
      );
    }
  }
  if (schema["nullable"] === true) throw refuse(child(at, "nullable"), "the generator does not know null");
  const { $ref } = schema;
  // OpenAPI 3.0 ignores what stands beside a $ref.
  if (typeof $ref === "string") return { kind: "ref", name: $ref.slice("#/components/schemas/".length) };

  const own = ownShape(schema, at, refuse);
  const parts = [...(own.kind === "unknown" ? [] : [own]), ...combined(schema, at, refuse)];
  return simplify(parts);
}

function combined(schema: JsonObject, at: string, refuse: Refuse): Shape[] {
  const parts: Shape[] = [];
  for (const kind of ["allOf", "anyOf", "oneOf"] as const) {
    const list = schema[kind];
    if (list === undefined) continue;
    if (!Array.isArray(list)) throw refuse(child(at, kind), "must be a list");
    const shapes = list.map((item, i) => shapeOf(item, child(child(at, kind), i), refuse));
    if (kind === "allOf") parts.push(...shapes.filter((shape) => shape.kind !== "unknown"));
    else parts.push({ kind, parts: shapes });
  }
  return parts;
}

// Members that the parent asks for beside a choice of objects belong to each of the objects.
function simplify(parts: readonly Shape[]): Shape {
  const [first, second] = parts;
  if (!first) return { kind: "unknown" };
  if (!second) return first;
  if (parts.length > 2 || first.kind !== "object" || second.kind !== "anyOf") return { kind: "allOf", parts };
  const branches = second.parts.filter((part) => part.kind === "object");
  if (branches.length < second.parts.length || first.closed) return { kind: "allOf", parts };
  return { kind: "anyOf", parts: branches.map((branch) => mergeObjects(first, branch)) };
}

function mergeObjects(parent: ObjectShape, branch: ObjectShape): ObjectShape {
  const members = new Map(parent.members.map((member) => [member.name, member]));
  for (const member of branch.members) {
    const known = members.get(member.name);
    const shape: Shape =
      known === undefined || JSON.stringify(known.shape) === JSON.stringify(member.shape)
        ? member.shape
        : { kind: "allOf", parts: [known.shape, member.shape] };
    members.set(member.name, { ...member, shape, required: member.required || known?.required === true });
  }
  return { kind: "object", members: [...members.values()], closed: branch.closed };
}

// The shape that a schema's own keywords ask for, its combinations left out.
function ownShape(schema: JsonObject, at: string, refuse: Refuse): Shape {
  const { type, pattern } = schema;
  switch (type ?? (schema["properties"] || schema["required"] ? "object" : undefined)) {
    case "string":
      return stringShape(schema, at, refuse);
    case "number":
    case "integer":
      return { kind: type === "integer" ? "integer" : "number" };
    case "boolean":
      return { kind: "boolean" };
    case "array":
      return {
        kind: "array",
        items:
          schema["items"] === undefined
            ? { kind: "unknown" }
            : shapeOf(schema["items"], child(at, "items"), refuse),
        minItems: countOf(schema, "minItems", at, refuse),
        maxItems: countOf(schema, "maxItems", at, refuse),
        uniqueItems: schema["uniqueItems"] === true,
      };
    case "object":
      return objectShape(schema, at, refuse);
    case undefined:
      if (typeof pattern === "string") return { kind: "ifText", pattern };
      if (schema["enum"] !== undefined) return stringShape(schema, at, refuse);
      return { kind: "unknown" };
    default:
      throw refuse(child(at, "type"), `the generator does not know the type ${JSON.stringify(type)}`);
  }
}

function stringShape(schema: JsonObject, at: string, refuse: Refuse): Shape {
  const { enum: values, format, pattern } = schema;
  const minLength = countOf(schema, "minLength", at, refuse);
  const maxLength = countOf(schema, "maxLength", at, refuse);
  if (format !== undefined && format !== "date") {
    throw refuse(child(at, "format"), `the generator does not know the format ${JSON.stringify(format)}`);
  }
  if (values === undefined) {
    const text = typeof pattern === "string" ? pattern : undefined;
    return { kind: "string", minLength, maxLength, pattern: format === "date" ? FULL_DATE : text };
  }
  if (!Array.isArray(values)) throw refuse(child(at, "enum"), "must be a list");
  const texts = values.map((value, i) => {
    if (typeof value === "string") return value;
    throw refuse(child(child(at, "enum"), i), "the generator knows only texts as choices");
  });
  const fits = (value: string): boolean =>
    value.length >= (minLength ?? 0) &&
    value.length <= (maxLength ?? Infinity) &&
    (typeof pattern !== "string" || new RegExp(pattern, "u").test(value));
  return { kind: "enum", values: texts.filter(fits) };
}

function objectShape(schema: JsonObject, at: string, refuse: Refuse): Shape {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (!isObject(properties)) throw refuse(child(at, "properties"), "must be an object");
  if (!Array.isArray(required)) throw refuse(child(at, "required"), "must be a list");
  if (additionalProperties !== undefined && typeof additionalProperties !== "boolean") {
    throw refuse(child(at, "additionalProperties"), "the generator knows only true and false");
  }
  const names = new Set([...Object.keys(properties), ...required.map(String)]);
  const members = [...names].map((name): Member => {
    const schemaOfMember = properties[name];
    return {
      name,
      required: required.includes(name),
      // A name may be required that no property describes.
      shape:
        schemaOfMember === undefined
          ? { kind: "unknown" }
          : shapeOf(schemaOfMember, child(child(at, "properties"), name), refuse),
    };
  });
  return { kind: "object", members, closed: additionalProperties === false };
}

function countOf(schema: JsonObject, keyword: string, at: string, refuse: Refuse): number | undefined {
  const count = schema[keyword];
  if (count === undefined) return undefined;
  if (typeof count === "number" && Number.isInteger(count) && count >= 0) return count;
  throw refuse(child(at, keyword), "must be a whole number");
}

/** Whether a shape itself describes an object, so that being strict means something to it. */
export function holdsObject(shape: Shape): boolean {
  if (shape.kind === "object") return true;
  if (shape.kind === "array") return holdsObject(shape.items);
  return "parts" in shape && shape.parts.some(holdsObject);
}

/** The components a shape refers to, in the order it names them. */
export function refsOf(shape: Shape): string[] {
  switch (shape.kind) {
    case "ref":
      return [shape.name];
    case "array":
      return refsOf(shape.items);
    case "object":
      return shape.members.flatMap((member) => refsOf(member.shape));
    case "anyOf":
    case "oneOf":
    case "allOf":
      return shape.parts.flatMap(refsOf);
    default:
      return [];
  }
}

/**
 * The names of the shapes, each after those it refers to.
 * @throws VersioningError `invalid-spec` for components that refer to each other in a ring
 */
export function inDependencyOrder(shapes: ReadonlyMap<string, Shape>, id: string): string[] {
  const ordered = new Set<string>();
  const open = new Set<string>();
  const visit = (name: string): void => {
    if (ordered.has(name)) return;
    if (open.has(name))
      throw specError(`${reducedPath(id)} at ${child("/components/schemas", name)}`, "refers to itself");
    open.add(name);
    const shape = shapes.get(name);
    if (shape) refsOf(shape).forEach(visit);
    open.delete(name);
    ordered.add(name);
  };
  for (const name of shapes.keys()) visit(name);
  return [...ordered];
}
