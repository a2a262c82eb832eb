import { lettersOf, type Letter } from "./alphabet.ts";
import { closure, languageOf, type Alternative, type Automaton, type Language } from "./automaton.ts";
import { matches } from "./matcher.ts";
import { parsePattern } from "./parser.ts";
import type { Lengths, Separation } from "./relation.ts";
import type { CharacterSet } from "./syntax.ts";

/** Which strings are looked for: those that match all of `narrow` and, where `wide` is given, not all of it. */
export interface Search {
  readonly narrow: readonly string[];
  readonly wide: readonly string[] | undefined;
  readonly lengths: Lengths;
}

/** States visited in one search, some tens of milliseconds; beyond them the question stays undecided. */
const MAX_WORK = 150_000;
const WORDS = 3;
/** A longer minimum is left to the caller's own check. */
const MAX_COUNTED_MINIMUM = 64;

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

interface Placed {
  readonly whole: number;
  readonly ahead: readonly { readonly machine: number; readonly negated: boolean }[];
}

/** The automata of all patterns of a search, side by side. */
interface Product {
  readonly machines: readonly Machine[];
  /** The alternatives of each pattern, `narrow` first. */
  readonly places: readonly (readonly Placed[])[];
  readonly letters: readonly Letter[];
}

/** Shortest strings first, each checked with a matcher; `undefined` for patterns that are not supported. */
export function searchWords(search: Search): Separation | undefined {
  const product = productOf([...search.narrow, ...(search.wide ?? [])]);
  return product && explore(product, search);
}

function productOf(patterns: readonly string[]): Product | undefined {
  const sets: CharacterSet[] = [];
  const languages: Language[] = [];
  for (const pattern of patterns) {
    const node = parsePattern(pattern);
    const language = node && languageOf(node, sets);
    if (!language) return undefined;
    languages.push(language);
  }
  const letters = lettersOf(sets);
  if (!letters) return undefined;
  const machines: Machine[] = [];
  const places = languages.map((language) => language.map((alternative) => place(alternative, machines)));
  return { machines, places, letters };
}

function place({ whole, ahead }: Alternative, machines: Machine[]): Placed {
  const number = (automaton: Automaton): number => {
    const accepting = automaton.free.map((_, state) => state === automaton.end);
    return machines.push({ automaton, accepting }) - 1;
  };
  return {
    whole: number(whole),
    ahead: ahead.map(({ automaton, negated }) => ({ machine: number(automaton), negated })),
  };
}

function explore(product: Product, search: Search): Separation {
  const { machines, letters } = product;
  const { min = 0, max = Infinity } = search.lengths;
  const floor = Math.min(min, MAX_COUNTED_MINIMUM);
  const start = machines.map(({ automaton }) => closure(automaton, [automaton.start]));
  const queue: Visit[] = [{ position: start, length: 0, before: undefined, letter: undefined }];
  const seen = new Set<string>();
  const words: string[] = [];
  let doubtful = false;
  let work = 0;
  for (const visit of queue) {
    if (visit.length >= floor && isWanted(product, search, visit.position)) {
      const word = spell(visit);
      if (word !== undefined && isConfirmed(search, word)) {
        words.push(word);
        if (words.length >= WORDS) break;
      } else doubtful = true;
    }
    if (visit.length >= max) continue;
    for (const letter of letters) {
      const position = machines.map(({ automaton }, m) =>
        advance(automaton, visit.position[m] ?? [], letter),
      );
      work += visit.position.reduce((sum, states) => sum + states.length, 1);
      if (!isAlive(product, search, position)) continue;
      const length = visit.length + 1;
      const key = `${Math.min(length, floor)}:${position.map((states) => states.join(",")).join(";")}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ position, length, before: visit, letter });
    }
    if (work > MAX_WORK) {
      doubtful = true;
      break;
    }
  }
  if (words.length > 0) return { relation: "not-included", words };
  return { relation: doubtful ? "undecided" : "included", words };
}

// Whether a string that got this far can still match all of `narrow`.
function isAlive({ places }: Product, { narrow }: Search, position: Position): boolean {
  return places
    .slice(0, narrow.length)
    .every((alternatives) => alternatives.some(({ whole }) => (position[whole]?.length ?? 0) > 0));
}

function isWanted(product: Product, { narrow, wide }: Search, position: Position): boolean {
  return (
    narrow.every((_, i) => accepts(product, position, i)) &&
    (wide === undefined || wide.some((_, i) => !accepts(product, position, narrow.length + i)))
  );
}

function accepts({ machines, places }: Product, position: Position, pattern: number): boolean {
  return (places[pattern] ?? []).some(
    ({ whole, ahead }) =>
      isAccepting(machines, position, whole) &&
      ahead.every(({ machine, negated }) => isAccepting(machines, position, machine) !== negated),
  );
}

function isAccepting(machines: readonly Machine[], position: Position, machine: number): boolean {
  const accepting = machines[machine]?.accepting;
  return position[machine]?.some((state) => accepting?.[state] === true) === true;
}

// The alphabet takes Unicode properties as independent, so a word is checked as a matcher sees it.
function isConfirmed({ narrow, wide }: Search, word: string): boolean {
  return (
    narrow.every((pattern) => matches(pattern, word) === true) &&
    (wide === undefined || wide.some((pattern) => matches(pattern, word) === false))
  );
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
