import { runInNewContext } from "node:vm";
import { isWithin, propertyTest } from "./alphabet.ts";
import { closure, languageOf, type Alternative, type Automaton } from "./automaton.ts";
import { parsePattern } from "./parser.ts";
import type { CharacterSet, PatternNode } from "./syntax.ts";

/** Whether a text matches; `undefined` where that cannot be decided within the limits. */
export type Matcher = (text: string) => boolean | undefined;

/** Steps of a backtracking matcher that are always affordable. */
const AFFORDABLE = 5_000_000;
/** Steps of an automaton on one text. */
const MAX_STEPS = 100_000;
/** Milliseconds for one text where only the engine's own matcher can decide. */
const TIME_LIMIT = 20;
const MAX_KNOWN = 500;
/** Parts of a pattern with its counted groups written out. */
const MAX_SIZE = 20_000;

// The matcher of a pattern depends on nothing else, and one pattern is used for thousands of values.
const known = new Map<string, Matcher>();

/** Whether a text matches a pattern of JSON Schema; `undefined` where that is not decided. What is no pattern matches everything. */
export function matches(pattern: string, text: string): boolean | undefined {
  const made = known.get(pattern) ?? createMatcher(pattern);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(pattern, made);
  return made(text);
}

/** The pattern as JSON Schema means it: with the `u` flag, without where it has no such form, `undefined` where it is none. */
function compile(pattern: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // the next form is tried
    }
  }
  return undefined;
}

function createMatcher(pattern: string): Matcher {
  const engine = compile(pattern);
  if (!engine) return () => true;
  const node = parsePattern(pattern);
  // The engine writes counted groups out when it first uses them.
  if (node && sizeOf(node) > MAX_SIZE) return () => undefined;
  const degree = node ? degreeOf(node, false) + (isAnchored(node) ? 0 : 1) : Infinity;
  const automaton = node && degree > 1 ? automatonMatcher(node) : undefined;
  return (text) => {
    if (text.length ** degree <= AFFORDABLE) return engine.test(text);
    return automaton?.(text) ?? limited(engine, text);
  };
}

// How many repetitions share a text at most: the engine may try every way to divide it among them. Nested ones are exponential.
function degreeOf(node: PatternNode, repeated: boolean): number {
  switch (node.kind) {
    case "sequence":
      return node.items.reduce((sum, item) => sum + degreeOf(item, repeated), 0);
    case "choice":
      if (repeated) return Infinity;
      return Math.max(0, ...node.options.map((option) => degreeOf(option, repeated)));
    case "repeat": {
      if (node.max <= 1) return degreeOf(node.item, repeated);
      const variable = node.min !== node.max;
      if (variable && repeated) return Infinity;
      return (variable ? 1 : 0) + degreeOf(node.item, variable || repeated);
    }
    case "ahead":
      return degreeOf(node.item, repeated);
    default:
      return 0;
  }
}

function sizeOf(node: PatternNode): number {
  switch (node.kind) {
    case "sequence":
      return node.items.reduce((sum, item) => sum + sizeOf(item), 0);
    case "choice":
      return node.options.reduce((sum, option) => sum + sizeOf(option), 0);
    case "repeat": {
      if (node.item.kind === "set") return 1;
      return sizeOf(node.item) * Math.max(node.min, Number.isFinite(node.max) ? node.max : 1, 1);
    }
    case "ahead":
      return sizeOf(node.item);
    default:
      return 1;
  }
}

function isAnchored(node: PatternNode): boolean {
  if (node.kind === "choice") return node.options.every(isAnchored);
  return node.kind === "sequence" && node.items[0]?.kind === "start";
}

function automatonMatcher(node: PatternNode): Matcher | undefined {
  const sets: CharacterSet[] = [];
  const language = languageOf(node, sets);
  if (!language) return undefined;
  const tests = sets.map((set) => testOf(set));
  return (text) => {
    const budget = { left: MAX_STEPS };
    const outcomes = language.map((alternative) => takes(alternative, text, tests, budget));
    return budget.left < 0 ? undefined : outcomes.includes(true);
  };
}

type CharacterTest = (code: number) => boolean;

function testOf(set: CharacterSet): CharacterTest {
  const names = set.properties.map(({ name }) => name);
  const tests = names.map(propertyTest);
  return (code) => {
    const facts = tests.map((test) => test?.test(String.fromCodePoint(code)) === true);
    return isWithin({ set, names }, code, facts);
  };
}

interface Budget {
  left: number;
}

function takes(
  { whole, ahead }: Alternative,
  text: string,
  tests: readonly CharacterTest[],
  budget: Budget,
): boolean {
  return (
    run(whole, text, tests, budget) &&
    ahead.every(({ automaton, negated }) => run(automaton, text, tests, budget) !== negated)
  );
}

function run(automaton: Automaton, text: string, tests: readonly CharacterTest[], budget: Budget): boolean {
  let states = closure(automaton, [automaton.start]);
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const reached = new Set<number>();
    const within = new Map<number, boolean>();
    for (const state of states) {
      for (const { set, to } of automaton.moves[state] ?? []) {
        const holds = within.get(set) ?? tests[set]?.(code) === true;
        within.set(set, holds);
        if (holds) reached.add(to);
      }
    }
    states = closure(automaton, reached);
    budget.left -= states.length + 1;
    if (states.length === 0 || budget.left < 0) return false;
  }
  return states.includes(automaton.end);
}

// Back references and look-behind are beyond an automaton, and a backtracking matcher has no other limit than time.
function limited(engine: RegExp, text: string): boolean | undefined {
  try {
    return runInNewContext("engine.test(text)", { engine, text }, { timeout: TIME_LIMIT }) === true;
  } catch {
    return undefined;
  }
}
