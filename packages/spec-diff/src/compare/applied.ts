import type { Child, JsonType, Schema } from "../schema/schema.ts";
import { BOTH, NARROWS, NEITHER, WIDENS, type Effect } from "./difference.ts";
import type { Compared } from "./objects.ts";

/** Compares the keywords by which one member requires others. */
export function compareDependents(a: Schema, b: Schema, found: Compared): void {
  const keyword = "dependentRequired";
  for (const [name, to] of b.dependentRequired) {
    const from = a.dependentRequired.get(name);
    if (!from) {
      const change = "dependent-required-added";
      found.differences.push({ change, effect: NARROWS, keyword, member: name, to });
      continue;
    }
    const more = to.some((other) => !from.includes(other));
    const fewer = from.some((other) => !to.includes(other));
    if (!more && !fewer) continue;
    const effect = more && fewer ? BOTH : more ? NARROWS : WIDENS;
    found.differences.push({ change: "dependent-required-changed", effect, keyword, member: name, from, to });
  }
  for (const [name, from] of a.dependentRequired) {
    if (b.dependentRequired.has(name)) continue;
    const change = "dependent-required-removed";
    found.differences.push({ change, effect: WIDENS, keyword, member: name, from });
  }
  compareDependentSchemas(a.dependentSchemas, b.dependentSchemas, found);
}

function compareDependentSchemas(
  before: ReadonlyMap<string, Child>,
  after: ReadonlyMap<string, Child>,
  found: Compared,
): void {
  const keyword = "dependentSchemas";
  for (const [name, base] of before) {
    const revision = after.get(name);
    if (revision) {
      found.below.push({ step: { kind: "apply", keyword, name, negated: false }, base, revision });
      continue;
    }
    const change = "dependent-schema-removed";
    found.differences.push({ change, effect: WIDENS, keyword, member: name, removed: base() });
  }
  for (const [name, revision] of after) {
    if (before.has(name)) continue;
    const change = "dependent-schema-added";
    found.differences.push({ change, effect: NARROWS, keyword, member: name, added: revision() });
  }
}

interface AppliedKeyword {
  readonly keyword: string;
  /** The name of its changes without `-added` and `-removed`. */
  readonly change: string;
  readonly pick: (schema: Schema) => Child | undefined;
  /** The only type whose values it looks at. */
  readonly type?: JsonType;
}

// Keywords that apply one schema. One that is added narrows, one that is removed widens.
const APPLIED: readonly AppliedKeyword[] = [
  { keyword: "propertyNames", change: "property-names", pick: (schema) => schema.propertyNames },
  { keyword: "contains", change: "contains", pick: (schema) => schema.contains },
  {
    keyword: "unevaluatedItems",
    change: "unevaluated-items",
    pick: (schema) => schema.unevaluatedItems,
    type: "array",
  },
  {
    keyword: "unevaluatedProperties",
    change: "unevaluated-properties",
    pick: (schema) => schema.unevaluatedProperties,
    type: "object",
  },
  { keyword: "not", change: "not", pick: (schema) => schema.not },
  { keyword: "if", change: "if", pick: (schema) => schema.conditional?.if },
  { keyword: "then", change: "then", pick: (schema) => schema.conditional?.then },
  { keyword: "else", change: "else", pick: (schema) => schema.conditional?.else },
  { keyword: "contentSchema", change: "content-schema", pick: (schema) => schema.notes.contentSchema },
];

/** Compares the keywords that apply one schema. */
export function compareApplied(a: Schema, b: Schema, found: Compared): void {
  for (const applied of APPLIED) {
    const { keyword, change, pick } = applied;
    const [base, revision] = [pick(a), pick(b)];
    if (base && revision) {
      const step = { kind: "apply", keyword, negated: keyword === "not" } as const;
      found.below.push({ step, base, revision });
    } else if (revision) {
      const effect = effectOf(applied, b, NARROWS);
      found.differences.push({ change: `${change}-added`, effect, keyword, added: revision() });
    } else if (base) {
      const effect = effectOf(applied, a, WIDENS);
      found.differences.push({ change: `${change}-removed`, effect, keyword, removed: base() });
    }
  }
}

function effectOf({ keyword, type }: AppliedKeyword, { types }: Schema, effect: Effect): Effect {
  if (type && types && !types.has(type)) return NEITHER;
  if (keyword !== "contentSchema") return effect;
  // A validator does not apply a content schema to the message, so no witness can show it.
  return { narrows: effect.narrows && "undecided", widens: effect.widens && "undecided" };
}
