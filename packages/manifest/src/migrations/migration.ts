import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { knexEffects, type Effect } from "./knex-effects.ts";
import { endOfString, withoutComments } from "./script-text.ts";

/** One migration of a service: its file name, and what is known of its text. */
export interface Migration {
  readonly name: string;
  /** The first 16 hex digits of the SHA-256 of the text without comments and white space. Absent: the text was not read. */
  readonly digest?: string;
  /** What its `up` does. Absent: the text was not read. */
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

/** A digest that a change of licence header or of layout leaves alone. */
export function migrationDigest(text: string): string {
  return shortHash(withoutWhiteSpace(withoutComments(text)));
}

/** The digest of a set of migrations: of their paths in order, a line each. It knows names, not texts. */
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

/**
 * The knex migrations of a folder, in the order in which knex runs them.
 * @throws VersioningError `unreadable-input` when the folder is missing, holds no migration, or a migration has no `up`
 */
export function readMigrations(folder: string): Migration[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new VersioningError("unreadable-input", `${folder}: no such folder of migrations`);
  }
  const names = sortNames(readdirSync(folder).filter((name) => /\.[cm]?[jt]s$/.test(name)));
  if (names.length === 0)
    throw new VersioningError("unreadable-input", `${folder}: holds no migration (*.js)`);
  return names.map((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    if (!/\bup\b/.test(withoutComments(text))) {
      throw new VersioningError(
        "unreadable-input",
        `${join(folder, name)}:1: no "up" function, so this is no knex migration`,
      );
    }
    return { name, digest: migrationDigest(text), effects: knexEffects(text) };
  });
}

function withoutWhiteSpace(text: string): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (char === "'" || char === '"' || char === "`") {
      const end = endOfString(text, i);
      // A template may hold SQL: its layout is not its meaning.
      out += text.slice(i, end).replace(/\s+/g, " ");
      i = end - 1;
    } else if (!/\s/.test(char)) out += char;
  }
  return out;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
