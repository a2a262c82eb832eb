import {
  kindOf,
  type Operation,
  type OperationKind,
  resourceOf,
  type Version,
} from "@mojaloop-versioning/protocol";

import { type CatalogEntry, reducedPath } from "../../../tools/specs/catalog.ts";
import { METHODS } from "../../../tools/specs/check.ts";
import { isObject, type Json, type JsonObject, valueAt } from "../../../tools/specs/document.ts";
import { specError } from "../../../tools/specs/spec-error.ts";

/** What generation needs to know of one operation. */
export interface OperationFacts {
  readonly operation: Operation;
  readonly resource: string;
  readonly version: Version;
  readonly kind: OperationKind;
  /** The component that its body must be. */
  readonly body: string | undefined;
  /** Status to the component that the response's body must be. */
  readonly responses: ReadonlyMap<string, string | undefined>;
}

/** One API version, ready to be written as TypeScript. */
export interface Model {
  readonly entry: CatalogEntry;
  /** The document, with bodies that it writes in place moved to its components. */
  readonly document: JsonObject;
  readonly schemas: ReadonlyMap<string, JsonObject>;
  readonly operations: readonly OperationFacts[];
}

/** Reads a checked document into a model; the document is not written to. */
export function createModel(published: JsonObject, entry: CatalogEntry): Model {
  const document = structuredClone(published);
  const schemas = schemasOf(document, entry);
  const operations: OperationFacts[] = [];
  const paths = isObject(document["paths"]) ? document["paths"] : {};
  for (const [path, item] of Object.entries(paths)) {
    if (!isObject(item)) continue;
    for (const method of METHODS) {
      const node = item[method];
      if (!isObject(node)) continue;
      const operation: Operation = `${method.toUpperCase()} ${path as `/${string}`}`; // OpenAPI paths begin with a slash
      const resource = resourceOf(operation);
      const version = entry.resources.versions[resource];
      if (version === undefined) throw specError(entry.id, `${resource} has no version`); // checkDocument forbids it
      operations.push({
        operation,
        resource,
        version,
        kind: entry.dialect === undefined ? "request" : kindOf(operation),
        body: bodyOf(document, schemas, operation, node, entry),
        responses: responsesOf(document, node),
      });
    }
  }
  return { entry, document, schemas: new Map(Object.entries(schemas).filter(isSchemaEntry)), operations };
}

function isSchemaEntry(pair: [string, Json]): pair is [string, JsonObject] {
  return isObject(pair[1]);
}

// The names that generated modules import, declare or read for themselves.
const TAKEN = new Set([
  ...["z", "bodies", "paths", "components", "operations", "Bodies", "ApiTypes", "validateBody"],
  ...["Fault", "Validation", "ValidationOptions", "Validator", "Array", "Object", "RegExp", "Set", "String"],
  ...[
    "below",
    "exactlyOne",
    "fault",
    "faultAt",
    "hasUniqueItems",
    "ifText",
    "isAtLeast",
    "isAtMost",
    "isObject",
  ],
  ...["isPresent", "isWhole", "missing", "noneOf", "unknownMember", "verdict"],
]);

function schemasOf(document: JsonObject, entry: CatalogEntry): JsonObject {
  const schemas = valueAt(document, "/components/schemas");
  if (!isObject(schemas))
    throw specError(`${reducedPath(entry.id)} at /components/schemas`, "must be an object");
  for (const name of Object.keys(schemas)) {
    if (!/^[A-Za-z_]\w*$/.test(name) || TAKEN.has(name)) {
      throw specError(
        `${reducedPath(entry.id)} at /components/schemas/${name}`,
        "is no name for a type; rename it in an overlay",
      );
    }
  }
  return schemas;
}

// A body that the document writes in place becomes a component, named the way the standard names its bodies.
function bodyOf(
  document: JsonObject,
  schemas: JsonObject,
  operation: Operation,
  node: JsonObject,
  entry: CatalogEntry,
): string | undefined {
  const media = mediaOf(resolve(document, node["requestBody"]));
  const schema = media?.["schema"];
  if (!media || !isObject(schema)) return undefined;
  const known = nameOf(schema);
  if (known !== undefined) return known;
  const name = bodyName(operation);
  if (Object.hasOwn(schemas, name)) {
    throw specError(
      `${reducedPath(entry.id)} at /components/schemas/${name}`,
      `stands in the way of the body of ${operation}`,
    );
  }
  schemas[name] = schema;
  media["schema"] = { $ref: `#/components/schemas/${name}` };
  return name;
}

function responsesOf(document: JsonObject, node: JsonObject): Map<string, string | undefined> {
  const responses = isObject(node["responses"]) ? node["responses"] : {};
  return new Map(
    Object.entries(responses).map(([status, response]) => {
      const schema = mediaOf(resolve(document, response))?.["schema"];
      return [status, isObject(schema) ? nameOf(schema) : undefined];
    }),
  );
}

// "PUT /consentRequests/{ID}" is "ConsentRequestsIDPutResponse": a PUT answers (API Definition 3.2.2).
function bodyName(operation: Operation): string {
  const [method = "", path = ""] = operation.split(" ");
  const words = [...path.split("/"), method.toLowerCase()].map((word) => word.replaceAll(/\W/g, ""));
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
  return name + (method === "POST" ? "Request" : "Response");
}

function mediaOf(message: Json | undefined): JsonObject | undefined {
  const content = isObject(message) ? message["content"] : undefined;
  const media = isObject(content) ? Object.values(content)[0] : undefined;
  return isObject(media) ? media : undefined;
}

function nameOf(schema: JsonObject): string | undefined {
  const { $ref } = schema;
  return typeof $ref === "string" ? $ref.slice("#/components/schemas/".length) : undefined;
}

function resolve(document: JsonObject, node: Json | undefined): Json | undefined {
  let current = node;
  while (isObject(current) && typeof current["$ref"] === "string")
    current = valueAt(document, current["$ref"].slice(1));
  return current;
}
