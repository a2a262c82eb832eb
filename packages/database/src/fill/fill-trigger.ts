import { createHash } from "node:crypto";
import { quoted, type Session } from "../server/connect.ts";
import { withoutWaiting, type LockBudget } from "../server/without-waiting.ts";

/** Every trigger of this package begins with it. */
export const TRIGGER_PREFIX = "mojaver_";

/** A trigger that gives a column its value where an insert leaves it out. */
export interface FillTrigger {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  readonly sql: string;
}

const NAME_LENGTH = 64; // MariaDB Knowledge Base, Identifier Names: 64 characters

/** The trigger for a column. Its name contains a digest of the expression: another expression is another trigger. */
export function fillTrigger(table: string, column: string, expression: string): FillTrigger {
  const digest = createHash("sha256").update(`${table}.${column} ${expression}`).digest("hex").slice(0, 8);
  const name = `${`${TRIGGER_PREFIX}${table}_${column}`.slice(0, NAME_LENGTH - 9)}_${digest}`;
  const cell = `NEW.${quoted(column)}`;
  return {
    name,
    table,
    column,
    // Compared by value: a writer that sets the column keeps its value.
    sql: `CREATE TRIGGER ${quoted(name)} BEFORE INSERT ON ${quoted(table)} FOR EACH ROW SET ${cell} = COALESCE(${cell}, ${expression})`,
  };
}

/** Creates a trigger unless it exists. */
export async function createFillTrigger(
  session: Session,
  { name, sql }: FillTrigger,
  budget?: LockBudget,
): Promise<number> {
  if ((await fillTriggers(session)).some((existing) => existing.name === name)) return 0;
  return (await withoutWaiting(session, `trigger ${name}`, () => session.run(sql), budget)).retries;
}

/** The triggers of this package in the session's database. */
export async function fillTriggers(
  session: Session,
): Promise<{ readonly name: string; readonly table: string }[]> {
  const rows = await session.rows(
    `SELECT TRIGGER_NAME AS name, EVENT_OBJECT_TABLE AS t FROM information_schema.TRIGGERS
     WHERE TRIGGER_SCHEMA = DATABASE() AND LEFT(TRIGGER_NAME, ?) = ? ORDER BY TRIGGER_NAME`,
    [TRIGGER_PREFIX.length, TRIGGER_PREFIX],
  );
  return rows.map(({ name, t }) => ({ name: String(name), table: String(t) }));
}
