import type { Difference, Step } from "../compare/difference.ts";
import type { Occurrence } from "../compare/occurrence.ts";
import { merge } from "../schema/merge.ts";
import type { JsonType, Schema } from "../schema/schema.ts";
import { accepts, failures } from "../schema/validate.ts";
import { embed, schemaBelow, type Sender } from "./embed.ts";
import { instanceOf, LEAST, NONE, seeded } from "./instance.ts";
import { probesOf } from "./probes.ts";

/** A message that breaks, with the place in it that the receiver refuses. */
export interface Proof {
  readonly message: unknown;
  /** JSON pointer into the message, `""` for the whole of it. */
  readonly path: string;
}

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
): Proof | undefined {
  const [writer, reader] = sender === "base" ? [base, revision] : [revision, base];
  const [here, there] = sender === "base" ? [local.base, local.revision] : [local.revision, local.base];
  let tries = 0;
  for (const value of probesOf(here, there, difference)) {
    if (tries++ >= TRIES) return undefined;
    for (const choices of [LEAST, seeded(tries, 0.3)]) {
      const { message, path } = embed(writer, steps, { value, sender, choices });
      if (message === NONE || !accepts(writer, message)) continue;
      const rejected = failures(reader, message).find((failure) => isOnTheWay(failure.path, path));
      if (rejected) return { message, path: placeOf(rejected.path, rejected.member) };
    }
  }
  return undefined;
}

function placeOf(path: string, member: string | undefined): string {
  return member === undefined ? path : `${path}/${member.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/**
 * A message that the sender's schema accepts and the receiver's rejects, because a branch of `oneOf` above it accepts more on the
 * receiver's side, and so what another branch accepted alone; `undefined` where none is found.
 */
export function overlapOf({ base, revision, steps }: Occurrence, sender: Sender): Proof | undefined {
  const [writer, reader] = sender === "base" ? [base, revision] : [revision, base];
  let [here, there]: [Schema | undefined, Schema | undefined] = [writer, reader];
  for (const [i, step] of steps.entries()) {
    if (!here || !there) return undefined;
    if (step.kind === "branch" && step.alone) {
      for (const value of doubles(here, there, step, sender)) {
        const { message, path } = embed(writer, steps.slice(0, i), { value, sender, choices: LEAST });
        if (message === NONE || !accepts(writer, message)) continue;
        if (failures(reader, message).length > 0) return { message, path };
      }
    }
    here = schemaBelow(here, step, sender);
    there = schemaBelow(there, step, sender === "base" ? "revision" : "base");
  }
  return undefined;
}

const TYPES: readonly JsonType[] = ["string", "number", "boolean", "object", "array", "null"];

type Branch = Step & { kind: "branch" };

// What a branch of the sender accepts alone, and the receiver's form of the branch in question accepts too.
function* doubles(here: Schema, there: Schema, step: Branch, sender: Sender): Generator {
  const [own, other] = sender === "base" ? [step.base, step.revision] : [step.revision, step.base];
  const [union, others] = [here.unions[step.union], there.unions[step.union]];
  const wider = others?.branches[other]?.();
  if (!union || !wider) return;
  const frame: Schema = { ...here, unions: here.unions.filter((each) => each !== union) };
  for (const [i, branch] of union.branches.entries()) {
    if (i === own) continue;
    const both = merge(merge(frame, branch(), here.pointer), wider, here.pointer);
    if (both.never) continue;
    const typed = [...(both.types ?? TYPES)].map((type) => instanceOf({ ...both, types: new Set([type]) }));
    const made = Array.from({ length: TRIES }, (_, seed) => instanceOf(both, seeded(seed, 0.6)));
    for (const value of both.values?.values() ?? [...typed, ...made]) {
      if (value !== NONE && accepts(here, value) && failures(there, value).length > 0) yield value;
    }
  }
}

function isOnTheWay(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
