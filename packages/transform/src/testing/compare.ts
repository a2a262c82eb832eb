import type { Pointer } from "../pointer.ts";

/** Whether one of two pointers leads through the other. */
export function overlaps(a: Pointer, b: Pointer): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** Freezes a value of JSON all the way down, and returns it. */
export function deepFreeze<T>(root: T): T {
  const todo: unknown[] = [root];
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (typeof value !== "object" || value === null || Object.isFrozen(value)) continue;
    Object.freeze(value);
    for (const member of Object.values(value) as unknown[]) todo.push(member); // of unknown JSON
  }
  return root;
}
