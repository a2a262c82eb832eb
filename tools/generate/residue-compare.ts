import fc from "fast-check";

import { isObject, type Json, type JsonObject, valueAt } from "../specs/document.ts";

/** What one direction leaves unsettled: pointers, `*` for array items. */
export interface Residue {
  readonly sources: string[];
  readonly disposals: string[];
}

/** Compares what a sender may write with what a receiver takes. */
export function compareSchemas(sender: Side, receiver: Side): Residue {
  const residue: Residue = { sources: [], disposals: [] };
  walk(sender, receiver, "", residue, 0);
  return residue;
}

/** A schema and the document its references point into. */
export interface Side {
  readonly document: JsonObject;
  readonly schema: Json | undefined;
}

function walk(from: Side, to: Side, pointer: string, residue: Residue, depth: number): void {
  const sender = resolve(from);
  const receiver = resolve(to);
  if (!sender || !receiver || depth > 20) return;
  if (narrows(sender, receiver)) residue.sources.push(pointer);
  const [ours, theirs] = [propertiesOf(sender), propertiesOf(receiver)];
  for (const [name, schema] of Object.entries(ours)) {
    const at = `${pointer}/${name}`;
    const taken = theirs[name];
    if (taken === undefined) residue.disposals.push(at);
    else walk({ ...from, schema }, { ...to, schema: taken }, at, residue, depth + 1);
  }
  const required = requiredOf(sender);
  for (const name of requiredOf(receiver)) {
    if (!required.includes(name)) residue.sources.push(`${pointer}/${name}`);
  }
  if (sender["items"] !== undefined && receiver["items"] !== undefined) {
    walk(
      { ...from, schema: sender["items"] },
      { ...to, schema: receiver["items"] },
      `${pointer}/*`,
      residue,
      depth + 1,
    );
  }
}

function narrows(sender: JsonObject, receiver: JsonObject): boolean {
  if (receiver["type"] !== undefined && receiver["type"] !== sender["type"]) return true;
  const taken = receiver["enum"];
  const said = sender["enum"];
  if (Array.isArray(taken) && !(Array.isArray(said) && said.every((value) => taken.includes(value))))
    return true;
  for (const limit of ["minLength", "minimum", "minItems"] as const) {
    if (numberOf(receiver[limit], -Infinity) > numberOf(sender[limit], -Infinity)) return true;
  }
  for (const limit of ["maxLength", "maximum", "maxItems"] as const) {
    if (numberOf(receiver[limit], Infinity) < numberOf(sender[limit], Infinity)) return true;
  }
  if (
    JSON.stringify(receiver["anyOf"]) !== JSON.stringify(sender["anyOf"]) &&
    receiver["anyOf"] !== undefined
  ) {
    return true;
  }
  return narrowsPattern(sender["pattern"], receiver["pattern"]);
}

function narrowsPattern(said: Json | undefined, taken: Json | undefined): boolean {
  if (typeof taken !== "string" || said === taken) return false;
  if (typeof said !== "string") return true;
  if (said.replaceAll("''", "'") === taken.replaceAll("''", "'")) return false;
  const pattern = new RegExp(taken, "u");
  return fc
    .sample(fc.stringMatching(new RegExp(said, "u")), { numRuns: 200, seed: 1 })
    .some((text) => !pattern.test(text));
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

function numberOf(value: Json | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
