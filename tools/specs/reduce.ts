import { STATUS_CODES } from "node:http";

import { isObject, type Json, type JsonObject } from "./document.ts";

// Members that hold prose, examples or addresses. The published texts are not ours to spread; the facts in them are.
const PROSE = new Set([
  "description",
  "summary",
  "title",
  "example",
  "examples",
  "x-examples",
  "externalDocs",
  "contact",
  "termsOfService",
]);

// Members whose keys are names of the API, so that a property called "description" stays.
const NAMED = new Set([
  "paths",
  "properties",
  "schemas",
  "responses",
  "parameters",
  "requestBodies",
  "headers",
  "content",
  "callbacks",
  "links",
  "securitySchemes",
  "variables",
]);

// Members that hold values of the API, copied as they are.
const VERBATIM = new Set(["enum", "default", "required", "const"]);

/**
 * The document without its prose, in the same order. Where OpenAPI demands a text it gets one of ours: the API's title, the
 * standard phrase of a response's status.
 */
export function reduceToFacts(document: JsonObject, title: string): JsonObject {
  const reduced = withoutProse(document, false);
  if (!isObject(reduced)) return {};
  if (isObject(reduced["info"])) reduced["info"] = { title, ...reduced["info"] };
  describeResponses(reduced);
  return reduced;
}

function withoutProse(node: Json, keysAreNames: boolean): Json {
  if (Array.isArray(node)) return node.map((item) => withoutProse(item, false));
  if (!isObject(node)) return node;
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(node)) {
    if (!keysAreNames && PROSE.has(key)) continue;
    if (!keysAreNames && VERBATIM.has(key)) kept[key] = value;
    else kept[key] = withoutProse(value, !keysAreNames && NAMED.has(key));
  }
  return kept;
}

function describeResponses(document: JsonObject): void {
  const groups: (Json | undefined)[] = [];
  const { components, paths } = document;
  if (isObject(components)) groups.push(components["responses"]);
  for (const item of isObject(paths) ? Object.values(paths) : []) {
    for (const operation of isObject(item) ? Object.values(item) : []) {
      if (isObject(operation)) groups.push(operation["responses"]);
    }
  }
  for (const group of groups) {
    if (!isObject(group)) continue;
    for (const [name, response] of Object.entries(group)) {
      if (!isObject(response) || "$ref" in response) continue;
      group[name] = { description: phraseOf(name), ...response };
    }
  }
}

// A shared response may be named for its status, as in "ErrorResponse400".
function phraseOf(name: string): string {
  const status = /(?<!\d)[1-5]\d\d(?!\d)/.exec(name)?.[0];
  if (status !== undefined) return STATUS_CODES[status] ?? `Status ${status}`;
  return name === "default" ? "Any other status" : name;
}
