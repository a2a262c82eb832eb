import { isJsonObject } from "@mojaloop-versioning/protocol";
import { pointerOf, type Pointer } from "./pointer.ts";

/** The pointers at which two JSON values differ. Objects and arrays on both sides are entered, anything else is compared whole. */
export function differences(a: unknown, b: unknown): Pointer[] {
  const found: Pointer[] = [];
  const todo: [path: string[], a: unknown, b: unknown][] = [[[], a, b]];
  for (let task = todo.pop(); task; task = todo.pop()) {
    const [path, left, right] = task;
    if (left === right) continue;
    const [leftEntries, rightEntries] = [entriesOf(left), entriesOf(right)];
    if (!leftEntries || !rightEntries || Array.isArray(left) !== Array.isArray(right)) {
      found.push(pointerOf(path));
      continue;
    }
    for (const key of new Set([...leftEntries.keys(), ...rightEntries.keys()])) {
      todo.push([[...path, key], leftEntries.get(key), rightEntries.get(key)]);
    }
  }
  return found;
}

function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (!Array.isArray(value) && !isJsonObject(value)) return undefined;
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
}
