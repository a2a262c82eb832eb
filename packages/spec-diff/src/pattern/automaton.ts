import type { CharacterSet, PatternNode } from "./syntax.ts";

/** A nondeterministic automaton: per state, the states reached without a character, and those reached by a character of a set. */
export interface Automaton {
  readonly free: number[][];
  readonly moves: { readonly set: number; readonly to: number }[][];
  readonly start: number;
  readonly end: number;
}

/** A pattern as automata: a string matches if one alternative does. */
export type Language = readonly Alternative[];

/** A string matches when `whole` takes it, and each look-ahead accepts or refuses it as required. */
export interface Alternative {
  readonly whole: Automaton;
  readonly ahead: readonly { readonly automaton: Automaton; readonly negated: boolean }[];
}

/** Most states of one automaton; counted repetitions are written out. */
const MOST_STATES = 12_000;

class TooLarge extends Error {}

/** Builds the automata of a pattern, numbering its character sets into `sets`; `undefined` where that cannot be done. */
export function languageOf(pattern: PatternNode, sets: CharacterSet[]): Language | undefined {
  const numbers = new Map<string, number>();
  const numberOf = (set: CharacterSet): number => {
    const key = JSON.stringify(set);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    return sets.push(set) - 1;
  };
  try {
    return alternativesOf(pattern).map((option) => alternativeOf(option, numberOf));
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

function alternativesOf(node: PatternNode): readonly PatternNode[] {
  if (node.kind === "choice") return node.options.flatMap(alternativesOf);
  const [only] = node.kind === "sequence" && node.items.length === 1 ? node.items : [];
  return only?.kind === "choice" ? alternativesOf(only) : [node];
}

// Anchors and look-aheads are supported at the two ends of an alternative, and nowhere else.
function alternativeOf(node: PatternNode, numberOf: (set: CharacterSet) => number): Alternative {
  let items = node.kind === "sequence" ? [...node.items] : [node];
  const anchored = items[0]?.kind === "start";
  if (anchored) items = items.slice(1);
  const ahead: Alternative["ahead"][number][] = [];
  for (let first = items[0]; first?.kind === "ahead"; first = items[0]) {
    if (!anchored) throw new TooLarge();
    for (const option of first.negated ? alternativesOf(first.item) : [first.item]) {
      ahead.push({ automaton: build(option, true, numberOf), negated: first.negated });
    }
    items = items.slice(1);
  }
  return { whole: build({ kind: "sequence", items }, anchored, numberOf), ahead };
}

function build(node: PatternNode, anchored: boolean, numberOf: (set: CharacterSet) => number): Automaton {
  const free: number[][] = [];
  const moves: Automaton["moves"] = [];
  const state = (): number => {
    if (free.length >= MOST_STATES) throw new TooLarge();
    free.push([]);
    moves.push([]);
    return free.length - 1;
  };
  const link = (from: number, to: number): void => {
    free[from]?.push(to);
  };
  const any = numberOf({ ranges: [], properties: [], negated: true });

  const grow = (part: PatternNode, from: number): number => {
    switch (part.kind) {
      case "set": {
        const to = state();
        moves[from]?.push({ set: numberOf(part.set), to });
        return to;
      }
      case "sequence":
        return part.items.reduce((at, item) => grow(item, at), from);
      case "choice": {
        const to = state();
        for (const option of part.options) {
          const entry = state();
          link(from, entry);
          link(grow(option, entry), to);
        }
        return to;
      }
      case "repeat":
        return repeat(part, from);
      default:
        throw new TooLarge();
    }
  };
  const repeat = ({ item, min, max }: PatternNode & { kind: "repeat" }, from: number): number => {
    let at = from;
    for (let i = 0; i < min; i++) at = grow(item, at);
    if (max === Infinity) {
      const loop = state();
      link(at, loop);
      link(grow(item, loop), loop);
      return loop;
    }
    const to = state();
    for (let i = min; i < max; i++) {
      link(at, to);
      const entry = state();
      link(at, entry);
      at = grow(item, entry);
    }
    link(at, to);
    return to;
  };

  let items = node.kind === "sequence" ? node.items : [node];
  const fixed = items.at(-1)?.kind === "end";
  if (fixed) items = items.slice(0, -1);
  const start = state();
  if (!anchored) moves[start]?.push({ set: any, to: start });
  const end = grow({ kind: "sequence", items }, start);
  if (!fixed) moves[end]?.push({ set: any, to: end });
  return { free, moves, start, end };
}

/** The states of an automaton that some states lead to without a character, sorted. */
export function closure({ free }: Automaton, states: Iterable<number>): number[] {
  const reached = new Set(states);
  for (const at of reached) for (const to of free[at] ?? []) reached.add(to);
  return [...reached].sort((a, b) => a - b);
}
