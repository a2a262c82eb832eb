import type { Comparison, Pair } from "../compare/comparison.ts";
import type { Difference, Effect, Step } from "../compare/difference.ts";
import { merge } from "../schema/merge.ts";
import type { Schema } from "../schema/schema.ts";
import type { Sender } from "./embed.ts";

/** A difference between a pair of schemas, with its effect where it occurs. */
export interface Located {
  readonly effect: Effect;
  readonly pair: Pair;
  readonly difference: Difference;
}

/** The effect below `not`. */
export function reverse({ narrows, widens }: Effect): Effect {
  return { narrows: widens, widens: narrows };
}

/** Whether a difference can make the receiver reject a message of the sender. */
export function canBreak(
  { effect, pair, difference }: Located,
  sender: Sender,
  comparison: Comparison,
): Effect["narrows"] {
  const can = sender === "base" ? effect.narrows : effect.widens;
  const [writer, reader] = sender === "base" ? [pair.base, pair.revision] : [pair.revision, pair.base];
  if (/^(un)?wrapped-/.test(difference.change))
    return isWithinUnion(writer, reader, sender, comparison) ? false : can;
  // A branch of `anyOf` that only one side has is no loss where another accepts all that it accepts.
  const branch = sender === "base" ? difference.removed : difference.added;
  if (difference.keyword !== "anyOf" || !branch) return can;
  const alone = merge({ ...writer, unions: [] }, branch, writer.pointer);
  return isWithinUnion(alone, reader, sender, comparison) ? false : can;
}

// Whether each branch of what one side writes fits a branch of what the other reads.
function isWithinUnion(writer: Schema, reader: Schema, sender: Sender, comparison: Comparison): boolean {
  if (writer.unions.length > 1 || reader.unions.length > 1) return false;
  const within = (narrow: Schema, wide: Schema): boolean => {
    const pair = sender === "base" ? comparison.compare(narrow, wide) : comparison.compare(wide, narrow);
    return isHarmless(pair, sender, new Set());
  };
  // A value that fits two branches of `oneOf` fits none, so there the others must accept nothing of it.
  const isAlone = reader.unions[0]?.kind === "oneOf";
  return branchesOf(writer).every((narrow) =>
    branchesOf(reader).some(
      (wide, _, all) =>
        within(narrow, wide) &&
        (!isAlone || all.every((other) => other === wide || merge(narrow, other, "#").never)),
    ),
  );
}

function branchesOf(schema: Schema): Schema[] {
  const [union] = schema.unions;
  if (!union) return [schema];
  return union.branches.map((branch) => merge({ ...schema, unions: [] }, branch(), schema.pointer));
}

function isHarmless(pair: Pair, sender: Sender, seen: Set<Pair>): boolean {
  if (!pair.changed || seen.has(pair)) return true;
  seen.add(pair);
  return (
    pair.differences.every(({ effect }) => (sender === "base" ? effect.narrows : effect.widens) === false) &&
    pair.below.every(
      ({ step, pair: inner }) => !inner.changed || (isPlain(step) && isHarmless(inner, sender, seen)),
    )
  );
}

// Below other steps a schema that accepts more may let the whole accept less.
function isPlain(step: Step): boolean {
  return step.kind !== "apply" && !(step.kind === "branch" && step.alone);
}
