import { isDeepStrictEqual } from "node:util";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { errorNumber, type Session } from "../server/connect.ts";
import { withoutWaiting } from "../server/without-waiting.ts";
import { readSchema } from "../schema/snapshot.ts";
import { isForeignKeyOnly, needsWriterValues } from "./admission.ts";
import { backfill } from "../fill/backfill.ts";
import { statementDigest, type Journal, type JournalEntry } from "./journal.ts";
import type { RunStatement, SentStatement, StatementAnswer } from "../knex/knex-run.ts";
import type { PlannedFile, PlannedStatement, StatementChange } from "./live-plan.ts";
import { alterText, type StepContext } from "./alter-text.ts";
import { addForeignKeys } from "./add-foreign-keys.ts";
import { addRequiredColumns } from "./replace-statement.ts";
import { readFill, statementKind } from "../knex/statement.ts";

/** How the statements of one migration are run. */
export interface FileRun {
  readonly run: RunStatement;
}

/**
 * Runs what one migration sends: DDL as planned, data in one transaction with its entry in the journal. Statements that an
 * interrupted run has done get the answer that they got then.
 */
export async function createFileRun(
  file: PlannedFile,
  journal: Journal,
  context: StepContext,
  isKnown: (table: string) => boolean,
): Promise<FileRun> {
  const answers = await journal.answers(file.name);
  const ddl = file.statements.filter(({ kind }) => kind === "ddl");
  const inTransaction = new WeakSet<Session>();
  let place = 0;
  let ddlPlace = 0;

  async function runNew(
    statement: SentStatement,
    planned: PlannedStatement | undefined,
  ): Promise<StatementAnswer> {
    const { sql, session, send } = statement;
    const record = (answer: StatementAnswer): Promise<void> =>
      journal.record(session, { file: file.name, place, sql, answer });
    if (statementKind(sql) === "ddl") {
      await runDdl(statement, planned, { file: file.name, context, isKnown });
      await record(undefined);
      return undefined;
    }
    if (statementKind(sql) !== "write") {
      const answer = await send();
      await record(answer);
      return answer;
    }
    const fill = readFill(sql, statement.bindings);
    if (fill && isKnown(fill.table)) {
      const onBatch = (count: number): void => context.onFilled(fill, count);
      const { filled } = await backfill(session, { ...fill, alias: fill.table }, context.budget, onBatch);
      context.onFilled(fill, filled, true);
      await record({ affectedRows: filled });
      return { affectedRows: filled };
    }
    if (inTransaction.has(session)) {
      const { result } = await withoutWaiting(session, sql, () => retryable(send), context.budget);
      await record(result);
      return result;
    }
    const { result } = await withoutWaiting(session, sql, () => asOne(session, send, record), context.budget);
    return result;
  }

  return {
    async run(statement) {
      const { sql, session, send } = statement;
      const kind = statementKind(sql);
      if (kind === "control") {
        if (/^\s*(?:begin|start)/i.test(sql)) inTransaction.add(session);
        if (/^\s*(?:commit|rollback)\s*;?\s*$/i.test(sql)) inTransaction.delete(session);
        return send();
      }
      place++;
      const planned = kind === "ddl" ? ddl[ddlPlace++] : undefined;
      if (kind === "ddl" && planned?.sql !== sql) throw notRehearsed(file.name, sql);
      const done = answers.get(place);
      return done ? answerOf(done, file.name, sql) : runNew(statement, planned);
    },
  };
}

function answerOf({ digest, answer }: JournalEntry, file: string, sql: string): StatementAnswer {
  if (digest === statementDigest(sql)) return answer;
  throw new VersioningError(
    "unsafe-schema-change",
    `${file} sends another statement than before the interruption: ${sql.slice(0, 200)}`,
  );
}

function notRehearsed(file: string, sql: string): Error {
  return new VersioningError(
    "unsafe-schema-change",
    `${file} sends a statement that it did not send on the copy of the schema: ${sql.slice(0, 200)}`,
  );
}

// The statement and its entry in the journal: both or neither.
async function asOne(
  session: Session,
  send: () => Promise<StatementAnswer>,
  record: (answer: StatementAnswer) => Promise<void>,
): Promise<StatementAnswer> {
  await session.run("START TRANSACTION");
  try {
    const answer = await send();
    await record(answer);
    await session.run("COMMIT");
    return answer;
  } catch (error) {
    await session.run("ROLLBACK").catch(() => undefined); // the first error is the one to report
    throw error;
  }
}

const DEADLOCK = 1213;

// A deadlock rolls back the whole transaction of the migration: the statement alone must not be sent again.
async function retryable(send: () => Promise<StatementAnswer>): Promise<StatementAnswer> {
  try {
    return await send();
  } catch (error) {
    if (errorNumber(error) !== DEADLOCK) throw error;
    throw new VersioningError(
      "database-unusable",
      "a deadlock ended the migration's transaction; run it again",
      {
        cause: error,
      },
    );
  }
}

interface DdlRun {
  readonly file: string;
  readonly context: StepContext;
  readonly isKnown: (table: string) => boolean;
}

async function runDdl(
  { sql, session, send }: SentStatement,
  planned: PlannedStatement | undefined,
  { file, context, isKnown }: DdlRun,
): Promise<void> {
  const change = planned?.change;
  if (!planned || !change) throw notRehearsed(file, sql);
  const names = Object.keys(change.before);
  const shapes = async (): Promise<StatementChange["before"]> => {
    const { tables } = await readSchema(session, context.database, names);
    return Object.fromEntries(names.map((name) => [name, tables[name] ?? null]));
  };
  const now = await shapes();
  const changesTables = !isDeepStrictEqual(change.before, change.after);
  if (changesTables && isDeepStrictEqual(now, change.after)) {
    if (isForeignKeyOnly(planned)) await addForeignKeys(session, { ...planned, change }, context); // checks the rows
    return; // done before an interruption
  }
  if (needsWriterValues(planned)) await addRequiredColumns(session, { ...planned, change }, context);
  else {
    if (!isDeepStrictEqual(now, change.before))
      throw new VersioningError(
        "unsafe-schema-change",
        `${file}: the schema of ${names.join(", ")} was changed by somebody else since the rehearsal`,
      );
    const [table = ""] = change.differences.map((difference) => difference.table);
    if (isForeignKeyOnly(planned) && planned.algorithm === "copy" && isKnown(table))
      await addForeignKeys(session, { ...planned, change }, context);
    else if (planned.algorithm) await alterText(session, [table, ...parentsOf(change)], sql, context);
    else {
      const { retries } = await withoutWaiting(session, sql, send, context.budget);
      context.onRetries(retries);
    }
  }
  const reached = await shapes();
  if (!isDeepStrictEqual(reached, change.after))
    throw new VersioningError(
      "unsafe-schema-change",
      `${file}: ${names.join(", ")} is not what the plain statement makes: ${sql.slice(0, 200)}`,
    );
}

function parentsOf({ differences }: StatementChange): string[] {
  return differences.flatMap((difference) =>
    difference.kind === "foreign-key-added" ? [difference.key.table] : [],
  );
}
