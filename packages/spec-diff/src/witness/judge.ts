import type { Comparison, Pair } from "../compare/comparison.ts";
import { describeFinding } from "../report/description.ts";
import type { Difference, Effect, Step } from "../compare/difference.ts";
import type { Draft, Meeting } from "../report/draft.ts";
import type { Finding, Verdict, Witness } from "../report/finding.ts";
import { merge } from "../schema/merge.ts";
import type { Level } from "../rules/rule.ts";
import { RULES } from "../rules/rules.ts";
import type { Schema } from "../schema/schema.ts";
import { accepts } from "../schema/validate.ts";
import { overlapOf, witnessOf, type Sender } from "./witness.ts";

/** How verdicts become levels. */
export interface Judging {
  readonly comparison: Comparison;
  /** Every proven break counts in full, whatever the rule's ceiling; a break of the other direction is a warning. */
  readonly strict: boolean;
  /** Whether what the draft changes had been promised to anybody. */
  readonly isPromised: (draft: Draft) => boolean;
}

/** Gives a draft its verdicts, with proof, and its level. */
export function judge(draft: Draft, judging: Judging): Finding {
  const oldToNew = verdict(draft, "base", judging);
  const newToOld = verdict(draft, "revision", judging);
  const level = levelFor(draft, oldToNew.verdict, newToOld.verdict, judging);
  const witness = {
    ...(oldToNew.witness && { oldToNew: oldToNew.witness }),
    ...(newToOld.witness && { newToOld: newToOld.witness }),
  };
  const { id, polarity, basePointer, revisionPointer, from, to } = draft;
  return {
    id,
    level,
    text: describeFinding(draft),
    pointer: revisionPointer ?? basePointer ?? "#",
    ...(basePointer !== undefined && { basePointer }),
    ...(revisionPointer !== undefined && { revisionPointer }),
    operations: [...draft.operations],
    places: [...draft.places],
    polarity,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    oldToNew: oldToNew.verdict,
    newToOld: newToOld.verdict,
    ...(Object.keys(witness).length > 0 && { witness }),
  };
}

interface Judged {
  readonly verdict: Verdict;
  readonly witness?: Witness | undefined;
}

function verdict(draft: Draft, sender: Sender, judging: Judging): Judged {
  const { schema, known } = draft;
  const direction = sender === "base" ? "oldToNew" : "newToOld";
  if (!schema) return { verdict: known?.[direction] ?? "ok", witness: known?.witness?.[direction] };
  const { pair, difference, negated, meetings } = schema;
  const effect = negated ? flip(difference.effect) : difference.effect;
  const can = effectOn(effect, sender, pair, difference, judging.comparison);
  const [writer, reader] = sender === "base" ? [pair.base, pair.revision] : [pair.revision, pair.base];
  const isDecided = can === false || (!negated && fitsAll(writer, reader));
  for (const meeting of isDecided ? [] : meetings) {
    const found = witnessOf(pair, difference, meeting.occurrence, sender);
    if (found) return { verdict: "breaks", witness: toWitness(found.message, meeting, sender) };
  }
  if (!isDecided && can !== "maybe") {
    return { verdict: difference.keyword === "pattern" && can === "undecided" ? "incomparable" : "unproven" };
  }
  // Where one branch of `oneOf` takes more, another may no longer be the only one.
  const takesMore = (sender === "base" ? effect.widens : effect.narrows) !== false;
  for (const meeting of takesMore ? meetings : []) {
    const found = overlapOf(meeting.occurrence, sender);
    if (found) return { verdict: "breaks", witness: toWitness(found.message, meeting, sender) };
  }
  return { verdict: "ok" };
}

function flip({ narrows, widens }: Effect): Effect {
  return { narrows: widens, widens: narrows };
}

// What can only be one of a few values is tried, one value after the other.
function fitsAll(writer: Schema, reader: Schema): boolean {
  if (writer.never) return true;
  if (!writer.values) return false;
  return [...writer.values.values()].every((value) => !accepts(writer, value) || accepts(reader, value));
}

