import { residue } from "@mojaloop-versioning/spec-diff";

import { isObject, type Json, type JsonObject, valueAt } from "../../../tools/specs/document.ts";

/** A schema and the document its references point into. */
export interface Side {
  readonly document: JsonObject;
  readonly schema: Json | undefined;
}

/** Says what one direction leaves unsettled between two schemas. */
export type CompareSchemas = (
  older: Side,
  newer: Side,
  direction: "up" | "down",
) => ReturnType<typeof residue>;

/**
 * Makes a comparison by spec-diff, which compares bodies of requests. Here responses are wanted too: so either schema is put into a
 * document of its own, as the body of its only operation. What was compared once, as bodies of many operations are, is remembered.
 */
export function createCompareSchemas(): CompareSchemas {
  const known = new Map<string, ReturnType<typeof residue>>();
  return (older, newer, direction) => {
    if (older.schema === undefined || newer.schema === undefined) return { sources: [], disposals: [] };
    const [base, revision] = [documentOf(older), documentOf(newer)];
    const key = JSON.stringify([base, revision, direction]);
    const found = known.get(key) ?? residue(base, revision, "POST /message", direction);
    known.set(key, found);
    return found;
  };
}

function documentOf({ document, schema = {} }: Side): JsonObject {
  return {
    openapi: document["openapi"] ?? "3.0.0",
    info: { title: "message", version: "1" },
    paths: {
      "/message": {
        post: {
          requestBody: { content: { "application/json": { schema } } },
          responses: { "200": { description: "OK" } },
        },
      },
    },
    components: { schemas: schemasIn(document, schema) },
  };
}

/** The components that a schema reaches. */
function schemasIn(document: JsonObject, root: Json): JsonObject {
  const found: JsonObject = {};
  const todo: Json[] = [root];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (typeof node !== "object" || node === null) continue;
    todo.push(...(Array.isArray(node) ? node : Object.values(node)));
    if (Array.isArray(node) || typeof node["$ref"] !== "string") continue;
    const name = node["$ref"].slice("#/components/schemas/".length);
    const schema = Object.hasOwn(found, name) ? undefined : valueAt(document, node["$ref"].slice(1));
    if (schema === undefined) continue;
    found[name] = schema;
    todo.push(schema);
  }
  return found;
}

/** The schema behind references, with `allOf` merged. */
export function resolve({ document, schema }: Side): JsonObject | undefined {
  let current = schema;
  while (isObject(current) && typeof current["$ref"] === "string")
    current = valueAt(document, current["$ref"].slice(1));
  if (!isObject(current)) return undefined;
  const parts = current["allOf"];
  if (!Array.isArray(parts)) return current;
  const merged = [current, ...parts.map((part) => resolve({ document, schema: part }) ?? {})];
  return Object.assign({}, ...merged.reverse(), {
    properties: Object.assign({}, ...merged.map(propertiesOf)) as Json,
    required: merged.flatMap(requiredOf),
  }) as JsonObject;
}

export function propertiesOf(schema: JsonObject): JsonObject {
  return isObject(schema["properties"]) ? schema["properties"] : {};
}

export function requiredOf(schema: JsonObject): string[] {
  const { required } = schema;
  return Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
}
