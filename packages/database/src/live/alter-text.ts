import { VersioningError } from "@mojaloop-versioning/protocol";
import { alterOnline, type AlterAlgorithm } from "../server/alter-online.ts";
import { quoted, type Session } from "../server/connect.ts";
import { withoutWaiting, type LockBudget } from "../server/without-waiting.ts";
import type { ColumnValues } from "../fill/column-values.ts";

/** What the steps of a live migration share. */
export interface StepContext {
  readonly database: string;
  readonly values: ColumnValues;
  readonly budget: LockBudget;
  /** Whether the server may copy a table of this name. */
  readonly mayCopy: (table: string) => boolean;
  /** How long writers may wait for a change that finds no quiet moment at its end. */
  readonly longestStallMs: number;
  readonly onRetries: (retries: number) => void;
  /** Called after each batch with the rows that its backfill has filled so far, and at its end with `done`. */
  readonly onFilled: (
    cell: { readonly table: string; readonly column: string },
    filled: number,
    done?: true,
  ) => void;
}

const TRIES_WITHOUT_LOCK = 3;

/**
 * Runs an ALTER TABLE within the lock budget, without copying where that is not allowed. A change in place needs the lock twice, at its
 * start and at its end; on a table that is never quiet the end would be refused for ever. After a few tries the lock is therefore taken
 * first, in a quiet moment, and kept: nothing waits inside, so nothing can deadlock, and writers wait as long as the change takes.
 * @param tables the table, and those that its new foreign keys refer to
 * @throws VersioningError `unsafe-schema-change` when the server could only copy, or writers would wait for too long
 */
export async function alterText(
  session: Session,
  tables: readonly [string, ...string[]],
  sql: string,
  context: StepContext,
): Promise<void> {
  const mayCopy = context.mayCopy(tables[0]);
  const locks = [...new Set(tables)].map((name) => `${quoted(name)} WRITE`).join(", ");
  let longest = 0;
  let tries = 0;
  const attempt = async (): Promise<AlterAlgorithm | undefined> => {
    const started = Date.now();
    const isLocked = tries++ >= TRIES_WITHOUT_LOCK && longest <= context.longestStallMs;
    if (isLocked) await session.run(`LOCK TABLES ${locks}`);
    try {
      return await alterOnline(session, sql, { mayCopy });
    } finally {
      if (isLocked) await session.run("UNLOCK TABLES");
      else longest = Math.max(longest, Date.now() - started); // how long writers would wait
    }
  };
  const { result, retries } = await withoutWaiting(session, sql, attempt, context.budget);
  context.onRetries(retries);
  if (result === undefined)
    throw new VersioningError(
      "unsafe-schema-change",
      `the server would copy ${tables[0]} and block writes: ${sql}`,
    );
}
