import type { Comparison } from "../compare/comparison.ts";
import type { Draft, Meeting } from "../report/draft.ts";
import { describeFinding } from "../report/description.ts";
import { fingerprintOf, type Finding, type Verdict, type Witness } from "../report/finding.ts";
import { canonical, stepsOf } from "../schema/json.ts";
import type { Schema } from "../schema/schema.ts";
import { accepts } from "../schema/validate.ts";
import type { Sender } from "./embed.ts";
import { canBreak, reverse } from "./effect.ts";
import { levelOfFinding, type LevelPolicy } from "./level.ts";
import { overlapOf, witnessOf, type Proof } from "./witness.ts";

/** What verdicts and levels are found with. */
export interface Judging extends LevelPolicy {
  readonly comparison: Comparison;
}

/** Gives a draft its verdicts, with proof, and its level. */
export function judge(draft: Draft, judging: Judging): Finding {
  const oldToNew = verdictOf(draft, "base", judging);
  const newToOld = verdictOf(draft, "revision", judging);
  const verdicts = { oldToNew: oldToNew.verdict, newToOld: newToOld.verdict };
  const { level, capped } = levelOfFinding(draft, verdicts, judging);
  const witness = {
    ...(oldToNew.witness && { oldToNew: oldToNew.witness }),
    ...(newToOld.witness && { newToOld: newToOld.witness }),
  };
  const { id, polarity, basePointer, revisionPointer, from, to, subject } = draft;
  const pointer = revisionPointer ?? basePointer ?? "#";
  return {
    id,
    level,
    text: describeFinding(draft),
    pointer,
    ...(basePointer !== undefined && { basePointer }),
    ...(revisionPointer !== undefined && { revisionPointer }),
    fingerprint: fingerprintOf([id, pointer, subject, polarity, canonical(from), canonical(to)]),
    cause: causeOf(draft, pointer),
    operations: [...draft.operations],
    places: [...draft.places],
    polarity,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...verdicts,
    ...(Object.keys(witness).length > 0 && { witness }),
    ...(capped !== undefined && { capped }),
  };
}

// Objects are closed or opened as a policy, in many places at once; any other change has one place.
function causeOf({ id, schema, subject }: Draft, pointer: string): string {
  const change = schema?.difference.change;
  if (change === "closed" || change === "opened") return `objects ${change}`;
  return [change ?? id, pointer, subject ?? ""].join(" ").trimEnd();
}

interface Judged {
  readonly verdict: Verdict;
  readonly witness?: Witness | undefined;
}

function verdictOf(draft: Draft, sender: Sender, judging: Judging): Judged {
  const { schema, known } = draft;
  const direction = sender === "base" ? "oldToNew" : "newToOld";
  if (!schema) return { verdict: known?.[direction] ?? "ok", witness: known?.witness?.[direction] };
  const { pair, difference, negated, meetings } = schema;
  const effect = negated ? reverse(difference.effect) : difference.effect;
  const can = canBreak({ effect, pair, difference }, sender, judging.comparison);
  const [writer, reader] = sender === "base" ? [pair.base, pair.revision] : [pair.revision, pair.base];
  const isDecided = can === false || (!negated && acceptsAllValues(writer, reader));
  for (const meeting of isDecided ? [] : meetings) {
    const found = witnessOf(pair, difference, meeting.occurrence, sender);
    if (found) return { verdict: "breaks", witness: toWitness(found, meeting, sender) };
  }
  if (!isDecided && can !== "maybe") {
    return { verdict: difference.keyword === "pattern" && can === "undecided" ? "incomparable" : "unproven" };
  }
  // Where one branch of `oneOf` accepts more, another may no longer be the only one.
  const acceptsMore = (sender === "base" ? effect.widens : effect.narrows) !== false;
  for (const meeting of acceptsMore ? meetings : []) {
    const found = overlapOf(meeting.occurrence, sender);
    if (found) return { verdict: "breaks", witness: toWitness(found, meeting, sender) };
  }
  return { verdict: "ok" };
}

// Where a sender can send only listed values, each of them is tried.
function acceptsAllValues(writer: Schema, reader: Schema): boolean {
  if (writer.never) return true;
  if (!writer.values) return false;
  return [...writer.values.values()].every((value) => !accepts(writer, value) || accepts(reader, value));
}

function toWitness(
  { message, path }: Proof,
  { operations, part, parameter }: Meeting,
  sender: Sender,
): Witness {
  const operation = operations[sender];
  if (parameter) {
    const where = part.startsWith("response") ? part : "request";
    return { operation, part: where, parameter: { ...parameter, value: message } };
  }
  const value = valueAt(message, path);
  return { operation, part, body: message, path, ...(value !== undefined && { value }) };
}

function valueAt(message: unknown, path: string): unknown {
  let at = message;
  for (const step of stepsOf(path)) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step]; // an object or array that has the step
  }
  return at;
}
