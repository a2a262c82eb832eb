import type { Difference, Step } from "../compare/difference.ts";
import type { Occurrence } from "../compare/occurrence.ts";
import { instanceOf, LEAST, NONE, seeded, set } from "./instance.ts";
import { isRecord, pointerTo } from "../schema/json.ts";
import { childOf, merge } from "../schema/merge.ts";
import { wordsOf } from "../pattern/relation.ts";
import { probesOf } from "./probes.ts";
import type { JsonType, Schema } from "../schema/schema.ts";
import { accepts, failures } from "../schema/validate.ts";

/** Which side writes the message. */
export type Sender = "base" | "revision";

/** Candidates tried at one occurrence. */
const TRIES = 8;

/**
 * A message that the sender's schema accepts and the receiver's rejects, because of a difference between two schemas in it;
 * `undefined` where none is found. Both is checked on the whole message.
 */
export function witnessOf(
  local: { readonly base: Schema; readonly revision: Schema },
  difference: Difference,
  { base, revision, steps }: Occurrence,
  sender: Sender,
): { readonly message: unknown } | undefined {
  const [writer, reader] = sender === "base" ? [base, revision] : [revision, base];
  const [here, there] = sender === "base" ? [local.base, local.revision] : [local.revision, local.base];
  let tries = 0;
  for (const value of probesOf(here, there, difference)) {
    if (tries++ >= TRIES) return undefined;
    for (const choices of [LEAST, seeded(tries, 0.3)]) {
      const { message, path } = embed(writer, steps, value, sender, choices);
      if (message === NONE || !accepts(writer, message)) continue;
      const rejected = failures(reader, message);
      if (rejected.some((failure) => meets(failure.path, path))) return { message };
    }
  }
  return undefined;
}

/**
 * A message that the sender's schema accepts and the receiver's rejects, because a branch of `oneOf` on the way takes more on the
 * receiver's side, and so what another branch took alone; `undefined` where none is found.
 */
export function overlapOf(
  { base, revision, steps }: Occurrence,
  sender: Sender,
): { readonly message: unknown } | undefined {
  const [writer, reader] = sender === "base" ? [base, revision] : [revision, base];
  let [here, there]: [Schema | undefined, Schema | undefined] = [writer, reader];
  for (const [i, step] of steps.entries()) {
    if (!here || !there) return undefined;
    if (step.kind === "branch" && step.alone) {
      for (const value of doubles(here, there, step, sender)) {
        const { message } = embed(writer, steps.slice(0, i), value, sender, LEAST);
        if (message !== NONE && accepts(writer, message) && !accepts(reader, message)) return { message };
      }
    }
    here = below(here, step, sender);
    there = below(there, step, sender === "base" ? "revision" : "base");
  }
  return undefined;
}

const TYPES: readonly JsonType[] = ["string", "number", "boolean", "object", "array", "null"];

type Branch = Step & { kind: "branch" };

// What a branch of the sender takes alone, and the receiver's form of the branch in question takes too.
function* doubles(here: Schema, there: Schema, step: Branch, sender: Sender): Generator {
  const [ours, theirs] = sender === "base" ? [step.base, step.revision] : [step.revision, step.base];
  const [union, others] = [here.unions[step.union], there.unions[step.union]];
  const wider = others?.branches[theirs]?.();
  if (!union || !wider) return;
  const frame: Schema = { ...here, unions: here.unions.filter((other) => other !== union) };
  for (const [i, branch] of union.branches.entries()) {
    if (i === ours) continue;
    const both = merge(merge(frame, branch(), here.pointer), wider, here.pointer);
    if (both.never) continue;
    const typed = [...(both.types ?? TYPES)].map((type) => instanceOf({ ...both, types: new Set([type]) }));
    const made = Array.from({ length: TRIES }, (_, seed) => instanceOf(both, seeded(seed, 0.6)));
    for (const value of both.values?.values() ?? [...typed, ...made]) {
      if (value !== NONE && accepts(here, value) && !accepts(there, value)) yield value;
    }
  }
}

