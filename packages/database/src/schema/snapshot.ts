import type { Row, Session } from "../server/connect.ts";

/** A database's schema as `information_schema` gives it: plain data, equal for equal schemas. Names of the database are left out. */
export interface SchemaSnapshot {
  readonly tables: Readonly<Record<string, TableShape>>;
  /** The definition of each view, without the name of the database. */
  readonly views: Readonly<Record<string, string>>;
}

export interface TableShape {
  readonly engine: string;
  readonly collation: string;
  /** In order. */
  readonly columns: readonly ColumnShape[];
  readonly indexes: Readonly<Record<string, IndexShape>>;
  readonly foreignKeys: Readonly<Record<string, ForeignKeyShape>>;
  readonly checks: Readonly<Record<string, string>>;
}

export interface ColumnShape {
  readonly name: string;
  /** `varchar(36)`. */
  readonly type: string;
  readonly nullable: boolean;
  /** As the server writes it; null where there is none. MariaDB writes a default of NULL as the text `NULL`. */
  readonly default: string | null;
  readonly collation: string | null;
  /** `auto_increment`, `on update current_timestamp()`, `STORED GENERATED`. */
  readonly extra: string;
  readonly generated: string | null;
}

export interface IndexShape {
  readonly unique: boolean;
  readonly type: string;
  /** Columns in order, with the length of a prefix: `name(10)`. */
  readonly columns: readonly string[];
}

export interface ForeignKeyShape {
  readonly columns: readonly string[];
  readonly table: string;
  readonly referenced: readonly string[];
  readonly onUpdate: string;
  readonly onDelete: string;
}

/**
 * Reads the schema of a database.
 * @param only reads these tables alone; a table that does not exist is left out
 */
export async function readSchema(
  session: Session,
  database: string,
  only?: readonly string[],
): Promise<SchemaSnapshot> {
  const read = (columns: string, from: string, table: string, order: string): Promise<Row[]> =>
    session.rows(
      `SELECT ${columns} FROM information_schema.${from} ${only ? `AND ${table} IN (?)` : ""} ORDER BY ${order}`,
      only ? [database, only] : [database],
    );
  if (only?.length === 0) return { tables: {}, views: {} };
  const tables = await read(
    "TABLE_NAME AS t, ENGINE AS engine, TABLE_COLLATION AS collation",
    "TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE'",
    "TABLE_NAME",
    "TABLE_NAME",
  );
  const columns = await read(
    `TABLE_NAME AS t, COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable, COLUMN_DEFAULT AS def,
     COLLATION_NAME AS collation, EXTRA AS extra, GENERATION_EXPRESSION AS gen`,
    "COLUMNS WHERE TABLE_SCHEMA = ?",
    "TABLE_NAME",
    "TABLE_NAME, ORDINAL_POSITION",
  );
  const indexes = await read(
    "TABLE_NAME AS t, INDEX_NAME AS name, NON_UNIQUE AS loose, INDEX_TYPE AS type, COLUMN_NAME AS col, SUB_PART AS part",
    "STATISTICS WHERE TABLE_SCHEMA = ?",
    "TABLE_NAME",
    "TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX",
  );
  const keys = await read(
    `k.TABLE_NAME AS t, k.CONSTRAINT_NAME AS name, k.COLUMN_NAME AS col, k.REFERENCED_TABLE_NAME AS ref,
     k.REFERENCED_COLUMN_NAME AS refCol, r.UPDATE_RULE AS onUpdate, r.DELETE_RULE AS onDelete`,
    `KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
       ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME
     WHERE k.TABLE_SCHEMA = ? AND k.REFERENCED_TABLE_NAME IS NOT NULL`,
    "k.TABLE_NAME",
    "k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION",
  );
  const checks = await read(
    "tc.TABLE_NAME AS t, tc.CONSTRAINT_NAME AS name, cc.CHECK_CLAUSE AS clause",
    `TABLE_CONSTRAINTS tc JOIN information_schema.CHECK_CONSTRAINTS cc
       ON cc.CONSTRAINT_SCHEMA = tc.CONSTRAINT_SCHEMA AND cc.CONSTRAINT_NAME = tc.CONSTRAINT_NAME
       ${session.server.family === "mariadb" ? "AND cc.TABLE_NAME = tc.TABLE_NAME" : ""}
     WHERE tc.TABLE_SCHEMA = ? AND tc.CONSTRAINT_TYPE = 'CHECK'`,
    "tc.TABLE_NAME",
    "tc.TABLE_NAME, tc.CONSTRAINT_NAME",
  );
  const views = await read(
    "TABLE_NAME AS t, VIEW_DEFINITION AS definition",
    "VIEWS WHERE TABLE_SCHEMA = ?",
    "TABLE_NAME",
    "TABLE_NAME",
  );
  const of = (rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> => groupedBy(rows, "t");
  const parts = { columns: of(columns), indexes: of(indexes), keys: of(keys), checks: of(checks) };
  return {
    tables: Object.fromEntries(tables.map((row) => [text(row["t"]), shapeOf(row, parts)])),
    views: Object.fromEntries(
      views.map(({ t, definition }) => [text(t), text(definition).replaceAll(`\`${database}\`.`, "")]),
    ),
  };
}

type Parts = Readonly<Record<"columns" | "indexes" | "keys" | "checks", ReadonlyMap<string, readonly Row[]>>>;

function shapeOf({ t, engine, collation }: Row, { columns, indexes, keys, checks }: Parts): TableShape {
  const table = text(t);
  return {
    engine: text(engine),
    collation: text(collation),
    columns: (columns.get(table) ?? []).map((row) => ({
      name: text(row["name"]),
      type: text(row["type"]),
      nullable: row["nullable"] === "YES",
      default: textOrNull(row["def"]),
      collation: textOrNull(row["collation"]),
      extra: text(row["extra"]),
      generated: textOrNull(row["gen"]),
    })),
    indexes: mapOf(indexes.get(table), ([first, ...rest]) => ({
      unique: Number(first["loose"]) === 0,
      type: text(first["type"]),
      columns: [first, ...rest].map(({ col, part }) =>
        part === null ? text(col) : `${text(col)}(${text(part)})`,
      ),
    })),
    foreignKeys: mapOf(keys.get(table), ([first, ...rest]) => ({
      columns: [first, ...rest].map(({ col }) => text(col)),
      table: text(first["ref"]),
      referenced: [first, ...rest].map(({ refCol }) => text(refCol)),
      onUpdate: text(first["onUpdate"]),
      onDelete: text(first["onDelete"]),
    })),
    checks: mapOf(checks.get(table), ([{ clause }]) => text(clause)),
  };
}

function mapOf<T>(
  rows: readonly Row[] = [],
  shape: (rows: readonly [Row, ...Row[]]) => T,
): Readonly<Record<string, T>> {
  const entries = [...groupedBy(rows, "name")].flatMap(([name, [first, ...rest]]) =>
    first ? [[name, shape([first, ...rest])] as const] : [],
  );
  return Object.fromEntries(entries);
}

function groupedBy(rows: readonly Row[], column: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = text(row[column]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function text(value: unknown): string {
  return typeof value === "string"
    ? value
    : value === null || value === undefined
      ? ""
      : JSON.stringify(value);
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined || value === "" ? null : text(value);
}
