import type { Schema, Union } from "../schema/schema.ts";
import type { Effect } from "./difference.ts";
import type { Compared } from "./objects.ts";

/** A schema that becomes one branch of a union, or a union of which one branch is left. Whether it was reported. */
export function compareWrapping(a: Schema, b: Schema, found: Compared): boolean {
  const wrapped = a.unions.length === 0 && isBareUnion(b) && isConcrete(a);
  const unwrapped = b.unions.length === 0 && isBareUnion(a) && isConcrete(b);
  if (!wrapped && !unwrapped) return false;
  const [union] = wrapped ? b.unions : a.unions;
  if (!union) return false;
  found.differences.push({
    change: `${wrapped ? "wrapped-in" : "unwrapped-from"}-${wordOf(union.kind)}`,
    effect: { narrows: "undecided", widens: "undecided" },
    keyword: union.kind,
  });
  return true;
}

function wordOf(kind: Union["kind"]): "one-of" | "any-of" {
  return kind === "oneOf" ? "one-of" : "any-of";
}

/** Whether a schema describes values by a union alone. */
export function isBareUnion(schema: Schema): boolean {
  return (
    schema.unions.length === 1 && schema.properties.size === 0 && schema.values === undefined && !schema.types
  );
}

/** Whether a schema itself describes the values that it accepts. */
export function isConcrete(schema: Schema): boolean {
  return schema.types !== undefined || schema.properties.size > 0 || schema.values !== undefined;
}

/** Compares unions of one kind with each other, in the order in which they are written. */
export function compareUnions(a: Schema, b: Schema, found: Compared): void {
  for (const kind of ["anyOf", "oneOf"] as const) {
    const before = a.unions.filter((union) => union.kind === kind);
    const after = b.unions.filter((union) => union.kind === kind);
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      const at = a.unions.indexOf(before[i] ?? EMPTY);
      compareUnion({ kind, at: Math.max(at, 0), before: before[i], after: after[i] }, found);
    }
  }
}

const EMPTY: Union = { kind: "anyOf", branches: [], keys: [], titles: [] };

interface UnionPair {
  readonly kind: Union["kind"];
  /** The number of the union in the older schema. */
  readonly at: number;
  readonly before: Union | undefined;
  readonly after: Union | undefined;
}

function compareUnion({ kind, at, before, after }: UnionPair, found: Compared): void {
  const { pairs, removed, added } = matchBranches(before, after);
  for (const [base, revision] of pairs) {
    const [inBase, inRevision] = [before?.branches[base], after?.branches[revision]];
    if (!inBase || !inRevision) continue;
    const step = { kind: "branch", union: at, base, revision, alone: kind === "oneOf" } as const;
    found.below.push({ step, base: inBase, revision: inRevision });
  }
  // A union that is new narrows: before, anything passed it.
  const whole = !before || !after;
  const unclear: Effect = { narrows: "maybe", widens: "maybe" };
  for (const i of removed) {
    const effect: Effect = whole ? unclear : { narrows: true, widens: overlap(kind) };
    const schema = before?.branches[i]?.();
    if (schema)
      found.differences.push({ change: `${wordOf(kind)}-removed`, effect, keyword: kind, removed: schema });
  }
  for (const i of added) {
    const effect: Effect = whole ? unclear : { narrows: overlap(kind), widens: true };
    const schema = after?.branches[i]?.();
    if (schema)
      found.differences.push({ change: `${wordOf(kind)}-added`, effect, keyword: kind, added: schema });
  }
}

interface Matched {
  /** Positions in the older and the newer list. */
  readonly pairs: readonly [number, number][];
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

// Branches are the same by component or content, else by title; a single edited one on each side is the same branch.
function matchBranches(before: Union | undefined, after: Union | undefined): Matched {
  const removed = new Map((before?.keys ?? []).map((key, i) => [key, i]));
  const added = new Map((after?.keys ?? []).map((key, i) => [key, i]));
  const pairs: [number, number][] = [];
  for (const [key, i] of [...removed]) {
    const j = added.get(key);
    if (j === undefined) continue;
    pairs.push([i, j]);
    removed.delete(key);
    added.delete(key);
  }
  for (const [key, i] of [...removed]) {
    const title = before?.titles[i];
    const entitled = title && [...added].find(([, j]) => after?.titles[j] === title);
    if (!entitled) continue;
    pairs.push([i, entitled[1]]);
    removed.delete(key);
    added.delete(entitled[0]);
  }
  const [lone, other] = [[...removed][0], [...added][0]];
  if (removed.size === 1 && added.size === 1 && lone && other && ![lone[0], other[0]].every(isComponent)) {
    return { pairs: [...pairs, [lone[1], other[1]]], removed: [], added: [] };
  }
  return { pairs, removed: [...removed.values()], added: [...added.values()] };
}

// A further branch of `oneOf` may make two of them match.
function overlap(kind: Union["kind"]): false | "maybe" {
  return kind === "oneOf" ? "maybe" : false;
}

/** Whether the key of a branch or part names a component. */
export function isComponent(key: string): boolean {
  return key.startsWith("#");
}
