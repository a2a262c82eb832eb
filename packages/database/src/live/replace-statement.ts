import { isDeepStrictEqual } from "node:util";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { quoted, quotedList, type Session } from "../server/connect.ts";
import { readSchema, type ColumnShape, type TableShape } from "../schema/snapshot.ts";
import { backfill } from "../fill/backfill.ts";
import { alterText, type StepContext } from "./alter-text.ts";
import { createFillTrigger, fillTrigger } from "../fill/fill-trigger.ts";
import type { PlannedStatement, StatementChange } from "./live-plan.ts";
import { columnValue } from "../fill/column-values.ts";

/**
 * Reaches what a statement would make while the old version goes on inserting: the columns come nullable, a trigger fills them in new
 * rows, a backfill in old ones, and only then they become NOT NULL. Each step looks whether it is done, so it can run again.
 * @throws VersioningError `unsafe-schema-change` when a row gets no value, or when the statement does more than this can replace
 */
export async function addRequiredColumns(
  session: Session,
  { sql, change, findings }: PlannedStatement & { readonly change: StatementChange },
  context: StepContext,
): Promise<void> {
  const { table, added, changed, rest } = partsOf(sql, change);
  const filled = findings.flatMap((finding) =>
    finding.verdict === "needs-value" && finding.value.for === "writer" ? [finding.value.column] : [],
  );
  const definition = definitionsOf(change.definitions[table] ?? "");
  const after = change.after[table];
  const shape = async (): Promise<TableShape | undefined> =>
    (await readSchema(session, context.database, [table])).tables[table];
  const hasColumn = (found: TableShape | undefined, { name }: ColumnShape): boolean =>
    found?.columns.some((column) => column.name === name) ?? false;

  const before = await shape();
  await alter(session, table, context, [
    ...added
      .filter((column) => !hasColumn(before, column))
      .map((column) => {
        const text = definition.column(column.name);
        return `ADD COLUMN ${filled.includes(column.name) ? nullable(text) : text}${placeOf(column, after)}`;
      }),
    ...changed
      .filter(({ name }) => !filled.includes(name) && !isSame(before, after, name))
      .map(({ name }) => `MODIFY COLUMN ${definition.column(name)}`),
  ]);
  for (const column of filled) await fillColumn(session, table, column, context);
  const between = await shape();
  await alter(session, table, context, [
    ...filled
      .filter((name) => !isSame(between, after, name))
      .map((name) => `MODIFY COLUMN ${definition.column(name)}`),
    ...rest
      .filter((name) => !(name in (between?.indexes ?? {})))
      .map((name) => `ADD ${definition.index(name)}`),
  ]);
}

function isSame(now: TableShape | undefined, then: TableShape | null | undefined, name: string): boolean {
  const find = (shape: TableShape | null | undefined): ColumnShape | undefined =>
    shape?.columns.find((column) => column.name === name);
  return isDeepStrictEqual(find(now), find(then));
}

async function fillColumn(
  session: Session,
  table: string,
  column: string,
  { values, budget, onRetries, onFilled }: StepContext,
): Promise<void> {
  const value = columnValue(values, table, column);
  if (!value)
    throw new VersioningError(
      "unsafe-schema-change",
      `${table}.${column}: no expression for rows of the old version`,
    );
  onRetries(await createFillTrigger(session, fillTrigger(table, column, value.insert), budget));
  const { filled, empty } = await backfill(
    session,
    { table, column, expression: value.rows, alias: "NEW" },
    budget,
    (count) => onFilled({ table, column }, count),
  );
  onFilled({ table, column }, filled, true);
  if (empty > 0) {
    const rows = empty === 1 ? "1 row has" : `${empty} rows have`;
    const cure = `change the expression for ${table}: ${column} and run again`;
    throw new VersioningError(
      "unsafe-schema-change",
      `${table}.${column}: ${rows} no value by ${value.rows}; ${cure}`,
    );
  }
}

async function alter(
  session: Session,
  table: string,
  context: StepContext,
  actions: readonly string[],
): Promise<void> {
  if (actions.length > 0)
    await alterText(session, [table], `ALTER TABLE ${quotedList([table])} ${actions.join(", ")}`, context);
}

interface Parts {
  readonly table: string;
  readonly added: readonly ColumnShape[];
  readonly changed: readonly ColumnShape[];
  /** Names of indexes. */
  readonly rest: readonly string[];
}

function partsOf(sql: string, { differences }: StatementChange): Parts {
  const tables = new Set(differences.map(({ table }) => table));
  const [table = ""] = tables;
  const added: ColumnShape[] = [];
  const changed: ColumnShape[] = [];
  const rest: string[] = [];
  for (const difference of differences) {
    if (difference.kind === "column-added") added.push(difference.column);
    else if (difference.kind === "column-changed") changed.push(difference.column);
    else if (difference.kind === "index-added") rest.push(difference.name);
    else tables.add(`${difference.table} (${difference.kind})`);
  }
  if (tables.size === 1) return { table, added, changed, rest };
  const cure = "split it into a statement for each";
  throw new VersioningError(
    "unsafe-schema-change",
    `one statement changes ${[...tables].join(", ")}; ${cure}: ${sql}`,
  );
}

interface Definitions {
  column(name: string): string;
  index(name: string): string;
}

// The lines of SHOW CREATE TABLE are the definitions that ALTER TABLE takes.
function definitionsOf(createTable: string): Definitions {
  const lines = createTable.split("\n").map((line) => line.trim().replace(/,$/, ""));
  const line = (test: (text: string) => boolean, name: string): string => {
    const found = lines.find(test);
    if (found === undefined) throw new Error(`${name} is not in: ${createTable}`);
    return found;
  };
  return {
    column: (name) => line((text) => text.startsWith(`${quoted(name)} `), name),
    index: (name) =>
      line((text) => /^(?:[A-Z]+ )?KEY /.test(text) && text.includes(`KEY ${quoted(name)} `), name),
  };
}

function nullable(definition: string): string {
  return definition.replace(/ NOT NULL/, " NULL");
}

function placeOf({ name }: ColumnShape, after: TableShape | null | undefined): string {
  const names = (after?.columns ?? []).map((column) => column.name);
  const at = names.indexOf(name);
  if (at === names.length - 1) return "";
  return at === 0 ? " FIRST" : ` AFTER ${quoted(names[at - 1] ?? "")}`;
}
