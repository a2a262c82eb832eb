import type { JsonObject } from "@mojaloop-versioning/protocol";

/** A copy of `object` in which `key` has `value`, or is absent where `value` is undefined. Own members only. */
export function withOwnMember(object: JsonObject, key: string, value: unknown): JsonObject {
  // A computed key defines an own member, even one named __proto__; an assignment would set the prototype.
  return value === undefined ? without(object, key) : { ...object, [key]: value };
}

/** A copy of `object` without `key`. */
export function without<T>(object: Readonly<Record<string, T>>, key: string): Record<string, T> {
  // Left out rather than deleted: V8 keeps an object that lost a member to `delete` in its slow form.
  const { [key]: removed, ...rest } = object;
  return removed === undefined ? { ...object } : rest;
}

/** A copy of `array` with another item at `index`. */
export function withItem(array: readonly unknown[], index: number, value: unknown): unknown[] {
  const copy = array.slice();
  copy[index] = value;
  return copy;
}
