import { lettersOf } from "./alphabet.ts";
import { parsePattern } from "./parser.ts";
import type { Lengths, Separation } from "./relation.ts";
import type { CharacterSet } from "./syntax.ts";

/** From this length on a repetition is not written out as an automaton. */
const LONG = 2000;

/** Separates patterns such as `^[a-z]{1,32768}$`: one set, repeated. `undefined` for any other. */
export function separateRuns(
  narrow: string,
  wide: string,
  { min = 0, max = Infinity }: Lengths,
): Separation | undefined {
  const [a, b] = [runOf(narrow), runOf(wide)];
  if (!a || !b || Math.max(a.max, b.max, a.min, b.min) < LONG) return undefined;
  const letters = lettersOf([a.set, b.set]);
  if (!letters) return undefined;
  const [low, high] = [Math.max(a.min, min), Math.min(a.max, max)];
  const inside = letters.filter(({ within }) => within[0]);
  const foreign = inside.filter(({ within }) => !within[1]);
  if (low > high || inside.length === 0 || (foreign.length === 0 && low >= b.min && high <= b.max)) {
    return { relation: "included", words: [] };
  }
  const sample = (foreign.length > 0 ? foreign : inside).find(
    (letter) => letter.sample !== undefined,
  )?.sample;
  const length = foreign.length > 0 ? Math.max(low, 1) : low < b.min ? low : b.max + 1;
  if (sample === undefined || length > high) return undefined;
  return { relation: "not-included", words: [sample.repeat(length)] };
}

interface Run {
  readonly set: CharacterSet;
  readonly min: number;
  readonly max: number;
}

function runOf(pattern: string): Run | undefined {
  const node = parsePattern(pattern);
  const [start, run, end] = node?.kind === "sequence" && node.items.length === 3 ? node.items : [];
  if (start?.kind !== "start" || end?.kind !== "end" || run?.kind !== "repeat") return undefined;
  return run.item.kind === "set" ? { set: run.item.set, min: run.min, max: run.max } : undefined;
}
