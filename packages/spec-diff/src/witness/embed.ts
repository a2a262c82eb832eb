import type { Step } from "../compare/difference.ts";
import { wordsOf } from "../pattern/relation.ts";
import { isRecord, pointerTo } from "../schema/json.ts";
import { childOf, merge } from "../schema/merge.ts";
import type { Schema } from "../schema/schema.ts";
import { instanceOf, NONE, set, type Choices } from "./instance.ts";

/** The document that a message is written by. */
export type Sender = "base" | "revision";

/** How a message is built around a value. */
export interface Embedding {
  readonly sender: Sender;
  readonly choices: Choices;
  readonly value: unknown;
}

/** A message with the path of the value in it; the message is {@link NONE} where none can be built. */
export interface Embedded {
  readonly message: unknown;
  readonly path: string;
}

/** Builds a message of a schema that holds a value at the end of some steps. */
export function embed(schema: Schema, steps: readonly Step[], embedding: Embedding): Embedded {
  return descend({ schema, steps, path: "" }, embedding);
}

/** The schema one step down; `undefined` where no value of its own falls under it. */
export function schemaBelow(schema: Schema, step: Step, side: Sender): Schema | undefined {
  if (step.kind === "property") return childOf(schema, step.name)?.();
  if (step.kind === "items") return schema.items?.();
  if (step.kind === "index") return schema.prefixItems[step.index]?.();
  if (step.kind !== "branch") return undefined;
  const union = schema.unions[step.union];
  const branch = union?.branches[side === "base" ? step.base : step.revision]?.();
  const unions = schema.unions.filter((other) => other !== union);
  return branch && merge({ ...schema, unions }, branch, schema.pointer);
}

/** A name that the schema does not list. */
export function freeName(...schemas: readonly Schema[]): string {
  let name = "custom";
  while (schemas.some(({ properties }) => properties.has(name))) name += "_";
  return name;
}

interface Position {
  readonly schema: Schema;
  readonly steps: readonly Step[];
  readonly path: string;
}

type Within = (inner: Schema | undefined, key?: string | number) => Embedded;

function descend({ schema, steps, path }: Position, embedding: Embedding): Embedded {
  const [step, ...rest] = steps;
  if (!step) return { message: embedding.value, path };
  const { choices } = embedding;
  const within: Within = (inner, key) =>
    inner
      ? descend(
          { schema: inner, steps: rest, path: key === undefined ? path : pointerTo(path, key) },
          embedding,
        )
      : { message: NONE, path };
  switch (step.kind) {
    case "property":
      return withMember(schema, step.name, within(childOf(schema, step.name)?.(), step.name), choices);
    case "additional": {
      const name = freeName(schema);
      return withMember(schema, name, within(schema.additional?.(), name), choices);
    }
    case "pattern": {
      const [name = ""] = wordsOf([step.pattern], { min: 1 });
      return withMember(schema, name, within(schema.patternProperties.get(step.pattern)?.(), name), choices);
    }
    case "items": {
      const index = schema.prefixItems.length;
      return withItem(schema, index, within(schema.items?.(), index), choices);
    }
    case "index":
      return withItem(schema, step.index, within(schema.prefixItems[step.index]?.(), step.index), choices);
    case "branch":
      return within(schemaBelow(schema, step, embedding.sender));
    case "apply":
      return applied(schema, step, within, choices);
  }
}

function applied(schema: Schema, step: Step & { kind: "apply" }, within: Within, choices: Choices): Embedded {
  const and = (...parts: readonly (Schema | undefined)[]): Schema =>
    parts.reduce<Schema>((all, part) => (part ? merge(all, part, schema.pointer) : all), {
      ...schema,
      conditional: undefined,
    });
  switch (step.keyword) {
    case "allOf":
      return within(schema);
    case "then":
      return within(and(schema.conditional?.if(), schema.conditional?.then?.()));
    case "else":
      return within(and(schema.conditional?.else?.()));
    case "dependentSchemas": {
      const inner = schema.dependentSchemas.get(step.name ?? "")?.();
      if (!inner) return within(undefined);
      const required = new Set([...inner.required, ...schema.required, step.name ?? ""]);
      return within({ ...merge(schema, inner, schema.pointer), required });
    }
    case "contains":
      return withItem(schema, 0, within(schema.contains?.(), 0), choices);
    case "unevaluatedItems":
      return withItem(schema, schema.prefixItems.length, within(schema.unevaluatedItems?.(), 0), choices);
    case "unevaluatedProperties": {
      const name = freeName(schema);
      return withMember(schema, name, within(schema.unevaluatedProperties?.(), name), choices);
    }
    case "propertyNames": {
      const { message, path } = within(schema.propertyNames?.());
      return typeof message === "string"
        ? withMember(schema, message, { message: "x", path }, choices)
        : { message: NONE, path };
    }
    default:
      return { message: NONE, path: "" };
  }
}

function withMember(
  schema: Schema,
  name: string,
  { message: inner, path }: Embedded,
  choices: Choices,
): Embedded {
  if (inner === NONE) return { message: NONE, path };
  // The member itself is set below, so it need not be made; the others must fit the union that they choose.
  const required = new Set([...schema.required].filter((other) => other !== name));
  const properties = new Map([...schema.properties].filter(([other]) => other !== name));
  const types = new Set(["object" as const]);
  const others = instanceOf({ ...schema, types, required, properties, rest: [] }, choices);
  const made = isRecord(others) ? others : instanceOf({ ...schema, types }, choices);
  if (!isRecord(made)) return { message: NONE, path };
  const message = { ...made };
  set(message, name, inner);
  return { message, path };
}

function withItem(
  schema: Schema,
  index: number,
  { message: inner, path }: Embedded,
  choices: Choices,
): Embedded {
  if (inner === NONE) return { message: NONE, path };
  const minItems = Math.max(schema.bounds.minItems ?? 0, index + 1);
  const bounds = { ...schema.bounds, minItems };
  const made = instanceOf({ ...schema, types: new Set(["array"]), bounds }, choices);
  const list = Array.isArray(made) ? (made as unknown[]) : index === 0 ? [inner] : undefined;
  if (!list) return { message: NONE, path };
  return { message: list.map((other, i) => (i === index ? inner : other)), path };
}
