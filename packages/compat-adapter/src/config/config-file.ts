import { dirname } from "node:path";
import { LineCounter, parseDocument, type Document } from "yaml";
import type * as z from "zod";
import { parseConfig, type ServiceOptions } from "./config-schema.ts";
import type { CompatAdapterOptions } from "./options.ts";

/** One mistake in a configuration. */
export interface ConfigMistake {
  /** From 1; the line of the member, or of the nearest one above it that exists. */
  readonly line: number;
  /** `participants.payerfsp.url` */
  readonly path: string;
  readonly message: string;
}

/** The options of an adapter.yaml, or its mistakes. */
export type ReadConfig =
  | { readonly ok: true; readonly options: CompatAdapterOptions; readonly service: ServiceOptions }
  | { readonly ok: false; readonly mistakes: readonly ConfigMistake[] };

/** Reads the text of an adapter.yaml. Relative paths in it are resolved against the folder of `file`. */
export function readConfig(text: string, file: string): ReadConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      ok: false,
      mistakes: document.errors.map(({ pos, message }) => ({
        line: lines.linePos(pos[0]).line,
        path: "",
        message: message.split("\n")[0] ?? message,
      })),
    };
  }
  const parsed = parseConfig(document.toJS(), dirname(file));
  if (parsed.ok) return parsed;
  return { ok: false, mistakes: parsed.issues.flatMap((issue) => mistakesOf(issue, document, lines)) };
}

function mistakesOf(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): ConfigMistake[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return { line: lineOf(path, document, lines), path: path.join("."), message: "is not a known option" };
    });
  }
  const message = issue.message.endsWith("received undefined") ? "is missing" : issue.message;
  return [{ line: lineOf(issue.path, document, lines), path: issue.path.join("."), message }];
}

/** The line of a member in the text of a configuration, or of the nearest one above it that exists. */
export function lineOfPath(text: string, path: readonly string[]): number {
  const lines = new LineCounter();
  return lineOf(path, parseDocument(text, { lineCounter: lines }), lines);
}

function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)) {
      return lines.linePos(Number(node.range[0])).line;
    }
  }
  return 1;
}
