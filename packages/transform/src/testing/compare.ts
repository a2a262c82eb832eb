import type { Pointer } from "../values/pointer.ts";

/** Whether one of two pointers is at or below the other. */
export function overlaps(a: Pointer, b: Pointer): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** Freezes a JSON value with everything in it, and returns it. */
export function deepFreeze<T>(root: T): T {
  const todo: unknown[] = [root];
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (typeof value !== "object" || value === null || Object.isFrozen(value)) continue;
    Object.freeze(value);
    for (const member of Object.values(value) as unknown[]) todo.push(member); // JSON values
  }
  return root;
}
