import type { JsonObject } from "@mojaloop-versioning/protocol";

/** What a fast path returns where the compiled step must decide: a message to refuse, to look up, or out of the ordinary. */
export const DEFER: unique symbol = Symbol("left to the compiled steps");

/**
 * Generated code for the plain case of a conversion: nothing is refused, stashed, looked up or reported. It returns what the compiled
 * steps would return, with the members in the same order, or {@link DEFER}.
 */
export type FastPath = (body: unknown) => unknown;

/** A fast path and the objects that it was generated from: residue tables, changes and component changes, step by step. */
export interface GeneratedFastPath {
  readonly fastPath: FastPath;
  readonly madeOf: readonly unknown[];
}

/** Generated fast paths by operation and versions: `"POST /quotes 1.0 1.1 2.0"`. */
export type FastPaths = Readonly<Record<string, GeneratedFastPath>>;

/** Whether a loop over the names of an object's members meets its own members only. */
export function isPlain(value: JsonObject): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Copies a member that the source version does not describe. False where an assignment would not create an own member. */
export function copyUnknownMember(out: Record<string, unknown>, value: JsonObject, key: string): boolean {
  if (key === "__proto__" || !Object.hasOwn(value, key)) return false;
  out[key] = value[key];
  return true;
}

/** Converts every item of an array. */
export function convertItems(value: unknown, convertItem: FastPath): unknown {
  if (!Array.isArray(value)) return value;
  let next: unknown[] = value;
  for (let i = 0; i < value.length; i++) {
    const before: unknown = value[i];
    const after = convertItem(before);
    if (after === DEFER) return DEFER;
    if (after === before) continue;
    if (next === value) next = value.slice();
    next[i] = after;
  }
  return next;
}
