import { VersioningError } from "@mojaloop-versioning/protocol";
import type { DatabaseAddress, Session } from "../server/connect.ts";
import { readMigrationDirectory } from "../knex/migration-directory.ts";
import { findMigrationTable, readCompleted } from "../knex/migration-table.ts";
import { refusalsOf, type Admission } from "./admission.ts";
import type { Journal, StoredRun } from "./journal.ts";
import type { LivePlan } from "./live-plan.ts";
import { rehearse } from "./rehearse.ts";

/** A directory of knex migrations and the database that it belongs to. */
export interface LivePlanOptions extends Admission {
  readonly connection: DatabaseAddress;
  readonly directory: string;
  /** The table of knex. Found by its columns where it is not named. */
  readonly migrationTable?: string;
}

/** Reads the directory and rehearses what is pending. */
export async function makePlan(
  session: Session,
  database: string,
  { connection, directory, migrationTable }: LivePlanOptions,
): Promise<{ readonly plan: LivePlan; readonly batch: number }> {
  const files = readMigrationDirectory(directory);
  const table = migrationTable ?? (await findMigrationTable(session, database));
  const { names, batch } = await readCompleted(session, table, files);
  const pending = files.filter(({ name }) => !names.has(name));
  const plan = await rehearse(session, connection, { database, migrationTable: table }, pending);
  return { plan, batch: batch + 1 };
}

/**
 * Makes a plan, and writes it down if nothing refuses it.
 * @throws VersioningError `unsafe-schema-change` with every refusal
 */
export async function startRun(
  session: Session,
  database: string,
  journal: Journal,
  options: LivePlanOptions,
): Promise<{ readonly plan: LivePlan; readonly batch: number }> {
  const made = await makePlan(session, database, options);
  const refusals = refusalsOf(made.plan, options);
  if (refusals.length > 0) {
    const list = refusals.map(({ file, subject, reason, cure }) => `${file}: ${subject}: ${reason}; ${cure}`);
    throw new VersioningError("unsafe-schema-change", `nothing was changed:\n${list.join("\n")}`);
  }
  await journal.start(made.plan, made.batch);
  return made;
}

/**
 * The run that was interrupted, if its files are still the same.
 * @throws VersioningError `unsafe-schema-change`
 */
export function checkStored(stored: StoredRun, directory: string): StoredRun {
  const digests = new Map(readMigrationDirectory(directory).map(({ name, digest }) => [name, digest]));
  const changed = stored.plan.files.filter(({ name, digest }) => digests.get(name) !== digest);
  if (changed.length === 0) return stored;
  const names = changed.map(({ name }) => name).join(", ");
  throw new VersioningError(
    "unsafe-schema-change",
    `a live migration is unfinished, and its files have changed since: ${names}`,
  );
}
