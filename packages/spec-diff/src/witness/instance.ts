import { merge } from "../schema/merge.ts";
import { sampleOf } from "./sample-text.ts";
import { ANYTHING, type JsonType, type Schema } from "../schema/schema.ts";
import { accepts } from "../schema/validate.ts";

/** Where a choice is open while a value is made: which branch, whether an optional member is there, how long a list is. */
export interface Choices {
  /** A whole number from 0 up to, not including, `count`. */
  readonly pick: (count: number) => number;
  /** Whether to add something that need not be there. */
  readonly add: () => boolean;
}

/** Always the first and the least. */
export const LEAST: Choices = { pick: () => 0, add: () => false };

/** Choices that look random and are the same for the same seed. */
export function seeded(seed: number, density = 0.5): Choices {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return { pick: (count) => Math.floor(next() * count), add: () => next() < density };
}

/** What {@link instanceOf} gives where a schema has no value that we can find. */
export const NONE: unique symbol = Symbol("no instance");

/** How deep optional parts are still followed. */
const DEEPEST = 10;

/** A value that the schema accepts, or {@link NONE}. */
export function instanceOf(schema: Schema, choices: Choices = LEAST, depth = 0): unknown {
  if (schema.never || depth > DEEPEST * 2) return NONE;
  for (let attempt = 0; attempt < 4; attempt++) {
    const value = attempted(schema, choices, depth, attempt);
    if (value !== NONE && accepts(schema, value)) return value;
  }
  return NONE;
}

function attempted(schema: Schema, choices: Choices, depth: number, attempt: number): unknown {
  const [union, ...unions] = schema.unions;
  if (union) {
    const first = choices.pick(union.branches.length) + attempt;
    const rest = { ...schema, unions };
    for (let i = 0; i < union.branches.length; i++) {
      const branch = union.branches[(first + i) % union.branches.length]?.();
      if (!branch || branch === schema) continue;
      const value = instanceOf(merge(rest, branch, schema.pointer), choices, depth + 1);
      if (value !== NONE && accepts(schema, value)) return value;
    }
    return NONE;
  }
  const [part, ...rest] = schema.rest;
  if (part) return instanceOf(merge({ ...schema, rest }, part, schema.pointer), choices, depth + 1);
  if (schema.values) {
    const values = [...schema.values.values()].filter((value) =>
      accepts({ ...schema, values: undefined }, value),
    );
    return values.length > 0 ? values[choices.pick(values.length)] : NONE;
  }
  if (schema.conditional && attempt < 2) return conditionalInstance(schema, choices, depth, attempt);
  const types = typesOf(schema);
  return ofType(
    schema,
    types[(choices.pick(types.length) + attempt) % types.length] ?? "string",
    choices,
    depth,
  );
}

function conditionalInstance(schema: Schema, choices: Choices, depth: number, attempt: number): unknown {
  const { if: condition, then, else: otherwise } = schema.conditional ?? {};
  const plain = { ...schema, conditional: undefined };
  if (attempt === 0 && condition) {
    const held = merge(plain, condition(), schema.pointer);
    return instanceOf(then ? merge(held, then(), schema.pointer) : held, choices, depth + 1);
  }
  return instanceOf(otherwise ? merge(plain, otherwise(), schema.pointer) : plain, choices, depth + 1);
}

// What a schema without a type most likely means; any type would do.
function typesOf(schema: Schema): JsonType[] {
  if (schema.types) return [...schema.types];
  if (
    schema.properties.size > 0 ||
    schema.required.size > 0 ||
    schema.additional ||
    schema.patternProperties.size > 0
  ) {
    return ["object"];
  }
  if (schema.items || schema.prefixItems.length > 0 || schema.contains) return ["array"];
  const bounds = Object.keys(schema.bounds);
  if (bounds.some((bound) => /Items$|Contains$/.test(bound))) return ["array"];
  if (bounds.some((bound) => /Properties$/.test(bound))) return ["object"];
  if (bounds.some((bound) => /imum$|multipleOf/.test(bound))) return ["number"];
  return ["string", "object", "integer", "array", "boolean"];
}

function ofType(schema: Schema, type: JsonType, choices: Choices, depth: number): unknown {
  switch (type) {
    case "null":
      return null;
    case "boolean":
      return choices.pick(2) === 0;
    case "integer":
    case "number":
      return numberOf(schema, type, choices);
    case "string":
      return sampleOf(schema, choices) ?? NONE;
    case "array":
      return arrayOf(schema, choices, depth);
    case "object":
      return objectOf(schema, choices, depth);
  }
}

function numberOf({ bounds }: Schema, type: "integer" | "number", choices: Choices): unknown {
  const step = bounds.multipleOf ?? (type === "integer" ? 1 : 0.5);
  const low =
    bounds.minimum ?? (bounds.exclusiveMinimum === undefined ? undefined : bounds.exclusiveMinimum + step);
  const high =
    bounds.maximum ?? (bounds.exclusiveMaximum === undefined ? undefined : bounds.exclusiveMaximum - step);
  const start = low ?? (high !== undefined && high < 1 ? high - step * 3 : step === 0.5 ? 1 : step);
  const raised = Math.ceil(start / step - 1e-9) * step;
  const value = raised + step * choices.pick(4);
  const rounded = Number(value.toPrecision(15));
  return high !== undefined && rounded > high
    ? Number((Math.floor(high / step + 1e-9) * step).toPrecision(15))
    : rounded;
}

function arrayOf(schema: Schema, choices: Choices, depth: number): unknown {
  const { minItems = 0, maxItems = Infinity, minContains = 1 } = schema.bounds;
  const wanted = schema.contains ? Math.max(minItems, minContains) : minItems;
  const more = depth < DEEPEST && choices.add() ? 1 + choices.pick(2) : 0;
  const length = Math.min(wanted + more, maxItems);
  const items: unknown[] = [];
  for (let i = 0; i < length; i++) {
    const own = (schema.prefixItems[i] ?? schema.items)?.() ?? ANYTHING;
    const item = schema.contains && i < minContains ? merge(own, schema.contains(), own.pointer) : own;
    // Items that must differ are made with other choices each.
    const value = instanceOf(item, schema.uniqueItems ? seeded(i + 1, 0) : choices, depth + 1);
    if (value === NONE) return items.length >= minItems ? items : NONE;
    items.push(value);
  }
  return items;
}

function objectOf(schema: Schema, choices: Choices, depth: number): unknown {
  const members: Record<string, unknown> = {};
  const add = (name: string): boolean => {
    if (Object.hasOwn(members, name)) return true;
    const inner = schema.properties.get(name) ?? schema.additional;
    const value = instanceOf(inner?.() ?? ANYTHING, choices, depth + 1);
    if (value === NONE) return false;
    set(members, name, value);
    return true;
  };
  for (const name of schema.required) if (!add(name)) return NONE;
  if (depth < DEEPEST) for (const name of schema.properties.keys()) if (choices.add()) add(name);
  for (const [name, needed] of schema.dependentRequired) {
    if (Object.hasOwn(members, name)) for (const other of needed) if (!add(other)) return NONE;
  }
  for (const name of schema.properties.keys()) {
    if (Object.keys(members).length >= (schema.bounds.minProperties ?? 0)) break;
    add(name);
  }
  for (let i = 0; Object.keys(members).length < (schema.bounds.minProperties ?? 0) && i < 64; i++) {
    if (!add(`member${String(i)}`)) return NONE;
  }
  return members;
}

/** Sets a member whatever its name is: `__proto__` too is only a name. */
export function set(members: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(members, name, { value, writable: true, enumerable: true, configurable: true });
}
