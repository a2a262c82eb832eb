import { peek, take, UnsupportedPattern, type Cursor } from "./cursor.ts";
import type { CharacterSet } from "./syntax.ts";

const LAST = 0x10ffff;
const DIGIT: CharacterSet["ranges"] = [[48, 57]];
const WORD: CharacterSet["ranges"] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
// White space and line terminators of ECMAScript.
const SPACE: CharacterSet["ranges"] = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const CLASSES: ReadonlyMap<string, CharacterSet["ranges"]> = new Map([
  ["d", DIGIT],
  ["w", WORD],
  ["s", SPACE],
]);
const CONTROL: ReadonlyMap<string, number> = new Map([
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
  ["0", 0],
]);

/** What `.` matches: everything but line terminators. */
export const DOT: CharacterSet = {
  ranges: [
    [10, 10],
    [13, 13],
    [0x2028, 0x2029],
  ],
  properties: [],
  negated: true,
};

/** The set of one code point. */
export function single(code: number): CharacterSet {
  return { ranges: [[code, code]], properties: [], negated: false };
}

/** Reads what follows a backslash. */
export function readEscape(cursor: Cursor, inBrackets: boolean): CharacterSet {
  const character = take(cursor);
  const ranges = CLASSES.get(character.toLowerCase());
  if (ranges) return { ranges, properties: [], negated: character !== character.toLowerCase() };
  if (character === "p" || character === "P") {
    const property = { name: readName(cursor), negated: character === "P" };
    return { ranges: [], properties: [property], negated: false };
  }
  const control = CONTROL.get(character);
  if (control !== undefined) return single(control);
  if (character === "b" && inBrackets) return single(8);
  if (character === "x" || character === "u") return single(readHexadecimal(cursor, character));
  if (/[A-Za-z1-9]/.test(character)) throw new UnsupportedPattern();
  return single(character.codePointAt(0) ?? 0);
}

function readName(cursor: Cursor): string {
  take(cursor, "{");
  let name = "";
  for (let next = take(cursor); next !== "}"; next = take(cursor)) name += next;
  return name;
}

function readHexadecimal(cursor: Cursor, letter: "x" | "u"): number {
  let digits = "";
  if (letter === "u" && peek(cursor) === "{") digits = readName(cursor);
  else for (let i = 0; i < (letter === "x" ? 2 : 4); i++) digits += take(cursor);
  if (!/^[0-9a-fA-F]+$/.test(digits)) throw new UnsupportedPattern();
  return Number.parseInt(digits, 16);
}

/** Reads what stands between brackets, the closing one included. */
export function readBrackets(cursor: Cursor): CharacterSet {
  const negated = peek(cursor) === "^";
  if (negated) cursor.at++;
  const ranges: (readonly [number, number])[] = [];
  const properties: CharacterSet["properties"][number][] = [];
  while (peek(cursor) !== "]") {
    const low = readMember(cursor);
    if (isSingle(low) && peek(cursor) === "-" && peek(cursor, 1) !== "]" && peek(cursor, 1) !== undefined) {
      cursor.at++;
      const high = readMember(cursor);
      if (!isSingle(high)) throw new UnsupportedPattern();
      ranges.push([low.ranges[0]?.[0] ?? 0, high.ranges[0]?.[0] ?? 0]);
    } else {
      ranges.push(...(low.negated ? complement(low.ranges) : low.ranges));
      properties.push(...low.properties);
    }
  }
  take(cursor, "]");
  return { ranges, properties, negated };
}

function readMember(cursor: Cursor): CharacterSet {
  const character = take(cursor);
  return character === "\\" ? readEscape(cursor, true) : single(character.codePointAt(0) ?? 0);
}

function isSingle({ ranges, properties, negated }: CharacterSet): boolean {
  return !negated && properties.length === 0 && ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1];
}

function complement(ranges: CharacterSet["ranges"]): [number, number][] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const holes: [number, number][] = [];
  let from = 0;
  for (const [low, high] of sorted) {
    if (low > from) holes.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  if (from <= LAST) holes.push([from, LAST]);
  return holes;
}
