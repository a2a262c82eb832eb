import { VersioningError } from "@mojaloop-versioning/protocol";
import { quoted, quotedList, type Row, type Session } from "../server/connect.ts";
import { withoutWaiting, type LockBudget } from "../server/without-waiting.ts";

/** A column whose empty cells are filled. */
export interface Backfill {
  readonly table: string;
  readonly column: string;
  /** SQL over the row, which is called `alias`. */
  readonly expression: string;
  /** `NEW`, or the table's own name. */
  readonly alias: string;
}

export interface BackfillResult {
  readonly filled: number;
  /** Rows for which the expression is NULL. */
  readonly empty: number;
}

const FIRST_BATCH = 100;
const SMALLEST_BATCH = 10;
const LARGEST_BATCH = 1000;
const SLOW_MS = 50;
const FAST_MS = 20;

/**
 * Fills every empty cell of a column, batch by batch in the order of the primary key, without waiting for a row. What is left to do is what is NULL: after a kill it simply goes on.
 * @throws VersioningError `unsafe-schema-change` when the table has no primary key
 */
export async function backfill(
  session: Session,
  work: Backfill,
  budget: LockBudget = {},
  onBatch: (filled: number) => void = () => undefined,
): Promise<BackfillResult> {
  const key = await primaryKey(session, work.table);
  let filled = 0;
  for (;;) {
    const pass = await onePass({ session, work, key, budget, onBatch: (count) => onBatch(filled + count) });
    filled += pass.filled;
    const left = await countEmpty(session, work);
    if (left <= pass.empty) return { filled, empty: left };
  }
}

interface Pass {
  readonly session: Session;
  readonly work: Backfill;
  readonly key: readonly string[];
  readonly budget: LockBudget;
  readonly onBatch: (filled: number) => void;
}

async function onePass(pass: Pass): Promise<BackfillResult> {
  const { session, work, key, budget, onBatch } = pass;
  let [filled, empty, size] = [0, 0, FIRST_BATCH];
  let after: readonly unknown[] | undefined;
  for (;;) {
    budget.signal?.throwIfAborted();
    const started = Date.now();
    const from = after; // each try of the batch begins at the same row
    const { result: batch } = await withoutWaiting(
      session,
      `backfill of ${work.table}.${work.column}`,
      () => oneBatch(pass, from, size),
      budget,
    );
    const { last } = batch;
    if (!last) return { filled, empty };
    after = key.map((column) => last[column]);
    filled += batch.filled;
    empty += batch.empty;
    onBatch(filled);
    const took = Date.now() - started;
    if (took > SLOW_MS) size = Math.max(SMALLEST_BATCH, Math.floor(size / 2));
    else if (took < FAST_MS) size = Math.min(LARGEST_BATCH, size * 2);
  }
}

const VALUE = "mojaver value"; // the blank keeps it apart from the columns of a key

// Finds empty rows without a lock, then locks and fills just those: rows that a writer is inserting are never touched.
async function oneBatch(
  { session, work, key }: Pass,
  after: readonly unknown[] | undefined,
  size: number,
): Promise<BackfillResult & { readonly last?: Row | undefined }> {
  const { table, column, expression, alias } = work;
  const row = quoted(alias);
  const columns = key.map((name) => `${row}.${quoted(name)}`).join(", ");
  const from = `${quoted(table)}${alias === table ? "" : ` AS ${row}`}`;
  const beyond = after === undefined ? { sql: "1 = 1", values: [] } : isAfter(row, key, after);
  const found = await session.rows(
    `SELECT ${columns} FROM ${from} WHERE ${row}.${quoted(column)} IS NULL AND ${beyond.sql} ORDER BY ${columns} LIMIT ${size}`,
    beyond.values,
  );
  if (found.length === 0) return { filled: 0, empty: 0 };
  const isOneOf = `(${columns}) IN (${found.map(() => `(${key.map(() => "?").join(", ")})`).join(", ")})`;
  const keys = found.flatMap((one) => key.map((name) => one[name]));
  await session.run("START TRANSACTION");
  try {
    const rows = await session.rows(
      `SELECT ${columns}, (${expression}) AS ${quoted(VALUE)} FROM ${from}
       WHERE ${isOneOf} AND ${row}.${quoted(column)} IS NULL ORDER BY ${columns} FOR UPDATE`,
      keys,
    );
    await writeValues(
      session,
      work,
      key,
      rows.filter((one) => one[VALUE] !== null),
    );
    await session.run("COMMIT");
    const filled = rows.filter((one) => one[VALUE] !== null).length;
    return { last: found.at(-1), filled, empty: rows.length - filled };
  } catch (error) {
    await session.run("ROLLBACK").catch(() => undefined); // the first error is the one to report
    throw error;
  }
}

async function writeValues(
  session: Session,
  { table, column }: Backfill,
  key: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const isRow = key.map((name) => `${quoted(name)} = ?`).join(" AND ");
  const keys = rows.map((row) => key.map((name) => row[name]));
  await session.run(
    `UPDATE ${quoted(table)} SET ${quoted(column)} = CASE ${rows.map(() => `WHEN ${isRow} THEN ?`).join(" ")} END
     WHERE (${quotedList(key)}) IN (${keys.map(() => `(${key.map(() => "?").join(", ")})`).join(", ")})
       AND ${quoted(column)} IS NULL`,
    [...rows.flatMap((row, i) => [...(keys[i] ?? []), row[VALUE]]), ...keys.flat()],
  );
}

// (a, b) > (1, 2), written so that an index is used: a > 1 or (a = 1 and b > 2).
function isAfter(
  row: string,
  key: readonly string[],
  after: readonly unknown[],
): { readonly sql: string; readonly values: unknown[] } {
  const terms = key.map((name, i) => {
    const equal = key.slice(0, i).map((before) => `${row}.${quoted(before)} = ?`);
    return `(${[...equal, `${row}.${quoted(name)} > ?`].join(" AND ")})`;
  });
  return { sql: `(${terms.join(" OR ")})`, values: key.flatMap((_, i) => after.slice(0, i + 1)) };
}

async function primaryKey(session: Session, table: string): Promise<string[]> {
  const rows = await session.rows(
    `SELECT COLUMN_NAME AS name FROM information_schema.STATISTICS
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND INDEX_NAME = 'PRIMARY' ORDER BY SEQ_IN_INDEX`,
    [table],
  );
  if (rows.length > 0) return rows.map(({ name }) => String(name));
  const cure = "add a primary key first";
  throw new VersioningError(
    "unsafe-schema-change",
    `${table} has no primary key, so it cannot be filled in batches: ${cure}`,
  );
}

async function countEmpty(session: Session, { table, column }: Backfill): Promise<number> {
  const sql = `SELECT COUNT(*) AS count FROM ${quoted(table)} WHERE ${quoted(column)} IS NULL`;
  const [row] = await session.rows(sql);
  return Number(row?.["count"]);
}
