import { METHODS } from "./check.ts";
import { isObject, type Json, type JsonObject, valueAt } from "./document.ts";

/** What differs between two documents, in plain words, one line each; nothing if they ask for the same. */
export function describeChange(before: JsonObject, after: JsonObject): string[] {
  return [
    ...compareNames("operation", operationsOf(before), operationsOf(after)),
    ...compareNames("component", componentsOf(before), componentsOf(after), describeComponent),
  ];
}

/** Every operation with its description in the document. */
function operationsOf(document: JsonObject): Map<string, Json> {
  const paths = isObject(document["paths"]) ? document["paths"] : {};
  return new Map(
    Object.entries(paths).flatMap(([path, item]) =>
      METHODS.flatMap((method): [string, Json][] => {
        const operation = isObject(item) ? item[method] : undefined;
        return operation === undefined ? [] : [[`${method.toUpperCase()} ${path}`, operation]];
      }),
    ),
  );
}

function componentsOf(document: JsonObject): Map<string, Json> {
  const schemas = valueAt(document, "/components/schemas");
  return new Map(Object.entries(isObject(schemas) ? schemas : {}));
}

function compareNames(
  kind: string,
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
  details: (before: Json, after: Json) => string = () => "changed",
): string[] {
  const lines: string[] = [];
  for (const [name, value] of after) {
    const old = before.get(name);
    if (old === undefined) lines.push(`+ ${kind} ${name}`);
    else if (!isSame(old, value)) lines.push(`~ ${kind} ${name}: ${details(old, value)}`);
  }
  for (const name of before.keys()) if (!after.has(name)) lines.push(`- ${kind} ${name}`);
  return lines;
}

function describeComponent(before: Json, after: Json): string {
  const [old, young] = [membersOf(before), membersOf(after)];
  const words: string[] = [];
  for (const [name, member] of young) {
    const known = old.get(name);
    if (!known) words.push(`${name} is new${member.required ? " and required" : ""}`);
    else if (member.required !== known.required)
      words.push(`${name} is ${member.required ? "now required" : "no longer required"}`);
    else if (!isSame(known.schema, member.schema)) words.push(`${name} is changed`);
  }
  for (const name of old.keys()) if (!young.has(name)) words.push(`${name} is gone`);
  return words.length === 0 ? "its constraints are changed" : words.join(", ");
}

function membersOf(schema: Json): Map<string, { schema: Json; required: boolean }> {
  if (!isObject(schema) || !isObject(schema["properties"])) return new Map();
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return new Map(
    Object.entries(schema["properties"]).map(([name, member]) => [
      name,
      { schema: member, required: required.includes(name) },
    ]),
  );
}

function isSame(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The resources of the newer document whose operations, or what those refer to, are not in the older one in the same form. */
export function changedResources(before: JsonObject, after: JsonObject): Set<string> {
  const old = expandedOperations(before);
  const changed = new Set<string>();
  for (const [operation, text] of expandedOperations(after)) {
    if (old.get(operation) !== text) changed.add(operation.split("/")[1] ?? "");
  }
  return changed;
}

function expandedOperations(document: JsonObject): Map<string, string> {
  const expand = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(expand);
    if (!isObject(node)) return node;
    if (typeof node["$ref"] === "string") return expand(valueAt(document, node["$ref"].slice(1)) ?? null);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, expand(value)]));
  };
  return new Map([...operationsOf(document)].map(([name, value]) => [name, JSON.stringify(expand(value))]));
}
