import { VersioningError } from "@mojaloop-versioning/protocol";
import { quoted, type Session } from "../server/connect.ts";
import type { MigrationFile } from "./migration-directory.ts";

/**
 * The table in which knex writes what has run, recognised by its columns: services give it other names.
 * @throws VersioningError `database-unusable` when there is none or more than one
 */
export async function findMigrationTable(session: Session, database: string): Promise<string> {
  const rows = await session.rows(
    `SELECT TABLE_NAME AS t FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? GROUP BY TABLE_NAME
     HAVING GROUP_CONCAT(COLUMN_NAME ORDER BY COLUMN_NAME) = 'batch,id,migration_time,name'`,
    [database],
  );
  const [first, second] = rows.map(({ t }) => String(t));
  if (first !== undefined && second === undefined) return first;
  const found =
    first === undefined ? "no table of knex migrations" : rows.map(({ t }) => String(t)).join(", ");
  throw new VersioningError(
    "database-unusable",
    `${database} contains ${found}; name the table with --table`,
  );
}

/**
 * What knex has run, and the number of its last batch.
 * @throws VersioningError `database-unusable` when knex holds its lock, `unreadable-input` when a migration that has run has no file
 */
export async function readCompleted(
  session: Session,
  table: string,
  files: readonly MigrationFile[],
): Promise<{ readonly names: ReadonlySet<string>; readonly batch: number }> {
  const locks = await session.rows(`SELECT is_locked FROM ${quoted(`${table}_lock`)}`);
  if (locks.some(({ is_locked }) => Number(is_locked) === 1))
    throw new VersioningError(
      "database-unusable",
      `knex is migrating, or was killed: ${table}_lock.is_locked is 1`,
    );
  const rows = await session.rows(`SELECT name, batch FROM ${quoted(table)}`);
  const present = new Set(files.map(({ name }) => name));
  const missing = rows.map(({ name }) => String(name)).filter((name) => !present.has(name));
  if (missing.length > 0)
    throw new VersioningError(
      "unreadable-input",
      `the directory lacks migrations that have run: ${missing.join(", ")}`,
    );
  return {
    names: new Set(rows.map(({ name }) => String(name))),
    batch: Math.max(0, ...rows.map(({ batch }) => Number(batch))),
  };
}
