/** Where a value of a JSON text starts, and where its members or items do. */
export interface JsonNode {
  /** Offset of the member's name, or of the value where it has none. */
  readonly offset: number;
  readonly below: Map<string, JsonNode>;
}

/** The places of a JSON text. */
export interface JsonIndex {
  readonly root: JsonNode;
  /** Paths of members that are written twice in one object, with the offset of the second one. */
  readonly duplicates: readonly { readonly steps: readonly string[]; readonly offset: number }[];
}

/** Indexes a text that `JSON.parse` accepts. */
export function indexJson(text: string): JsonIndex {
  const duplicates: { steps: readonly string[]; offset: number }[] = [];
  let at = 0;
  const skip = (): void => {
    while (at < text.length && (BLANK.has(text.charCodeAt(at)) || SEPARATOR.has(text.charCodeAt(at)))) at++;
  };
  const string = (): string => {
    const start = at++;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at++;
    return JSON.parse(text.slice(start, at)) as string; // a JSON string is a string
  };
  const value = (offset: number, steps: readonly string[]): JsonNode => {
    const below = new Map<string, JsonNode>();
    const first = text[at];
    if (first === '"') string();
    else if (first === "{" || first === "[") {
      const end = first === "{" ? "}" : "]";
      at++;
      skip();
      for (let i = 0; text[at] !== end; i++) {
        const start = at;
        const name = first === "{" ? string() : String(i);
        skip();
        const path = [...steps, name];
        if (below.has(name)) duplicates.push({ steps: path, offset: start });
        below.set(name, value(start, path));
        skip();
      }
      at++;
    } else while (at < text.length && !ENDS.has(text.charCodeAt(at))) at++;
    return { offset, below };
  };
  skip();
  return { root: value(at, []), duplicates };
}

const BLANK: ReadonlySet<number> = new Set([9, 10, 13, 32]);
// Commas and colons carry nothing that `JSON.parse` has not checked.
const SEPARATOR: ReadonlySet<number> = new Set([44, 58]);
const ENDS: ReadonlySet<number> = new Set([...BLANK, ...SEPARATOR, 93, 125]);
