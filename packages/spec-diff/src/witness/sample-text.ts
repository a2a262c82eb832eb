import { lettersOf } from "../pattern/alphabet.ts";
import type { Choices } from "./instance.ts";
import { wordsOf } from "../pattern/relation.ts";
import { matches } from "../pattern/matcher.ts";
import { parsePattern } from "../pattern/parser.ts";
import type { CharacterSet, PatternNode } from "../pattern/syntax.ts";
import type { Schema } from "../schema/schema.ts";
import { lengthOf } from "../schema/measure.ts";
import { accepts } from "../schema/validate.ts";

// A value for each common format.
const FORMATS: ReadonlyMap<string, string> = new Map([
  ["date-time", "2024-01-31T10:20:30.000Z"],
  ["date", "2024-01-31"],
  ["time", "10:20:30Z"],
  ["email", "someone@example.com"],
  ["uuid", "b51ec534-ee48-4575-b6a9-ead2955b8069"],
  ["uri", "https://example.com/"],
  ["hostname", "example.com"],
  ["ipv4", "192.0.2.1"],
  ["ipv6", "2001:db8::1"],
  ["byte", "AAAA"],
]);

const ATTEMPTS = 12;
/** Longest string made, in characters. */
const LONGEST = 70_000;

/** A string that the schema's patterns and lengths accept; `undefined` where none is found. */
export function sampleOf(schema: Schema, choices: Choices): string | undefined {
  const { minLength: min = 0, maxLength: max = Infinity } = schema.bounds;
  if (min > LONGEST) return undefined;
  const plain = { ...schema, types: undefined, unions: [], rest: [] };
  const fits = (text: string): boolean => accepts(plain, text);
  const [pattern] = schema.patterns;
  if (pattern === undefined) {
    const known = FORMATS.get(schema.format ?? "");
    if (known !== undefined && fits(known)) return known;
    return "x".repeat(Math.min(Math.max(min, 1) + choices.pick(3), Math.max(max, 0)));
  }
  // Whatever is made for a pattern that is not decided could not be checked.
  if (matches(pattern, "x") === undefined) return undefined;
  const node = parsePattern(pattern);
  for (let i = 0; node && i < ATTEMPTS; i++) {
    const text = write(node, choices, { left: LONGEST }).join("");
    const padded =
      lengthOf(text) < min && !pattern.endsWith("$") ? text + "x".repeat(min - lengthOf(text)) : text;
    if (fits(padded)) return padded;
  }
  return wordsOf(schema.patterns, { min, max }).find(fits);
}

interface Budget {
  left: number;
}

// Writes a string along the pattern, at most as long as the budget; anchors and look-aheads are left to the check of the result.
function write(node: PatternNode, choices: Choices, budget: Budget): string[] {
  if (budget.left <= 0) return [];
  switch (node.kind) {
    case "set":
      budget.left--;
      return [characterOf(node.set, choices)];
    case "sequence":
      return node.items.flatMap((item) => write(item, choices, budget));
    case "choice": {
      const option = node.options[choices.pick(node.options.length)];
      return option ? write(option, choices, budget) : [];
    }
    case "repeat": {
      const count = node.min + choices.pick(Math.min(node.max - node.min, 3) + 1);
      const characters: string[] = [];
      for (let i = 0; i < count && budget.left > 0; i++) {
        budget.left--;
        for (const character of write(node.item, choices, budget)) characters.push(character);
      }
      return characters;
    }
    default:
      return [];
  }
}

function characterOf(set: CharacterSet, choices: Choices): string {
  const [low, high] = set.negated ? [] : (set.ranges[choices.pick(set.ranges.length)] ?? []);
  if (low !== undefined && high !== undefined && high < 0x180) {
    return String.fromCodePoint(low + choices.pick(high - low + 1));
  }
  if (matchesLetter(set)) return String.fromCodePoint(97 + choices.pick(26));
  const letters = lettersOf([set])?.filter(({ within, sample }) => within[0] && sample !== undefined) ?? [];
  return letters[choices.pick(letters.length)]?.sample ?? "";
}

// `.`, `\S`, `[^,]` and `\p{L}` all match a plain letter.
function matchesLetter(set: CharacterSet): boolean {
  if (!set.negated)
    return set.properties.some(({ name, negated }) => /^(L|Letter|gc=L|Alphabetic)$/.test(name) && !negated);
  return set.properties.length === 0 && set.ranges.every(([low, high]) => high < 97 || low > 122);
}
