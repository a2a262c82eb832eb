import { canonicalPattern } from "./canonical.ts";
import { separateRuns } from "./runs.ts";
import { searchWords } from "./search.ts";

/** How the strings of one list of patterns relate to those of another. */
export type Relation = "included" | "not-included" | "undecided";

/** A relation with the strings that show it. */
export interface Separation {
  readonly relation: Relation;
  /** Strings that match all of the one list and not all of the other; each was checked with a matcher. */
  readonly words: readonly string[];
}

/** Limits on the length of strings, in characters. */
export interface Lengths {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Whether every string that matches all of `narrow` matches all of `wide`. */
export function relate(narrow: readonly string[], wide: readonly string[], lengths: Lengths = {}): Relation {
  return separate(narrow, wide, lengths).relation;
}

/** Looks for strings that match all of `narrow` but not all of `wide`; every string matches an empty list. */
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
  return searchWords({ narrow, wide: rest, lengths }) ?? { relation: "undecided", words: [] };
}

/** Some shortest strings that match all patterns; none where there are none or the patterns are not supported. */
export function wordsOf(patterns: readonly string[], lengths: Lengths = {}): readonly string[] {
  return searchWords({ narrow: patterns, wide: undefined, lengths })?.words ?? [];
}
