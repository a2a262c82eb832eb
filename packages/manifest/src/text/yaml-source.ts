import { VersioningError } from "@mojaloop-versioning/protocol";
import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
} from "yaml";

/** A YAML or JSON file that was read, with what is needed to point into it. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** Keys that stand twice in one map; the last one counts, as it does for Helm. */
  readonly duplicates: readonly DuplicateKey[];
  /** The line of a member, or of the nearest member above it that exists. */
  lineOf(path: readonly (string | number)[]): number;
}

/** A key that its map already had. */
export interface DuplicateKey {
  readonly key: string;
  readonly line: number;
}

/** How scalars are read: `typed` as YAML 1.2 says, `text` as they are written, so that the tag 1.10 does not become 1.1. */
export type Scalars = "typed" | "text";

/**
 * Reads YAML, of which JSON is a part.
 * @throws VersioningError `unreadable-input` with file, line and column
 */
export function readYaml(text: string, file: string, scalars: Scalars = "typed"): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    merge: true,
    schema: scalars === "text" ? "failsafe" : "core",
  });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new VersioningError("unreadable-input", `${file}:${line}:${col}: ${error.message}`, {
      cause: error,
    });
  }
  return {
    file,
    value: valueOf(document, file),
    duplicates: duplicatesOf(document, lines),
    lineOf: (path) => lines.linePos(startOf(document, path)).line,
  };
}

function valueOf(document: Document, file: string): unknown {
  try {
    return document.toJS() as unknown; // the library says any
  } catch (cause) {
    // An alias without its anchor, or too many of them.
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new VersioningError("unreadable-input", `${file}:1: ${why}`, { cause });
  }
}

function startOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let start = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (!isCollection(node)) break;
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined;
    if (pair && isScalar(pair.key)) start = pair.key.range?.[0] ?? start;
    node = node.get(step, true);
    if (!pair && isNode(node)) start = node.range?.[0] ?? start;
  }
  return start;
}

function duplicatesOf(document: Document, lines: LineCounter): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        // A map may merge several others: `<<` is no name.
        if (seen.has(name) && name !== "<<")
          found.push({ key: name, line: lines.linePos(key.range?.[0] ?? 0).line });
        seen.add(name);
      }
    },
  });
  return found;
}
