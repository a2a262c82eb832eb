import type { Operation, Version } from "@mojaloop-versioning/protocol";

import { isObject, type Json, type JsonObject, valueAt } from "../../../tools/specs/document.ts";
import type { Model } from "./model.ts";

/** One message of a version: the body of a request, or of a response. */
export interface Message {
  readonly operation: Operation;
  readonly resource: string;
  readonly version: Version;
  readonly schema: Json | undefined;
  readonly query: readonly string[];
}

/** The bodies of a version by operation, whatever its path parameters are called; responses too where the API has no callbacks. */
export function messagesOf(model: Model): Map<string, Message> {
  const messages = new Map<string, Message>();
  for (const { operation, resource, version, body } of model.operations) {
    const node = nodeOf(model, operation);
    const parameters = [...listOf(pathOf(model, operation)?.["parameters"]), ...listOf(node?.["parameters"])]
      .map((parameter) => deref(model.document, parameter))
      .filter((parameter) => parameter?.["in"] === "query");
    const query = parameters
      .map((parameter) => parameter?.["name"])
      .filter((name) => typeof name === "string");
    const schema = body === undefined ? undefined : { $ref: `#/components/schemas/${body}` };
    messages.set(unnamed(operation), { operation, resource, version, schema, query });
    if (model.entry.dialect !== undefined) continue;
    for (const [status, response] of Object.entries(isObject(node?.["responses"]) ? node["responses"] : {})) {
      const answer = mediaSchema(deref(model.document, response));
      if (!status.startsWith("2") || answer === undefined) continue;
      const asked: Operation = `${operation} ${status}`;
      messages.set(unnamed(asked), { operation: asked, resource, version, schema: answer, query: [] });
    }
  }
  return messages;
}

/** The names of the path parameters of an operation, in order. */
export function namesIn(operation = ""): string[] {
  return [...operation.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
}

function unnamed(operation: string): string {
  return operation.replaceAll(/\{[^}]*\}/g, "{}");
}

function pathOf({ document }: Model, operation: Operation): JsonObject | undefined {
  const path = operation.split(" ")[1] ?? "";
  const paths = document["paths"];
  const item = isObject(paths) ? paths[path] : undefined;
  return isObject(item) ? item : undefined;
}

function nodeOf(model: Model, operation: Operation): JsonObject | undefined {
  const node = pathOf(model, operation)?.[operation.split(" ")[0]?.toLowerCase() ?? ""];
  return isObject(node) ? node : undefined;
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function deref(document: JsonObject, value: Json | undefined): JsonObject | undefined {
  let current = value;
  while (isObject(current) && typeof current["$ref"] === "string")
    current = valueAt(document, current["$ref"].slice(1));
  return isObject(current) ? current : undefined;
}

function mediaSchema(message: JsonObject | undefined): Json | undefined {
  const content = message?.["content"];
  const media = isObject(content) ? Object.values(content)[0] : undefined;
  return isObject(media) ? media["schema"] : undefined;
}
