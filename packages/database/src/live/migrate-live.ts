import { VersioningError } from "@mojaloop-versioning/protocol";
import { inDatabase } from "../server/change-lock.ts";
import { quoted, type Session } from "../server/connect.ts";
import { waitForNoLock, type Blocked, type LockBudget } from "../server/without-waiting.ts";
import { compareSchemas, describeDifference } from "../schema/schema-difference.ts";
import { readSchema } from "../schema/snapshot.ts";
import { refusalsOf, type LiveRefusal } from "./admission.ts";
import { createFillTrigger, fillTrigger } from "../fill/fill-trigger.ts";
import { openJournal, type Journal } from "./journal.ts";
import { knexThrough, type RunStatement } from "../knex/knex-run.ts";
import { loadUp, readMigrationDirectory, type MigrationFile } from "../knex/migration-directory.ts";
import { readCompleted } from "../knex/migration-table.ts";
import { neededValues, type LivePlan } from "./live-plan.ts";
import type { StepContext } from "./alter-text.ts";
import { createFileRun } from "./run-migration.ts";
import { checkStored, makePlan, startRun, type LivePlanOptions } from "./start-run.ts";
import { columnValue } from "../fill/column-values.ts";

/** How migrations are run while the old version works. */
export interface LiveMigrationOptions extends LivePlanOptions {
  readonly lock?: Pick<LockBudget, "deadlineSeconds" | "signal">;
  /** How long writers may wait for a change that finds no quiet moment at its end, in milliseconds. Default 2,000. */
  readonly longestStallMs?: number;
  readonly onProgress?: (progress: LiveProgress) => void;
}

/** What happens during a live migration, as it happens. */
export type LiveProgress =
  | { readonly kind: "file"; readonly name: string; readonly number: number; readonly of: number }
  | { readonly kind: "filled"; readonly table: string; readonly column: string; readonly rows: number }
  | ({ readonly kind: "blocked" } & Blocked);

export interface LiveMigrationReport {
  /** Files that were run, in order. */
  readonly files: readonly string[];
  /** Whether an interrupted run was continued. */
  readonly resumed: boolean;
  /** How often a lock was not free, and a statement was sent again. */
  readonly retries: number;
  /** Rows that were filled, by `table.column`. */
  readonly filled: Readonly<Record<string, number>>;
  /** Triggers that serve the other version until `finishLiveMigration` removes them. */
  readonly triggers: readonly string[];
}

/**
 * Finds out what migrations would do to the version that runs now, by running them on an empty copy of the schema on the same server.
 * Changes nothing in the database itself.
 * @throws VersioningError `unreadable-input`, `database-unusable`, `missing-peer`
 */
export async function planLiveMigration(
  options: LivePlanOptions,
): Promise<{ readonly plan: LivePlan; readonly refusals: readonly LiveRefusal[] }> {
  return inDatabase(options.connection, async (session, database) => {
    const { plan } = await makePlan(session, database, options);
    return { plan, refusals: refusalsOf(plan, options) };
  });
}

/**
 * Runs migrations while the old version goes on writing, and reaches the schema and the rows of knex's table that the plain run makes.
 * An interrupted run is continued by calling it again.
 * @throws VersioningError `unsafe-schema-change` when the plan is refused or a row would be lost, `database-unusable` when locks are
 * not free until the deadline, `unreadable-input`, `missing-peer`
 */
export async function migrateLive(options: LiveMigrationOptions): Promise<LiveMigrationReport> {
  return inDatabase(options.connection, async (session, database) => {
    const journal = await openJournal(session, database);
    const stored = await journal.stored();
    const resumed = stored !== undefined && !stored.finished;
    const { plan, batch } = resumed
      ? checkStored(stored, options.directory)
      : await startRun(session, database, journal, options);
    const tally = { retries: 0, filled: {} as Record<string, number> };
    const context = contextOf(session, plan, options, tally);
    await waitForNoLock(session);
    const files = await runFiles({ session, plan, batch, journal, context, options });
    const triggers = await createReaderTriggers(session, plan, context);
    await verify(session, plan);
    await journal.finish();
    return { files, resumed, ...tally, triggers };
  });
}

