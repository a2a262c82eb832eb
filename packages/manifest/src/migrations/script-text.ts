/** A call in a chain: `.integer('c')` is `{ name: "integer", args: ["'c'"] }`. */
export interface Call {
  readonly name: string;
  readonly args: readonly string[];
}

const QUOTES = new Set(["'", '"', "`"]);
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** The index after the string literal that starts at `start`; a backslash hides what follows it. */
export function endOfString(text: string, start: number): number {
  const quote = text[start];
  let i = start + 1;
  while (i < text.length && text[i] !== quote) i += text[i] === "\\" ? 2 : 1;
  return Math.min(i + 1, text.length);
}

/** JavaScript without its comments; strings keep what looks like one. */
export function withoutComments(text: string): string {
  let out = "";
  let i = 0;
  while (i < text.length) {
    const char = text[i] ?? "";
    if (QUOTES.has(char)) {
      const end = endOfString(text, i);
      out += text.slice(i, end);
      i = end;
    } else if (text.startsWith("//", i)) {
      const end = text.indexOf("\n", i);
      i = end < 0 ? text.length : end;
    } else if (text.startsWith("/*", i)) {
      const end = text.indexOf("*/", i + 2);
      i = end < 0 ? text.length : end + 2;
      out += " ";
    } else {
      out += char;
      i++;
    }
  }
  return out;
}

/** The index after the bracket that closes the one at `start`. */
export function endOfBracket(text: string, start: number): number {
  const open: string[] = [];
  for (let i = start; i < text.length; i++) {
    const char = text[i] ?? "";
    if (QUOTES.has(char)) i = endOfString(text, i) - 1;
    else if (char in CLOSING) open.push(CLOSING[char] ?? "");
    else if (char === open.at(-1)) {
      open.pop();
      if (open.length === 0) return i + 1;
    }
  }
  return text.length;
}

/** The parts of an argument list, cut at its own commas. */
function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (QUOTES.has(char)) i = endOfString(text, i) - 1;
    else if (char in CLOSING) i = endOfBracket(text, i) - 1;
    else if (char === ",") {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts.filter((part) => part !== "");
}

/** The chain of calls `.a(…).b(…)` whose first dot is at or after `start`, with the index after it. */
export function chainAt(
  text: string,
  start: number,
): { readonly calls: readonly Call[]; readonly end: number } {
  const calls: Call[] = [];
  let end = start;
  for (;;) {
    const head = /^\s*\??\.\s*([A-Za-z_$][\w$]*)\s*\(/.exec(text.slice(end, end + 200));
    if (!head) return { calls, end };
    const open = end + head[0].length - 1;
    const close = endOfBracket(text, open);
    calls.push({ name: head[1] ?? "", args: splitArguments(text.slice(open + 1, close - 1)) });
    end = close;
  }
}

/** The value of a string literal, or `undefined` for any other expression. */
export function literalOf(expression: string | undefined): string | undefined {
  if (!expression || !QUOTES.has(expression[0] ?? "")) return undefined;
  return endOfString(expression, 0) === expression.length ? expression.slice(1, -1) : undefined;
}

/** The values of a literal or of an array of literals. */
export function literalsOf(expression: string | undefined): string[] {
  const one = literalOf(expression);
  if (one !== undefined) return [one];
  if (!expression?.startsWith("[")) return [];
  return splitArguments(expression.slice(1, -1)).flatMap((part) => literalOf(part) ?? []);
}

/** The constants of a script that are string literals, by name. */
export function constantsOf(text: string): ReadonlyMap<string, string> {
  const constants = new Map<string, string>();
  for (const match of text.matchAll(/\b(?:const|let|var)\s+([\w$]+)\s*=\s*(?=['"`])/g)) {
    const start = match.index + match[0].length;
    const value = literalOf(text.slice(start, endOfString(text, start)));
    if (value !== undefined && match[1] !== undefined) constants.set(match[1], value);
  }
  return constants;
}
