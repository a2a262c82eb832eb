import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { knexEffects } from "./knex-effects.ts";
import { migrationDigest, sortNames, type Migration } from "../migrations/migration.ts";
import { withoutComments } from "../migrations/script-text.ts";

/**
 * The knex migrations of a folder, in the order in which knex runs them.
 * @throws VersioningError `unreadable-input` when the folder is missing or has no migration, or a migration has no `up`
 */
export function readMigrations(folder: string): Migration[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new VersioningError("unreadable-input", `${folder}: no such folder`);
  }
  const names = sortNames(readdirSync(folder).filter((name) => /\.[cm]?[jt]s$/.test(name)));
  if (names.length === 0)
    throw new VersioningError("unreadable-input", `${folder}: contains no migration (*.js)`);
  return names.map((name) => {
    return readMigration(name, readFileSync(join(folder, name), "utf8"), join(folder, name));
  });
}

/**
 * A knex migration from its text.
 * @param file the path for messages
 * @throws VersioningError `unreadable-input` when it has no `up`
 */
export function readMigration(name: string, text: string, file: string = name): Migration {
  if (!/\bup\b/.test(withoutComments(text))) {
    throw new VersioningError(
      "unreadable-input",
      `${file}:1: no "up" function, so this is not a knex migration`,
    );
  }
  return { name, digest: migrationDigest(text), effects: knexEffects(text) };
}
