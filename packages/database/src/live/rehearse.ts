import { alterOnline, isAlterTable } from "../server/alter-online.ts";
import { connectionOptions, quoted, type DatabaseAddress, type Session } from "../server/connect.ts";
import { compareSchemas, describeDifference } from "../schema/schema-difference.ts";
import { copySchema } from "../schema/copy.ts";
import { readSchema, type SchemaSnapshot } from "../schema/snapshot.ts";
import { judgeDifference } from "./judge.ts";
import { knexThrough, type SentStatement, type StatementAnswer } from "../knex/knex-run.ts";
import { loadUp, type MigrationFile } from "../knex/migration-directory.ts";
import type { LiveFinding, LivePlan, PlannedFile, PlannedStatement, StatementChange } from "./live-plan.ts";
import { statementKind } from "../knex/statement.ts";

/** The database in which migrations are tried. It is made and removed by a rehearsal. */
export function rehearsalName(database: string): string {
  return `${database}__rehearsal`;
}

/**
 * Runs migrations on an empty copy of a database, on the same server, and writes down what each statement did.
 * @param session in the database itself; afterwards it is there again
 * @param pending the migrations, in order
 */
export async function rehearse(
  session: Session,
  address: DatabaseAddress,
  { database, migrationTable }: Pick<LivePlan, "database" | "migrationTable">,
  pending: readonly MigrationFile[],
): Promise<LivePlan> {
  const known = await readSchema(session, database);
  const rows = await estimatedRows(session, database);
  const target = rehearsalName(database);
  const files: PlannedFile[] = [];
  await copySchema(session, database, target, [migrationTable]);
  const recorder = createRecorder(known, target);
  const knex = await knexThrough(
    { ...connectionOptions(address), database: target },
    (statement) => recorder.run(statement),
    () => Promise.resolve(),
  );
  try {
    for (const file of pending) {
      const up = await loadUp(file);
      recorder.begin(file.name);
      await up(knex);
      files.push({ name: file.name, digest: file.digest, statements: recorder.end() });
    }
    const final = await readSchema(session, target);
    return { database, server: session.server.version, migrationTable, files, known, final, rows };
  } finally {
    await knex.destroy();
    await session.run(`USE ${quoted(database)}`);
    await session.run(`DROP DATABASE IF EXISTS ${quoted(target)}`);
  }
}

async function estimatedRows(session: Session, database: string): Promise<Record<string, number>> {
  const rows = await session.rows(
    "SELECT TABLE_NAME AS t, TABLE_ROWS AS count FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE'",
    [database],
  );
  return Object.fromEntries(rows.map(({ t, count }) => [String(t), Number(count ?? 0)]));
}

interface Recorder {
  begin(file: string): void;
  run(statement: SentStatement): Promise<StatementAnswer>;
  end(): PlannedStatement[];
}

function createRecorder(known: SchemaSnapshot, target: string): Recorder {
  let file = "";
  let statements: PlannedStatement[] = [];
  let schema = known;

  async function runDdl(statement: SentStatement): Promise<StatementAnswer> {
    const { sql, session } = statement;
    const isPlain = isAlterTable(sql) && statement.bindings.length === 0;
    const algorithm = isPlain ? await alterOnline(session, sql, { mayCopy: true }) : undefined;
    const answer = isPlain ? undefined : await statement.send();
    const change = await changeOf(session, sql, schema, target);
    schema = withChange(schema, change);
    const findings = change.differences.flatMap((difference): LiveFinding[] => {
      const judgement = judgeDifference(difference, known);
      return judgement.verdict === "safe"
        ? []
        : [
            {
              ...judgement,
              file,
              subject: describeDifference(difference).replace(/ (?:added|removed|changed)$/, ""),
            },
          ];
    });
    statements.push({ kind: "ddl", sql, ...(algorithm && { algorithm }), change: change.change, findings });
    return answer;
  }

  return {
    begin(name) {
      file = name;
      statements = [];
    },
    end: () => statements,
    async run(statement) {
      const { sql, session } = statement;
      const kind = statementKind(sql);
      if (kind === "ddl") return runDdl(statement);
      const rule = "unknown-statement";
      const findings: LiveFinding[] =
        kind === "unknown" ? [{ verdict: "unknown", rule, file, subject: sql.slice(0, 60) }] : [];
      statements.push({ kind, sql, findings });
      if (kind !== "write") return statement.send();
      // The copy has no rows that a new row could refer to.
      await session.run("SET SESSION foreign_key_checks = 0");
      const answer = await statement.send();
      await session.run("SET SESSION foreign_key_checks = 1");
      return answer;
    },
  };
}

interface SchemaChange {
  readonly change: StatementChange;
  readonly differences: StatementChange["differences"];
  readonly names: readonly string[];
  readonly now: SchemaSnapshot;
}

// Reads again only the tables that the statement names, and those that are new or gone.
async function changeOf(
  session: Session,
  sql: string,
  schema: SchemaSnapshot,
  target: string,
): Promise<SchemaChange> {
  const words = new Set(sql.match(/[\w$]+/g));
  const rows = await session.rows(
    "SELECT TABLE_NAME AS t FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?",
    [target],
  );
  const present = new Set(rows.map(({ t }) => String(t)));
  const before = Object.keys({ ...schema.tables, ...schema.views });
  // After a rename the tables that refer to the old name have changed without being named.
  const renames = /\brename\b/i.test(sql);
  const names = [...new Set([...before, ...present])].filter(
    (name) => renames || words.has(name) || !present.has(name) || !before.includes(name),
  );
  const now = await readSchema(session, target, names);
  const old = subset(schema, names);
  const differences = compareSchemas(old, now);
  const changed = names.filter((name) => name in old.tables || name in now.tables);
  const definitions: Record<string, string> = {};
  for (const name of changed.filter((table) => table in now.tables)) {
    const [row] = await session.rows(`SHOW CREATE TABLE ${quoted(target)}.${quoted(name)}`);
    definitions[name] = String(row?.["Create Table"]);
  }
  const shapes = ({ tables }: SchemaSnapshot): StatementChange["before"] =>
    Object.fromEntries(changed.map((name) => [name, tables[name] ?? null]));
  return {
    change: { before: shapes(old), after: shapes(now), differences, definitions },
    differences,
    names,
    now,
  };
}

function subset({ tables, views }: SchemaSnapshot, names: readonly string[]): SchemaSnapshot {
  const some = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  return { tables: some(tables), views: some(views) };
}

function withChange({ tables, views }: SchemaSnapshot, { names, now }: SchemaChange): SchemaSnapshot {
  const kept = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
  return { tables: { ...kept(tables), ...now.tables }, views: { ...kept(views), ...now.views } };
}
