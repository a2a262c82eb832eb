import { isObject } from "./json.ts";
import { pointerOf, type Pointer } from "./pointer.ts";

/** The pointers at which two values of JSON differ, as near to the leaves as both are objects or arrays. */
export function differences(a: unknown, b: unknown): Pointer[] {
  const found: Pointer[] = [];
  const todo: [path: string[], a: unknown, b: unknown][] = [[[], a, b]];
  for (let task = todo.pop(); task; task = todo.pop()) {
    const [path, left, right] = task;
    if (left === right) continue;
    const [ours, theirs] = [entriesOf(left), entriesOf(right)];
    if (!ours || !theirs || Array.isArray(left) !== Array.isArray(right)) {
      found.push(pointerOf(path));
      continue;
    }
    for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
      todo.push([[...path, key], ours.get(key), theirs.get(key)]);
    }
  }
  return found;
}

function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (!Array.isArray(value) && !isObject(value)) return undefined;
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
}
