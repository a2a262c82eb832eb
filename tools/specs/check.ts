import { type CatalogEntry, reducedPath } from "./catalog.ts";
import { child, isObject, type Json, type JsonObject, valueAt } from "./document.ts";
import { specError } from "./spec-error.ts";

/** The methods an operation may have, in OpenAPI's spelling. */
export const METHODS: readonly string[] = ["get", "post", "put", "patch", "delete"];

/**
 * Checks what generation relies on: every `$ref` leads somewhere, every pattern compiles with the `u` flag, every resource has its
 * version in the catalogue.
 * @throws VersioningError `invalid-spec`, with the file and the JSON pointer
 */
export function checkDocument(document: JsonObject, entry: CatalogEntry): void {
  const file = reducedPath(entry.id);
  if (typeof document["openapi"] !== "string" || !document["openapi"].startsWith("3.0.")) {
    throw specError(`${file} at /openapi`, "must be 3.0.x; convert other versions first");
  }
  const { paths } = document;
  if (!isObject(paths)) throw specError(`${file} at /paths`, "must be an object");
  for (const path of Object.keys(paths)) {
    const resource = path.split("/")[1] ?? "";
    if (!Object.hasOwn(entry.resources.versions, resource)) {
      const at = `${file} at ${child("/paths", path)}`;
      throw specError(at, `the catalogue gives ${resource} no version under ${entry.id}`);
    }
  }
  checkNode(document, document, "", file);
}

function checkNode(document: JsonObject, node: Json, pointer: string, file: string): void {
  if (Array.isArray(node)) {
    for (const [i, item] of node.entries()) checkNode(document, item, child(pointer, i), file);
    return;
  }
  if (!isObject(node)) return;
  const { $ref, pattern } = node;
  if (
    typeof $ref === "string" &&
    (!$ref.startsWith("#/") || valueAt(document, $ref.slice(1)) === undefined)
  ) {
    throw specError(`${file} at ${pointer}/$ref`, `${$ref} leads nowhere in this document`);
  }
  if (typeof pattern === "string") {
    try {
      new RegExp(pattern, "u");
    } catch (error) {
      throw specError(`${file} at ${pointer}/pattern`, `${pattern} is no regular expression`, error);
    }
  }
  for (const [key, value] of Object.entries(node)) checkNode(document, value, child(pointer, key), file);
}
