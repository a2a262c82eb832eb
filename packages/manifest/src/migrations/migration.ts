import { createHash } from "node:crypto";
import type { Effect } from "./effect.ts";
import { endOfString, withoutComments } from "./script-text.ts";

/** One migration of a service: its file name, and what is known of its text. */
export interface Migration {
  readonly name: string;
  /** The first 16 hex digits of the SHA-256 of the text without comments and white space. Absent: the text is not known. */
  readonly digest?: string;
  /** What its `up` does. Absent: the text is not known. */
  readonly effects?: readonly Effect[];
}

/** The migrations of one service's database. */
export interface MigrationSet {
  /** In the order in which knex runs them. */
  readonly migrations: readonly Migration[];
  /** Whether these are all of them. If not, `absent` names those known to be missing. */
  readonly complete: boolean;
  readonly absent?: readonly string[];
}

/** A digest that ignores comments, layout and the unused `Promise` parameter of older knex migrations. */
export function migrationDigest(text: string): string {
  const bare = withoutWhiteSpace(withoutComments(text));
  // `up = (knex, Promise) =>`, `up = function (knex, Promise)` and `up = knex =>` are one signature.
  return shortHash(
    bare.replace(/\b(up|down)=(async)?(?:function\w*)?\(?(\w+)(?:,\w+)*\)?(?:=>)?/g, "$1=$2($3)"),
  );
}

/** The digest of a set of migrations: of their paths in order, one on each line. It covers names, not texts. */
export function setDigest(names: Iterable<string>): string {
  return shortHash(
    sortNames(names)
      .map((name) => `migrations/${name}`)
      .join("\n"),
  );
}

/** Names in the order in which knex runs them. */
export function sortNames(names: Iterable<string>): string[] {
  return [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function withoutWhiteSpace(text: string): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (char === "'" || char === '"' || char === "`") {
      const end = endOfString(text, i);
      // A template may contain SQL, whose layout has no meaning.
      out += text.slice(i, end).replace(/\s+/g, " ");
      i = end - 1;
    } else if (!/\s/.test(char)) out += char;
  }
  return out;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
