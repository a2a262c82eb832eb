import { describe, expect, test } from "vitest";
import { diffSpecs } from "../src/index.ts";
import { matches } from "../src/pattern/matcher.ts";
import { relate, separate, wordsOf, type Relation } from "../src/pattern/relation.ts";
import { withBody } from "./documents.ts";

const UUID_1_TO_5 = "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";
const UUID_OR_ULID = `^[0-9a-f]{8}-[0-9a-f]{4}-[1-7][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$|^[0-9A-HJKMNP-TV-Z]{26}$`;

type Row = [narrow: string, wide: string, relation: Relation, why: string];

test.each<Row>([
  ["^A$", "^A$|^B$", "included", "a literal among alternatives"],
  ["^(A|B)$", "^[AB]$", "included", "alternatives and a class say the same"],
  ["^[AB]$", "^(?:A|B)$", "included", "and the other way round"],
  ["^\\d{3}$", "^[0-9]{1,4}$", "included", "a count within a count"],
  ["^[0-9]{1,4}$", "^\\d{3}$", "not-included", "a count beyond a count"],
  ["^[a-f]{2}$", "^[a-z]{2}$", "included", "a class within a class"],
  ["^[^a]$", "^[^ab]$", "not-included", "what is left out counts, too"],
  ["^a", "a", "included", "an unanchored pattern matches anywhere"],
  ["a", "^a", "not-included", "which an anchored one does not"],
  ["^\\w+$", "^[\\w\\s]+$", "included", "escapes inside a class"],
  ["^a{2}$", "^aa$", "included", "a count written out"],
  ["^.{1,3}$", "^(?!\\s*$).{1,3}$", "not-included", "a look-ahead at the start refuses blanks"],
  ["^(?!\\s*$).{1,3}$", "^.{1,3}$", "included", "and without it more matches"],
  ["^\\p{L}{1,3}$", "^[\\p{L}\\p{Nd}]{1,3}$", "included", "Unicode properties"],
  ["^[\\p{L}\\p{Nd}]{1,3}$", "^\\p{L}{1,3}$", "not-included", "and one fewer of them"],
  [UUID_1_TO_5, UUID_OR_ULID, "included", "CorrelationId of FSPIOP 1.1 and of 2.0"],
  [UUID_OR_ULID, UUID_1_TO_5, "not-included", "which the older pattern refuses"],
  [
    "^[a-z]{1,32768}$",
    "^[a-z0-9]{1,65536}$",
    "included",
    "long counts of one class are compared as they are written",
  ],
  ["^[a-z]{1,65536}$", "^[a-z]{1,32768}$", "not-included", "and so are their ends"],
  ["^(a)\\1$", "^aa$", "undecided", "a back reference is beyond regular languages"],
  ["^a$", "^(?<=x)a$", "undecided", "so is what is beyond our parser"],
])("%s in %s: %s, %s", (narrow, wide, relation) => {
  expect(relate([narrow], [wide])).toBe(relation);
});

describe("words", () => {
  test.each<[string, string, { min?: number; max?: number }]>([
    ["^[0-9]{1,4}$", "^\\d{3}$", {}],
    [UUID_OR_ULID, UUID_1_TO_5, {}],
    ["^[a-z]{1,65536}$", "^[a-z]{1,32768}$", {}],
    ["", "^x", { min: 3, max: 5 }],
  ])("those that match %s and not %s do so for the engine, too", (narrow, wide, lengths) => {
    const { words } = separate([narrow], [wide], lengths);
    expect(words.length).toBeGreaterThan(0);
    for (const word of words) {
      expect(word).toMatch(new RegExp(narrow, "u"));
      expect(word).not.toMatch(new RegExp(wide, "u"));
      expect(word.length).toBeGreaterThanOrEqual(lengths.min ?? 0);
      expect(word.length).toBeLessThanOrEqual(lengths.max ?? Infinity);
    }
  });

  test("the shortest that match all of several patterns come first", () => {
    expect(wordsOf(["^[a-c]+$", "c$"], { min: 2 })[0]).toMatch(/^[a-c]c$/);
    expect(wordsOf(["^a$", "^b$"])).toEqual([]);
  });
});

// Each of them takes a backtracking matcher longer than a minute.
describe("patterns that explode", () => {
  const EXPLOSIVE = ["^([a-z]{1,12}){1,12}$", "^(a+)+$", "^(\\w+\\s?)*$", "(x+x+)+y", "^(a|a)*$"];
  // Past the longest match, so that every division of the text among the repetitions fails.
  const text = `${"a".repeat(160)}!`;

  test.each(EXPLOSIVE)("%s is decided without backtracking", (pattern) => {
    expect(matches(pattern, text)).toBe(false);
    expect(matches(pattern, pattern.startsWith("(x") ? "xxy" : "aa")).toBe(true);
  });

  test("one that is beyond an automaton is given up, not waited for", () => {
    expect(matches("^(a*)*(\\d)\\2$", text)).toBeUndefined();
  });

  test("samples are bounded", () => {
    const { findings } = diffSpecs(
      withBody({ type: "string", pattern: "^((a{999}){999}){999}$" }),
      withBody({ type: "string", pattern: "^((a{999}){999}){998}$" }),
    );
    expect(findings).toHaveLength(1);
  });
});
