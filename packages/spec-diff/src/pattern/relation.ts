import { lettersOf, type Letter } from "./alphabet.ts";
import { closure, languageOf, type Alternative, type Automaton, type Language } from "./automaton.ts";
import { compile } from "../schema/merge.ts";
import { canonicalPattern, parsePattern, type CharacterSet } from "./syntax.ts";

/** How the strings of one list of patterns stand to those of another. */
export type Relation = "included" | "not-included" | "undecided";

export interface Separation {
  readonly relation: Relation;
  /** Strings that match all of the one list and not all of the other; each has been tried with the engine's own matcher. */
  readonly words: readonly string[];
}

/** Bounds on the length of the strings looked at, in characters. */
export interface Lengths {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Steps of the search; beyond them the question stays undecided. */
const MOST_STEPS = 20_000;
const WORDS = 3;

/** Whether every string that matches all of `narrow` matches all of `wide`. */
export function relate(narrow: readonly string[], wide: readonly string[], lengths: Lengths = {}): Relation {
  return separate(narrow, wide, lengths).relation;
}

/** Looks for strings that match all of `narrow` but not all of `wide`; every string there is matches an empty list. */
export function separate(
  narrow: readonly string[],
  wide: readonly string[],
  lengths: Lengths = {},
): Separation {
  const known = new Set(narrow.map(canonicalPattern));
  const rest = wide.filter((pattern) => !known.has(canonicalPattern(pattern)));
  if (rest.length === 0) return { relation: "included", words: [] };
  if (narrow.length === 1 && rest.length === 1) {
    const long = separateRuns(narrow[0] ?? "", rest[0] ?? "", lengths);
    if (long) return long;
  }
  return explore(narrow, rest, lengths) ?? { relation: "undecided", words: [] };
}

/** Some shortest strings that match all patterns; none where there are none or the patterns are beyond us. */
export function wordsOf(patterns: readonly string[], lengths: Lengths = {}): readonly string[] {
  return explore(patterns, undefined, lengths)?.words ?? [];
}

interface Machine {
  readonly automaton: Automaton;
  readonly accepting: readonly boolean[];
}

type Position = readonly (readonly number[])[];

interface Visit {
  readonly position: Position;
  readonly length: number;
  readonly before: Visit | undefined;
  readonly letter: Letter | undefined;
}

function explore(
  narrow: readonly string[],
  wide: readonly string[] | undefined,
  { min = 0, max = Infinity }: Lengths,
): Separation | undefined {
  const sets: CharacterSet[] = [];
  const languages: Language[] = [];
  for (const pattern of [...narrow, ...(wide ?? [])]) {
    const node = parsePattern(pattern);
    const language = node && languageOf(node, sets);
    if (!language) return undefined;
    languages.push(language);
  }
  // The character sets of each pattern are numbered after those of the one before; `any` keeps the alphabet from being empty.
  const letters = lettersOf(sets);
  if (!letters) return undefined;
  const machines: Machine[] = [];
  const places = languages.map((language) => language.map((alternative) => place(alternative, machines)));
  const accepts = (position: Position, language: number): boolean =>
    (places[language] ?? []).some(
      ({ whole, ahead }) =>
        isAccepting(machines, position, whole) &&
        ahead.every(({ machine, negated }) => isAccepting(machines, position, machine) !== negated),
    );
  const isWitness = (position: Position): boolean =>
    narrow.every((_, i) => accepts(position, i)) &&
    (wide === undefined || wide.some((_, i) => !accepts(position, narrow.length + i)));

  const matchers = { narrow: narrow.map(compile), wide: wide?.map(compile) };
  const isTrue = (word: string): boolean =>
    matchers.narrow.every((matcher) => matcher?.test(word) === true) &&
    (matchers.wide === undefined || matchers.wide.some((matcher) => matcher?.test(word) === false));

  // Only short minima are counted in the search; a longer one is left to the caller's own check.
  const floor = Math.min(min, 64);
  const first: Visit = {
    position: machines.map(({ automaton }) => closure(automaton, [automaton.start])),
    length: 0,
    before: undefined,
    letter: undefined,
  };
  const seen = new Set<string>();
  const queue: Visit[] = [first];
  const words: string[] = [];
  let doubtful = false;
  for (let i = 0; i < queue.length; i++) {
    if (i > MOST_STEPS) return { relation: words.length > 0 ? "not-included" : "undecided", words };
    const visit = queue[i];
    if (!visit) break;
    if (visit.length >= floor && isWitness(visit.position)) {
      const word = spell(visit);
      if (word !== undefined && isTrue(word)) {
        words.push(word);
        if (words.length >= WORDS) break;
      } else doubtful = true;
    }
    if (visit.length >= max) continue;
    for (const letter of letters) {
      const position = machines.map(({ automaton }, m) =>
        advance(automaton, visit.position[m] ?? [], letter),
      );
      const alive = places
        .slice(0, narrow.length)
        .every((alternatives) => alternatives.some(({ whole }) => (position[whole]?.length ?? 0) > 0));
      if (!alive) continue;
      const length = visit.length + 1;
      const key = `${Math.min(length, floor)}:${position.map((states) => states.join(",")).join(";")}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ position, length, before: visit, letter });
    }
  }
  if (words.length > 0) return { relation: "not-included", words };
  return { relation: doubtful ? "undecided" : "included", words };
}

interface Place {
  readonly whole: number;
  readonly ahead: readonly { readonly machine: number; readonly negated: boolean }[];
}

function place({ whole, ahead }: Alternative, machines: Machine[]): Place {
  const number = (automaton: Automaton): number => {
    const accepting = automaton.free.map((_, state) => state === automaton.end);
    return machines.push({ automaton, accepting }) - 1;
  };
  return {
    whole: number(whole),
    ahead: ahead.map(({ automaton, negated }) => ({ machine: number(automaton), negated })),
  };
}

function isAccepting(machines: readonly Machine[], position: Position, machine: number): boolean {
  const accepting = machines[machine]?.accepting;
  return position[machine]?.some((state) => accepting?.[state] === true) === true;
}

function advance(automaton: Automaton, states: readonly number[], letter: Letter): number[] {
  const reached: number[] = [];
  for (const state of states) {
    for (const { set, to } of automaton.moves[state] ?? []) if (letter.within[set]) reached.push(to);
  }
  return closure(automaton, reached);
}

function spell(visit: Visit): string | undefined {
  const characters: string[] = [];
  for (let at: Visit | undefined = visit; at?.letter; at = at.before) {
    if (at.letter.sample === undefined) return undefined;
    characters.push(at.letter.sample);
  }
  return characters.reverse().join("");
}

// Patterns such as `^[a-z]{1,32768}$`: one set, many times. Written out they would be too long, and need not be.
function separateRuns(
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

/** From this length on a repetition is not written out. */
const LONG = 2000;

function runOf(pattern: string): { set: CharacterSet; min: number; max: number } | undefined {
  const node = parsePattern(pattern);
  const [start, run, end] = node?.kind === "sequence" && node.items.length === 3 ? node.items : [];
  if (start?.kind !== "start" || end?.kind !== "end" || run?.kind !== "repeat") return undefined;
  return run.item.kind === "set" ? { set: run.item.set, min: run.min, max: run.max } : undefined;
}
