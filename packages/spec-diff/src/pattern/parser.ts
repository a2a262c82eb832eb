import { DOT, readBrackets, readEscape, single } from "./character-set.ts";
import { follows, peek, take, UnsupportedPattern, type Cursor } from "./cursor.ts";
import type { CharacterSet, PatternNode } from "./syntax.ts";

/** Deeper than the groups of any pattern in use. */
const MAX_DEPTH = 100;

/** Parses a pattern; `undefined` for one that is not regular or not supported: back references, look-behind, word boundaries. */
export function parsePattern(source: string): PatternNode | undefined {
  const cursor: Cursor = { characters: Array.from(source), at: 0, depth: 0 };
  try {
    const node = choice(cursor);
    return cursor.at === cursor.characters.length ? node : undefined;
  } catch (error) {
    if (error instanceof UnsupportedPattern) return undefined;
    throw error;
  }
}

function choice(cursor: Cursor): PatternNode {
  const options = [sequence(cursor)];
  while (peek(cursor) === "|") {
    cursor.at++;
    options.push(sequence(cursor));
  }
  const [only] = options;
  return options.length === 1 && only ? only : { kind: "choice", options };
}

function sequence(cursor: Cursor): PatternNode {
  const items: PatternNode[] = [];
  for (let next = peek(cursor); next !== undefined && next !== "|" && next !== ")"; next = peek(cursor))
    items.push(quantified(cursor));
  return { kind: "sequence", items };
}

function quantified(cursor: Cursor): PatternNode {
  const item = atom(cursor);
  const bounds = quantifier(cursor);
  if (!bounds) return item;
  if (item.kind === "start" || item.kind === "end" || item.kind === "ahead") throw new UnsupportedPattern();
  return { kind: "repeat", item, ...bounds };
}

const SIGNS = { "*": [0, Infinity], "+": [1, Infinity], "?": [0, 1] } as const;

function quantifier(cursor: Cursor): { min: number; max: number } | undefined {
  const sign = peek(cursor);
  let found: { min: number; max: number } | undefined;
  if (sign === "*" || sign === "+" || sign === "?") {
    cursor.at++;
    found = { min: SIGNS[sign][0], max: SIGNS[sign][1] };
  } else if (sign === "{") {
    const match = /^\{(\d+)(,(\d*))?\}/.exec(cursor.characters.slice(cursor.at, cursor.at + 24).join(""));
    if (!match) return undefined;
    cursor.at += match[0].length;
    const min = Number(match[1]);
    found = { min, max: match[2] === undefined ? min : match[3] ? Number(match[3]) : Infinity };
  }
  // A lazy quantifier matches the same strings.
  if (found && peek(cursor) === "?") cursor.at++;
  return found;
}

function atom(cursor: Cursor): PatternNode {
  const character = take(cursor);
  switch (character) {
    case "^":
      return { kind: "start" };
    case "$":
      return { kind: "end" };
    case ".":
      return one(DOT);
    case "[":
      return one(readBrackets(cursor));
    case "\\":
      return one(readEscape(cursor, false));
    case "(":
      return group(cursor);
    default:
      return one(single(character.codePointAt(0) ?? 0));
  }
}

function group(cursor: Cursor): PatternNode {
  if (++cursor.depth > MAX_DEPTH) throw new UnsupportedPattern();
  let negated: boolean | undefined;
  if (follows(cursor, "?=") || follows(cursor, "?!")) {
    negated = peek(cursor, 1) === "!";
    cursor.at += 2;
  } else if (follows(cursor, "?:")) cursor.at += 2;
  else if (follows(cursor, "?<") && !follows(cursor, "?<=") && !follows(cursor, "?<!")) {
    while (take(cursor) !== ">");
  } else if (peek(cursor) === "?") throw new UnsupportedPattern();
  const item = choice(cursor);
  take(cursor, ")");
  cursor.depth--;
  return negated === undefined ? item : { kind: "ahead", item, negated };
}

function one(set: CharacterSet): PatternNode {
  return { kind: "set", set };
}
