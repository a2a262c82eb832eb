/** A set of characters as a pattern writes it: ranges of code points and Unicode properties, possibly turned round. */
export interface CharacterSet {
  readonly ranges: readonly (readonly [number, number])[];
  readonly properties: readonly { readonly name: string; readonly negated: boolean }[];
  readonly negated: boolean;
}

/** A regular expression, taken apart. */
export type PatternNode =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "sequence"; readonly items: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly options: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly item: PatternNode; readonly min: number; readonly max: number }
  | { readonly kind: "start" | "end" }
  | { readonly kind: "ahead"; readonly item: PatternNode; readonly negated: boolean };

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
const LINE_ENDS: CharacterSet["ranges"] = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
];
const CONTROL: ReadonlyMap<string, number> = new Map([
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
  ["0", 0],
]);

class Unsupported extends Error {}

/** Takes a pattern apart; `undefined` for what is not regular or not worth it: back references, look-behind, word boundaries. */
export function parsePattern(source: string): PatternNode | undefined {
  const characters = Array.from(source);
  let at = 0;
  const peek = (ahead = 0): string | undefined => characters[at + ahead];
  const give = (): never => {
    throw new Unsupported();
  };
  const take = (expected?: string): string => {
    const character = characters[at++];
    if (character === undefined || (expected !== undefined && character !== expected)) return give();
    return character;
  };
  const looking = (text: string): boolean => characters.slice(at, at + text.length).join("") === text;

  const choice = (): PatternNode => {
    const options = [sequence()];
    while (peek() === "|") {
      at++;
      options.push(sequence());
    }
    const [only] = options;
    return options.length === 1 && only ? only : { kind: "choice", options };
  };

  const sequence = (): PatternNode => {
    const items: PatternNode[] = [];
    for (let next = peek(); next !== undefined && next !== "|" && next !== ")"; next = peek())
      items.push(quantified());
    return { kind: "sequence", items };
  };

  const quantified = (): PatternNode => {
    const item = atom();
    const bounds = quantifier();
    if (!bounds) return item;
    if (item.kind === "start" || item.kind === "end" || item.kind === "ahead") return give();
    return { kind: "repeat", item, ...bounds };
  };

  const quantifier = (): { min: number; max: number } | undefined => {
    const bounds = { "*": [0, Infinity], "+": [1, Infinity], "?": [0, 1] } as const;
    const sign = peek();
    let found: { min: number; max: number } | undefined;
    if (sign === "*" || sign === "+" || sign === "?") {
      at++;
      found = { min: bounds[sign][0], max: bounds[sign][1] };
    } else if (sign === "{") {
      const match = /^\{(\d+)(,(\d*))?\}/.exec(characters.slice(at, at + 24).join(""));
      if (!match) return undefined;
      at += match[0].length;
      const min = Number(match[1]);
      found = { min, max: match[2] === undefined ? min : match[3] ? Number(match[3]) : Infinity };
    }
    // A lazy quantifier matches the same strings.
    if (found && peek() === "?") at++;
    return found;
  };

  const atom = (): PatternNode => {
    const character = take();
    if (character === "^") return { kind: "start" };
    if (character === "$") return { kind: "end" };
    if (character === ".") return one({ ranges: LINE_ENDS, properties: [], negated: true });
    if (character === "[") return one(bracket());
    if (character === "\\") return one(escaped(false));
    if (character !== "(") {
      const code = character.codePointAt(0) ?? 0;
      return one({ ranges: [[code, code]], properties: [], negated: false });
    }
    let ahead: boolean | undefined;
    if (looking("?=") || looking("?!")) {
      ahead = peek(1) === "!";
      at += 2;
    } else if (looking("?:")) at += 2;
    else if (looking("?<") && !looking("?<=") && !looking("?<!")) {
      while (take() !== ">");
    } else if (peek() === "?") return give();
    const inner = choice();
    take(")");
    return ahead === undefined ? inner : { kind: "ahead", item: inner, negated: ahead };
  };

  const escaped = (inBrackets: boolean): CharacterSet => {
    const character = take();
    const plain = { properties: [], negated: false };
    if (character === "d") return { ...plain, ranges: DIGIT };
    if (character === "D") return { ranges: DIGIT, properties: [], negated: true };
    if (character === "w") return { ...plain, ranges: WORD };
    if (character === "W") return { ranges: WORD, properties: [], negated: true };
    if (character === "s") return { ...plain, ranges: SPACE };
    if (character === "S") return { ranges: SPACE, properties: [], negated: true };
    if (character === "p" || character === "P") {
      take("{");
      let name = "";
      for (let next = take(); next !== "}"; next = take()) name += next;
      return { ranges: [], properties: [{ name, negated: character === "P" }], negated: false };
    }
    const control = CONTROL.get(character);
    if (control !== undefined) return { ...plain, ranges: [[control, control]] };
    if (character === "b" && inBrackets) return { ...plain, ranges: [[8, 8]] };
    if (character === "x" || character === "u") return { ...plain, ranges: [[...hexadecimal(character)]] };
    if (/[A-Za-z1-9]/.test(character)) return give();
    const code = character.codePointAt(0) ?? 0;
    return { ...plain, ranges: [[code, code]] };
  };

  const hexadecimal = (letter: string): [number, number] => {
    let digits = "";
    if (letter === "u" && peek() === "{") {
      at++;
      for (let next = take(); next !== "}"; next = take()) digits += next;
    } else for (let i = 0; i < (letter === "x" ? 2 : 4); i++) digits += take();
    if (!/^[0-9a-fA-F]+$/.test(digits)) return give();
    const code = Number.parseInt(digits, 16);
    return [code, code];
  };

  const bracket = (): CharacterSet => {
    const negated = peek() === "^";
    if (negated) at++;
    const ranges: (readonly [number, number])[] = [];
    const properties: CharacterSet["properties"][number][] = [];
    while (peek() !== "]") {
      const low = inBracket();
      const single = low.properties.length === 0 && !low.negated && isSingle(low);
      if (single && peek() === "-" && peek(1) !== "]" && peek(1) !== undefined) {
        at++;
        const high = inBracket();
        if (!isSingle(high) || high.negated || high.properties.length > 0) return give();
        ranges.push([low.ranges[0]?.[0] ?? 0, high.ranges[0]?.[0] ?? 0]);
      } else {
        ranges.push(...(low.negated ? complement(low.ranges) : low.ranges));
        properties.push(...low.properties);
      }
    }
    take("]");
    return { ranges, properties, negated };
  };

  const inBracket = (): CharacterSet => {
    const character = take();
    if (character === "\\") return escaped(true);
    const code = character.codePointAt(0) ?? 0;
    return { ranges: [[code, code]], properties: [], negated: false };
  };

  try {
    const node = choice();
    return at === characters.length ? node : undefined;
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

/** A text that two patterns share if they differ only in how a set of characters is written. */
export function canonicalPattern(source: string): string {
  const node = parsePattern(source);
  if (!node) return source;
  return JSON.stringify(node, (_, value: unknown) => (isSet(value) ? canonicalSet(value) : value));
}

function isSet(value: unknown): value is CharacterSet {
  return typeof value === "object" && value !== null && "ranges" in value;
}

function canonicalSet({ ranges, properties, negated }: CharacterSet): string {
  const merged: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  const names = [
    ...new Set(properties.map((property) => `${property.negated ? "P" : "p"}{${property.name}}`)),
  ];
  return `${negated ? "^" : ""}${merged.join(";")}${names.sort().join("")}`;
}

function one(set: CharacterSet): PatternNode {
  return { kind: "set", set };
}

function isSingle({ ranges }: CharacterSet): boolean {
  return ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1];
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