// The schema one step down; `undefined` where it is not one of those that a value of its own falls under.
function below(schema: Schema, step: Step, side: Sender): Schema | undefined {
  if (step.kind === "property") return childOf(schema, step.name)?.();
  if (step.kind === "items") return schema.items?.();
  if (step.kind === "index") return schema.prefixItems[step.index]?.();
  if (step.kind !== "branch") return undefined;
  const union = schema.unions[step.union];
  const branch = union?.branches[side === "base" ? step.base : step.revision]?.();
  const unions = schema.unions.filter((other) => other !== union);
  return branch && merge({ ...schema, unions }, branch, schema.pointer);
}

function meets(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

interface Embedded {
  readonly message: unknown;
  readonly path: string;
}

type Choices = typeof LEAST;

function embed(
  schema: Schema,
  steps: readonly Step[],
  value: unknown,
  sender: Sender,
  choices: Choices,
  path = "",
): Embedded {
  const [step, ...rest] = steps;
  if (!step) return { message: value, path };
  const within = (inner: Schema | undefined, key?: string | number): Embedded =>
    inner
      ? embed(inner, rest, value, sender, choices, key === undefined ? path : pointerTo(path, key))
      : { message: NONE, path };
  switch (step.kind) {
    case "property":
      return member(schema, step.name, within(childOf(schema, step.name)?.(), step.name), choices);
    case "additional": {
      const name = freshName(schema);
      return member(schema, name, within(schema.additional?.(), name), choices);
    }
    case "pattern": {
      const [name = ""] = wordsOf([step.pattern], { min: 1 });
      return member(schema, name, within(schema.patternProperties.get(step.pattern)?.(), name), choices);
    }
    case "items":
      return item(
        schema,
        schema.prefixItems.length,
        within(schema.items?.(), schema.prefixItems.length),
        choices,
      );
    case "index":
      return item(schema, step.index, within(schema.prefixItems[step.index]?.(), step.index), choices);
    case "branch":
      return within(below(schema, step, sender));
    case "apply":
      return applied(schema, step, within, choices);
  }
}

type Within = (inner: Schema | undefined, key?: string | number) => Embedded;

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
      const needed = new Set([...schema.required, step.name ?? ""]);
      return within(
        inner && {
          ...merge(schema, inner, schema.pointer),
          required: new Set([...inner.required, ...needed]),
        },
      );
    }
    case "contains":
      return item(schema, 0, within(schema.contains?.(), 0), choices);
    case "unevaluatedItems":
      return item(schema, schema.prefixItems.length, within(schema.unevaluatedItems?.(), 0), choices);
    case "unevaluatedProperties": {
      const name = freshName(schema);
      return member(schema, name, within(schema.unevaluatedProperties?.(), name), choices);
    }
    case "propertyNames": {
      const { message, path } = within(schema.propertyNames?.());
      return typeof message === "string"
        ? member(schema, message, { message: "x", path }, choices)
        : { message: NONE, path };
    }
    default:
      return { message: NONE, path: "" };
  }
}

function freshName(schema: Schema): string {
  let name = "custom";
  while (schema.properties.has(name)) name += "_";
  return name;
}

function member(
  schema: Schema,
  name: string,
  { message: inner, path }: Embedded,
  choices: Choices,
): Embedded {
  if (inner === NONE) return { message: NONE, path };
  // The member itself is set below, so it need not be made; the others must hold in the union that they choose.
  const required = new Set([...schema.required].filter((other) => other !== name));
  const properties = new Map([...schema.properties].filter(([other]) => other !== name));
  const others = instanceOf(
    { ...schema, types: new Set(["object"]), required, properties, rest: [] },
    choices,
  );
  const full = instanceOf({ ...schema, types: new Set(["object"]) }, choices);
  const made = isRecord(others) ? others : isRecord(full) ? full : undefined;
  if (!made) return { message: NONE, path };
  const message = { ...made };
  set(message, name, inner);
  return { message, path };
}

function item(schema: Schema, index: number, { message: inner, path }: Embedded, choices: Choices): Embedded {
  if (inner === NONE) return { message: NONE, path };
  const minItems = Math.max(schema.bounds.minItems ?? 0, index + 1);
  const bounds = { ...schema.bounds, minItems };
  const made = instanceOf({ ...schema, types: new Set(["array"]), bounds }, choices);
  const list = Array.isArray(made) ? (made as unknown[]) : index === 0 ? [inner] : undefined;
  if (!list) return { message: NONE, path };
  return { message: list.map((other, i) => (i === index ? inner : other)), path };
}
