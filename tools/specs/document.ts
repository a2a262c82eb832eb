import { parse, stringify } from "yaml";

import { specError } from "./spec-error.ts";

/** A value of JSON, as YAML is read here. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** An object of JSON. */
export type JsonObject = { [key: string]: Json };

/** Whether `value` is an object and no array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads YAML (or JSON) text.
 * @throws VersioningError `invalid-spec`, with the file and the line
 */
export function parseYaml(text: string, file: string): JsonObject {
  let value: unknown;
  try {
    // The published documents repeat blocks by alias more often than the library's default guard allows.
    value = parse(text, { maxAliasCount: -1, logLevel: "error" });
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw specError(file, `is not YAML: ${line ?? ""}`, error);
  }
  if (!isObject(value)) throw specError(file, "holds no document");
  return value;
}

/** Writes YAML that is the same for the same value, in the order of its members. */
export function formatYaml(value: JsonObject): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 });
}

/** The value at a JSON pointer (`""` is the whole document), or undefined. */
export function valueAt(document: Json, pointer: string): Json | undefined {
  let value: Json | undefined = document;
  for (const token of pointer.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

/** One more token at the end of a JSON pointer. */
export function child(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
