import type { CompiledStep } from "../compile/compiled-step.ts";
import type { FastPath } from "../values/fast-path.ts";

/** The key of a fast path: the operation, and the versions that it passes through. */
export function fastPathKey(operation: string, steps: readonly CompiledStep[]): string {
  return [operation, steps[0]?.from, ...steps.map((step) => step.to)].join(" ");
}

/**
 * The fast path of a conversion, if one was generated from exactly these changes. They are compared as objects: with a copy of a
 * change, or with one change more, the generated code would no longer be equivalent.
 */
export function findFastPath(operation: string, steps: readonly CompiledStep[]): FastPath | undefined {
  if (steps.some((step) => step.refusal)) return undefined;
  if (steps.every((step) => !step.visit)) return unchanged;
  const fastPaths = steps[0]?.fastPaths;
  const key = fastPathKey(operation, steps);
  const generated = fastPaths && Object.hasOwn(fastPaths, key) ? fastPaths[key] : undefined;
  const madeOf = steps.flatMap((step) => step.madeOf);
  const agrees =
    generated?.madeOf.length === madeOf.length && generated.madeOf.every((part, i) => part === madeOf[i]);
  return agrees ? generated.fastPath : undefined;
}

function unchanged(body: unknown): unknown {
  return body;
}
