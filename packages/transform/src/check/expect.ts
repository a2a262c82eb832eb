import { VersioningError, type JsonObject } from "@mojaloop-versioning/protocol";

/** The error of a change: its id, the key at fault, and what is wrong or allowed there. */
export function invalidChange(id: string, key: string, problem: string): VersioningError {
  return new VersioningError("invalid-change", `change ${id}: ${key} ${problem}`);
}

/** The error of a value that is not allowed. */
export function rejectValue(id: string, key: string, value: unknown, allowed: string): VersioningError {
  if (value === undefined) return invalidChange(id, key, `is missing; it must be ${allowed}`);
  return invalidChange(id, key, `is ${textOf(value)}; it must be ${allowed}`);
}

/** Checks that an object has no unknown keys. `prefix` is the object's own place: `up.`. */
export function checkKeys(id: string, prefix: string, value: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw invalidChange(id, prefix + unknown, `is unknown; known are ${known.join(", ")}`);
}

/** Whether a value is a text that is not empty. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Whether a value is a list of texts that match a pattern. */
export function isTextList(value: unknown, pattern: RegExp): boolean {
  return Array.isArray(value) && value.every((item) => isText(item) && pattern.test(item));
}

/** Whether a value is a JSON pointer (RFC 6901): empty, or a slash before every segment, `~` only as `~0` or `~1`. */
export function isPointer(value: unknown): boolean {
  return typeof value === "string" && /^(\/([^~/]|~[01])*)*$/.test(value);
}

/** Whether a value can be called. */
export function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

function textOf(value: unknown): string {
  if (typeof value === "function") return "a function";
  const text = JSON.stringify(value) as string | undefined; // undefined for symbols
  if (text === undefined) return String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
