import { VersioningError } from "@mojaloop-versioning/protocol";
import { quoted, type Session } from "../server/connect.ts";
import { withoutWaiting } from "../server/without-waiting.ts";
import { readSchema, type ForeignKeyShape } from "../schema/snapshot.ts";
import { alterText, type StepContext } from "./alter-text.ts";
import type { PlannedStatement, StatementChange } from "./live-plan.ts";

/**
 * Adds foreign keys without copying the table: unchecked, and then every row is checked. New rows are checked by the server meanwhile.
 * @throws VersioningError `unsafe-schema-change` when a row refers to nothing; the key is removed again
 */
export async function addForeignKeys(
  session: Session,
  { sql, change }: PlannedStatement & { readonly change: StatementChange },
  context: StepContext,
): Promise<void> {
  const added = change.differences.flatMap((difference) =>
    difference.kind === "foreign-key-added" ? [difference] : [],
  );
  const tables = [...new Set(added.map(({ table }) => table))];
  const { tables: now } = await readSchema(session, context.database, tables);
  if (added.some(({ table, name }) => !(name in (now[table]?.foreignKeys ?? {})))) {
    await session.run("SET SESSION foreign_key_checks = 0");
    try {
      for (const table of tables.slice(0, 1))
        await alterText(session, [table, ...added.map(({ key }) => key.table)], sql, context);
    } finally {
      await session.run("SET SESSION foreign_key_checks = 1");
    }
  }
  for (const one of added) await checkForeignKey(session, one, context);
}

async function checkForeignKey(
  session: Session,
  { table, name, key }: { readonly table: string; readonly name: string; readonly key: ForeignKeyShape },
  { budget }: StepContext,
): Promise<void> {
  const pairs = key.columns.map((column, i) => `p.${quoted(key.referenced[i] ?? "")} = c.${quoted(column)}`);
  const [row] = await session.rows(
    `SELECT COUNT(*) AS count FROM ${quoted(table)} c LEFT JOIN ${quoted(key.table)} p ON ${pairs.join(" AND ")}
     WHERE ${key.columns.map((column) => `c.${quoted(column)} IS NOT NULL`).join(" AND ")}
       AND p.${quoted(key.referenced[0] ?? "")} IS NULL`,
  );
  const lost = Number(row?.["count"]);
  if (lost === 0) return;
  const undo = `ALTER TABLE ${quoted(table)} DROP FOREIGN KEY ${quoted(name)}`;
  await withoutWaiting(session, undo, () => session.run(undo), budget);
  const what = `${lost} ${lost === 1 ? "row refers" : "rows refer"} to nothing in ${key.table}`;
  throw new VersioningError(
    "unsafe-schema-change",
    `${table}(${key.columns.join(", ")}): ${what}; the key ${name} was removed again`,
  );
}
