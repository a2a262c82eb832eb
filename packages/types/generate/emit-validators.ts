import type { Model } from "./model.ts";
import { holdsObject, inDependencyOrder, refsOf, type Shape } from "./shape.ts";
import { createValidatorWriter } from "./validator-writer.ts";

/**
 * The module of validators: plain functions that know their component by heart, so that nothing is compiled at run time. Each
 * checks in the order of the document and stops at the first fault.
 */
export function emitValidators(model: Model, shapes: ReadonlyMap<string, Shape>, root: string): string {
  const order = inDependencyOrder(shapes, model.entry.id);
  const strictable = new Set<string>();
  for (const name of order) {
    const shape = shapes.get(name);
    if (shape && (holdsObject(shape) || refsOf(shape).some((ref) => strictable.has(ref))))
      strictable.add(name);
  }
  const writer = createValidatorWriter(strictable);
  for (const name of order) writer.write(name, shapes.get(name) ?? { kind: "unknown" });
  const bodies = model.operations.flatMap(({ operation, body }) =>
    body === undefined ? [] : [`  "${operation}": ${body},`],
  );
  const text = [
    ...writer.lines,
    `const bodies: { readonly [Operation in keyof Bodies]: Validator<Bodies[Operation]> } = {`,
    ...bodies,
    `};`,
    ``,
    `/** Judges the body of an operation of ${model.entry.id}. */`,
    `export function validateBody<Operation extends keyof Bodies>(`,
    `  operation: Operation,`,
    `  value: unknown,`,
    `  options?: ValidationOptions,`,
    `): Validation<Bodies[Operation]> {`,
    `  return bodies[operation](value, options);`,
    `}`,
    ``,
  ].join("\n");
  const used = RUNTIME.filter((name) => new RegExp(`\\b${name}\\(`).test(text));
  return [
    `import type { Bodies, components } from "./index.ts";`,
    `import { type Fault, type Validation, type ValidationOptions, type Validator, ${used.join(", ")} } from "${root}validation.ts";`,
    ``,
    text,
  ].join("\n");
}

// What runtime/validation.ts offers to the generated functions.
const RUNTIME =
  "below exactlyOne fault faultAt hasUniqueItems isAtLeast isAtMost isObject isWhole missing noneOf unknownMember verdict".split(
    " ",
  );
