import { VersioningError } from "@mojaloop-versioning/protocol";
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document as YamlDocument,
  type Pair,
} from "yaml";
import { pointerTo, stepsOf } from "../schema/json.ts";
import { indexJson } from "./json-index.ts";

/** Largest text of YAML that is read, in characters: ten times the largest published document. JSON may be larger. */
export const MAX_SPEC_LENGTH = 4_000_000;
/** Most values of a document once its aliases are written out. */
const MAX_EXPANDED = 2_000_000;

/** A place in a text; line and column start at 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A parsed OpenAPI document that knows where its parts are written. */
export interface SpecSource {
  readonly name: string;
  readonly document: unknown;
  /** The place of the value at a JSON pointer, or of the nearest value above it. */
  readonly locate: (pointer: string) => Position | undefined;
  /** Pointers of members that are written twice; the later one counts. */
  readonly duplicates: readonly string[];
}

/**
 * Parses the text of an OpenAPI document, YAML or JSON.
 * @param name how messages name the text: a file or an id
 * @throws VersioningError `invalid-spec`, naming the text, the line and the column
 */
export function parseSpec(text: string, name: string): unknown {
  return readSpec(text, name).document;
}

/**
 * Parses the text of an OpenAPI document and keeps the places of its parts.
 * @param name how messages name the text: a file or an id
 * @throws VersioningError `invalid-spec`, naming the text, the line and the column
 */
export function readSpec(text: string, name: string): SpecSource {
  if (/^\s*[{[]/.test(text)) {
    const source = readJson(text, name);
    if (source) return source;
  }
  if (text.length > MAX_SPEC_LENGTH) {
    const size = (characters: number): string => `${(characters / 1_000_000).toFixed(1)} million characters`;
    return refuse(
      `${name}:1:1`,
      `the document has ${size(text.length)}; at most ${size(MAX_SPEC_LENGTH)} of YAML are read`,
    );
  }
  return readYaml(text, name);
}

function refuse(where: string, why: string, cause?: unknown): never {
  throw new VersioningError("invalid-spec", `${where}: ${why}`, { cause });
}

// `undefined` for what is not JSON after all: YAML's flow style begins like JSON, and its parser knows the line of a mistake.
function readJson(text: string, name: string): SpecSource | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  let made: ReturnType<typeof indexJson> | undefined;
  const index = (): ReturnType<typeof indexJson> => (made ??= indexJson(text));
  return {
    name,
    document,
    locate(pointer) {
      let node = index().root;
      for (const step of stepsOf(pointer)) {
        const below = node.below.get(step);
        if (!below) break;
        node = below;
      }
      return { file: name, ...placeOf(text, node.offset) };
    },
    get duplicates() {
      return index().duplicates.map(({ steps }) => pointerTo("#", ...steps));
    },
  };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

function readYaml(text: string, name: string): SpecSource {
  const lineCounter = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${name}:${String(line)}:${String(col)}`;
  };
  try {
    const yaml = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true, merge: true });
    const fatal = yaml.errors.find(({ code }) => code !== "DUPLICATE_KEY");
    if (fatal) return refuse(at(fatal.pos[0]), fatal.message, fatal);
    // The size that counts is that of the document with its aliases written out, not their number.
    const document: unknown = yaml.toJS({ maxAliasCount: -1 });
    if (expandedSize(document) > MAX_EXPANDED) {
      const alias = /(^|[\s[{,:-])\*[^\s,\]}]/.exec(text);
      const offset = alias ? alias.index + (alias[1]?.length ?? 0) : 0;
      return refuse(at(offset), `aliases make more than ${String(MAX_EXPANDED)} values of this document`);
    }
    const locate = (pointer: string): Position => {
      const { line, col } = lineCounter.linePos(offsetOf(yaml, stepsOf(pointer)));
      return { file: name, line, column: col };
    };
    const doubled = yaml.errors.filter(({ code }) => code === "DUPLICATE_KEY").map(({ pos }) => pos[0]);
    return { name, document, locate, duplicates: doubled.length > 0 ? pointersAt(yaml, doubled) : [] };
  } catch (error) {
    if (error instanceof VersioningError) throw error;
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "cannot be parsed";
    return refuse(at(0), message, error);
  }
}

// An alias shares the object that it names, so each object is counted once and its size is added where it is used.
function expandedSize(value: unknown, sizes = new Map<object, number>()): number {
  if (typeof value !== "object" || value === null) return 1;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  // An alias to an object that contains it never ends.
  sizes.set(value, Infinity);
  let size = 1;
  for (const inner of Object.values(value) as unknown[]) size += expandedSize(inner, sizes);
  sizes.set(value, size);
  return size;
}

// Where the member's name or the item starts; of the nearest one above it where the pointer leads no further.
function offsetOf(yaml: YamlDocument, steps: readonly string[]): number {
  let node: unknown = yaml.contents;
  let offset = 0;
  for (const step of steps) {
    if (isAlias(node)) node = node.resolve(yaml);
    if (isMap(node)) {
      const pair = pairOf(node.items, step) ?? mergedPair(yaml, node.items, step);
      if (!pair) return offset;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (item === undefined) return offset;
      offset = rangeOf(item) ?? offset;
      node = item;
    } else return offset;
  }
  return offset;
}

function rangeOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range?.[0] : undefined;
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}

// The later of two members with one name counts.
function pairOf(items: readonly Pair[], name: string): Pair | undefined {
  return items.filter((pair) => keyOf(pair) === name).at(-1);
}

function mergedPair(yaml: YamlDocument, items: readonly Pair[], name: string): Pair | undefined {
  for (const pair of items.filter((each) => keyOf(each) === "<<")) {
    const merged = isAlias(pair.value) ? pair.value.resolve(yaml) : pair.value;
    const found = isMap(merged) ? pairOf(merged.items, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

function pointersAt(yaml: YamlDocument, offsets: readonly number[]): string[] {
  const wanted = new Set(offsets);
  const found: string[] = [];
  const open: { node: unknown; pointer: string }[] = [{ node: yaml.contents, pointer: "#" }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, pointer } = next;
    if (isMap(node)) {
      for (const pair of node.items) {
        const inner = pointerTo(pointer, keyOf(pair));
        if (wanted.has(rangeOf(pair.key) ?? -1)) found.push(inner);
        open.push({ node: pair.value, pointer: inner });
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, i) => open.push({ node: item, pointer: pointerTo(pointer, i) }));
    }
  }
  return found;
}