function contextOf(
  session: Session,
  plan: LivePlan,
  {
    values = {},
    copyRows = 1000,
    accept = [],
    lock,
    longestStallMs = 2000,
    onProgress,
  }: LiveMigrationOptions,
  tally: { retries: number; readonly filled: Record<string, number> },
): StepContext {
  return {
    database: plan.database,
    values,
    budget: { ...lock, onBlocked: (blocked) => onProgress?.({ kind: "blocked", ...blocked }) },
    mayCopy: (table) =>
      !(table in plan.known.tables) ||
      (plan.rows[table] ?? 0) <= copyRows ||
      accept.includes(`copies-table ${table}`),
    longestStallMs,
    onRetries: (retries) => void (tally.retries += retries),
    onFilled: ({ table, column }, rows, done) => {
      const cell = `${table}.${column}`;
      if (done) tally.filled[cell] = (tally.filled[cell] ?? 0) + rows;
      else onProgress?.({ kind: "filled", table, column, rows });
    },
  };
}

interface FilesRun {
  readonly session: Session;
  readonly plan: LivePlan;
  readonly batch: number;
  readonly journal: Journal;
  readonly context: StepContext;
  readonly options: LiveMigrationOptions;
}

async function runFiles(run: FilesRun): Promise<string[]> {
  const { session, plan, journal, context, options } = run;
  const files = new Map(readMigrationDirectory(options.directory).map((file) => [file.name, file]));
  const { names } = await readCompleted(session, plan.migrationTable, [...files.values()]);
  let runStatement: RunStatement = ({ send }) => send();
  const knex = await knexThrough(options.connection, (statement) => runStatement(statement), waitForNoLock);
  const ran: string[] = [];
  try {
    for (const [i, planned] of plan.files.entries()) {
      const file = files.get(planned.name);
      if (!file || names.has(planned.name)) continue;
      options.onProgress?.({ kind: "file", name: file.name, number: i + 1, of: plan.files.length });
      const isKnown = (table: string): boolean => table in plan.known.tables;
      ({ run: runStatement } = await createFileRun(planned, journal, context, isKnown));
      await (
        await loadUp(file)
      )(knex);
      await complete(run, file);
      ran.push(file.name);
    }
  } finally {
    await knex.destroy();
  }
  return ran;
}

async function complete({ session, plan, batch, journal }: FilesRun, { name }: MigrationFile): Promise<void> {
  await session.run("START TRANSACTION");
  await session.run(
    `INSERT INTO ${quoted(plan.migrationTable)} (name, batch, migration_time) VALUES (?, ?, CURRENT_TIMESTAMP)`,
    [name, batch],
  );
  await journal.forget(session, name);
  await session.run("COMMIT");
}

// For rows of the new version: it starts only after this, when every column that an expression names exists.
async function createReaderTriggers(
  session: Session,
  plan: LivePlan,
  context: StepContext,
): Promise<string[]> {
  const names: string[] = [];
  for (const { table, column, for: reader } of neededValues(plan)) {
    const value = columnValue(context.values, table, column);
    if (!value) continue;
    const trigger = fillTrigger(table, column, value.insert);
    names.push(trigger.name);
    if (reader === "reader") context.onRetries(await createFillTrigger(session, trigger, context.budget));
  }
  return names;
}

async function verify(session: Session, { database, final }: LivePlan): Promise<void> {
  const differences = compareSchemas(await readSchema(session, database), final);
  if (differences.length === 0) return;
  const list = differences.map(describeDifference).join(", ");
  throw new VersioningError("unsafe-schema-change", `the schema is not what the plain run makes: ${list}`);
}
