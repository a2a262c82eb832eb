import type { CharacterSet } from "./syntax.ts";

/** Characters that no set tells apart, as one letter. */
export interface Letter {
  /** A character of the class, where one is known. */
  readonly sample: string | undefined;
  /** Whether each set, in the order given, holds the class. */
  readonly within: readonly boolean[];
}

const LAST = 0x10ffff;
/** Below this every code point is looked at one by one. */
const EXACT = 0x180;
/** How many code points of a wide range are tried for a sample. */
const TRIED = 2048;
const MOST_PROPERTIES = 6;

/**
 * Splits all of Unicode into letters: characters that no set tells apart. Above {@link EXACT} the Unicode properties are taken to be
 * independent of each other, so that a letter may stand for no character at all; it has no sample then. `undefined`: too many
 * properties.
 */
export function lettersOf(sets: readonly CharacterSet[]): Letter[] | undefined {
  const names = [...new Set(sets.flatMap(({ properties }) => properties.map(({ name }) => name)))];
  const tests = names.map(propertyTest);
  if (names.length > MOST_PROPERTIES || tests.includes(undefined)) return undefined;
  const holds = (code: number): boolean[] =>
    tests.map((test) => test?.test(String.fromCodePoint(code)) === true);

  const letters = new Map<string, Letter>();
  const add = (code: number, facts: readonly boolean[], sample: string | undefined): void => {
    const within = sets.map((set) => isWithin({ set, names }, code, facts));
    const key = within.map(Number).join("");
    const known = letters.get(key);
    if (!known?.sample || (sample !== undefined && isNice(sample) && !isNice(known.sample))) {
      letters.set(key, { sample: sample ?? known?.sample, within });
    }
  };

  for (let code = 0; code < EXACT; code++) add(code, holds(code), String.fromCodePoint(code));
  for (const [low, high] of cellsOf(sets)) {
    const unseen = new Set(combinations(names.length).map((facts) => facts.map(Number).join("")));
    for (let code = low; code <= Math.min(high, low + TRIED) && unseen.size > 0; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const facts = holds(code);
      if (unseen.delete(facts.map(Number).join(""))) add(code, facts, String.fromCodePoint(code));
    }
    if (high - low <= TRIED) continue;
    for (const facts of combinations(names.length)) {
      if (unseen.has(facts.map(Number).join(""))) add(low, facts, undefined);
    }
  }
  return [...letters.values()];
}

/** The test of a Unicode property by its name in `\p{…}`; `undefined` where there is no such property. */
export function propertyTest(name: string): RegExp | undefined {
  try {
    return new RegExp(`^\\p{${name}}$`, "u");
  } catch {
    return undefined;
  }
}

function isNice(sample: string): boolean {
  return /^[A-Za-z0-9]$/.test(sample);
}

function combinations(count: number): boolean[][] {
  return Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (__, i) => Math.floor(bits / 2 ** i) % 2 === 1),
  );
}

/** A set of characters, and the names of the Unicode properties whose facts are given for a character. */
export interface NamedSet {
  readonly set: CharacterSet;
  readonly names: readonly string[];
}

/** Whether a code point is in a set; `facts` are its Unicode properties, in the order of the names. */
export function isWithin({ set, names }: NamedSet, code: number, facts: readonly boolean[]): boolean {
  const inRange = set.ranges.some(([low, high]) => code >= low && code <= high);
  const inProperty = set.properties.some(({ name, negated }) => facts[names.indexOf(name)] !== negated);
  return (inRange || inProperty) !== set.negated;
}

// The ranges above EXACT between the ends of all ranges that the sets mention.
function cellsOf(sets: readonly CharacterSet[]): [number, number][] {
  const starts = new Set([EXACT]);
  for (const { ranges } of sets) {
    for (const [low, high] of ranges) {
      if (low > EXACT) starts.add(low);
      if (high + 1 > EXACT && high < LAST) starts.add(high + 1);
    }
  }
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.map((low, i) => [low, (sorted[i + 1] ?? LAST + 1) - 1]);
}