type Can = Effect["narrows"];

function effectOn(
  effect: Effect,
  sender: Sender,
  pair: Pair,
  difference: Difference,
  comparison: Comparison,
): Can {
  const can = sender === "base" ? effect.narrows : effect.widens;
  const [writer, reader] = sender === "base" ? [pair.base, pair.revision] : [pair.revision, pair.base];
  if (/^(un)?wrapped-/.test(difference.change))
    return isWithinUnion(writer, reader, sender, comparison) ? false : can;
  // A branch of `anyOf` that only one side has is no loss where another takes all that it takes.
  const branch = sender === "base" ? difference.removed : difference.added;
  if (difference.keyword !== "anyOf" || !branch) return can;
  const alone = merge({ ...writer, unions: [] }, branch, writer.pointer);
  return isWithinUnion(alone, reader, sender, comparison) ? false : can;
}

// Whether what one side writes fits a branch of what the other reads, or each branch of it fits.
function isWithinUnion(writer: Schema, reader: Schema, sender: Sender, comparison: Comparison): boolean {
  const branchesOf = (schema: Schema): Schema[] => {
    const [union] = schema.unions;
    if (!union) return [schema];
    return union.branches.map((branch) => merge({ ...schema, unions: [] }, branch(), schema.pointer));
  };
  const within = (narrow: Schema, wide: Schema): boolean => {
    const pair = sender === "base" ? comparison.compare(narrow, wide) : comparison.compare(wide, narrow);
    return isHarmless(pair, sender, new Set());
  };
  if (writer.unions.length > 1 || reader.unions.length > 1) return false;
  // A value that fits two branches of `oneOf` fits none, so there the others must take nothing of it.
  const isAlone = reader.unions[0]?.kind === "oneOf";
  return branchesOf(writer).every((narrow) =>
    branchesOf(reader).some(
      (wide, _, all) =>
        within(narrow, wide) &&
        (!isAlone || all.every((other) => other === wide || merge(narrow, other, "#").never)),
    ),
  );
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

// Below other steps a schema that takes more may let the whole take less.
function isPlain(step: Step): boolean {
  return step.kind !== "apply" && !(step.kind === "branch" && step.alone);
}

function toWitness(message: unknown, { operations, part, parameter }: Meeting, sender: Sender): Witness {
  const operation = operations[sender];
  return parameter
    ? {
        operation,
        part: part.startsWith("response") ? part : "request",
        parameter: { ...parameter, value: message },
      }
    : { operation, part, body: message };
}

const ORDER: readonly Level[] = ["info", "warn", "error"];

function levelFor(draft: Draft, oldToNew: Verdict, newToOld: Verdict, judging: Judging): Level {
  const { id, polarity, schema } = draft;
  const { strict } = judging;
  const rule = RULES.get(id);
  const [level, ceiling] = [rule?.level ?? "warn", rule?.cap?.level ?? "error"];
  const [critical, other] = polarity === "response" ? [newToOld, oldToNew] : [oldToNew, newToOld];
  const least = (wanted: Level): Level => (ORDER.indexOf(level) > ORDER.indexOf(wanted) ? level : wanted);
  if (!strict) {
    if (schema?.unsent === true || !judging.isPromised(draft)) return "info";
    if (critical === "breaks") return least(ceiling);
    // A rule that goes by one direction does not stand against the proof that nothing goes that way.
    const isOneWay = rule?.effect === "narrows" || rule?.effect === "widens";
    // An alternative that went is missed by its name, even if another one takes all that it took.
    const isNamed = schema?.difference.keyword === "anyOf" && schema.difference.effect.narrows === true;
    // Below `not` the ways are turned round, and the rule is kept to as a caution.
    const isProvable = schema?.negated === false && isOneWay && !isNamed;
    const isDisproved = critical === "ok" && isProvable;
    return isDisproved && level === "error" ? "info" : level;
  }
  if (critical === "breaks") return "error";
  if (critical === "ok") return other === "ok" ? "info" : "warn";
  return level === "error" ? "error" : "warn";
}
