import { VersioningError } from "@mojaloop-versioning/protocol";
import { LineCounter, parseDocument } from "yaml";

/** Largest text of YAML that is read, in characters: ten times the largest published document. JSON may be larger. */
export const MAX_SPEC_LENGTH = 4_000_000;

/**
 * Parses the text of an OpenAPI document, YAML or JSON.
 * @param name how a message names the text: a file or an id
 * @throws VersioningError `invalid-spec`, naming the text, the line and the column
 */
export function parseSpec(text: string, name: string): unknown {
  const refuse = (where: string, why: string, cause?: unknown): never => {
    throw new VersioningError("invalid-spec", `${name}${where}: ${why}`, { cause });
  };
  if (/^\s*[{[]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      // Not JSON after all: YAML's flow style begins like JSON, and its parser knows the line of a mistake.
    }
  }
  if (text.length > MAX_SPEC_LENGTH) {
    const size = (characters: number): string => `${(characters / 1_000_000).toFixed(1)} million characters`;
    return refuse(
      ":1:1",
      `${size(text.length)} are too many for a document; at most ${size(MAX_SPEC_LENGTH)} are read`,
    );
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      merge: true,
    });
    const [error] = document.errors;
    if (error) {
      const { line, col } = lines.linePos(error.pos[0]);
      return refuse(`:${String(line)}:${String(col)}`, error.message, error);
    }
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof VersioningError) throw error;
    const alias = /(^|[\s[{,:-])\*[^\s,\]}]/.exec(text);
    const { line, col } = lines.linePos(alias ? alias.index + (alias[1]?.length ?? 0) : 0);
    return refuse(
      `:${String(line)}:${String(col)}`,
      error instanceof Error ? firstLine(error.message) : "cannot be parsed",
      error,
    );
  }
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}
