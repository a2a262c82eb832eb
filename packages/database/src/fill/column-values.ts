import { VersioningError } from "@mojaloop-versioning/protocol";

/**
 * Values for columns that one of two running versions leaves out, by table and column. An expression names the columns of its row as
 * `NEW.column`. `null` means that the column may stay NULL: the version that reads it accepts that.
 */
export type ColumnValues = Readonly<Record<string, Readonly<Record<string, string | null | ColumnValue>>>>;

/** Two expressions, where a row that is there already needs another one than a row that is being inserted. */
export interface ColumnValue {
  readonly insert: string;
  readonly rows: string;
}

/**
 * Checks what a file of values contains.
 * @param from the name of the file, for messages
 * @throws VersioningError `invalid-option` with the place
 */
export function parseColumnValues(given: unknown, from: string): ColumnValues {
  const wrong = (place: string, what: string): VersioningError =>
    new VersioningError("invalid-option", `${from}: ${place}: ${what}`);
  if (!isRecord(given)) throw wrong("the whole", "expected an object of tables");
  for (const [table, columns] of Object.entries(given)) {
    if (!isRecord(columns)) throw wrong(table, "expected an object of columns");
    for (const [column, value] of Object.entries(columns)) {
      const place = `${table}.${column}`;
      if (value === null) continue;
      const expressions = isRecord(value) ? value : { insert: value, rows: value };
      const unknown = Object.keys(expressions).filter((key) => key !== "insert" && key !== "rows");
      if (unknown.length > 0) throw wrong(place, `unknown key ${unknown.join(", ")}; known are insert, rows`);
      for (const key of ["insert", "rows"]) {
        const expression = expressions[key];
        if (typeof expression !== "string" || expression.trim() === "")
          throw wrong(place, `${key}: expected an SQL expression, or null where the column may stay NULL`);
        if (expression.includes(";"))
          throw wrong(place, `${key}: an expression, not a statement: remove ";"`);
      }
    }
  }
  return given as ColumnValues; // checked above
}

/** The values of several sources; later ones win, column by column. */
export function mergeColumnValues(...sources: readonly ColumnValues[]): ColumnValues {
  const merged: Record<string, Record<string, string | null | ColumnValue>> = {};
  for (const source of sources)
    for (const [table, columns] of Object.entries(source)) merged[table] = { ...merged[table], ...columns };
  return merged;
}

/** The value of a column; null where it may stay NULL, undefined where nothing is known. */
export function columnValue(
  values: ColumnValues,
  table: string,
  column: string,
): ColumnValue | null | undefined {
  const value = values[table]?.[column];
  return typeof value === "string" ? { insert: value, rows: value } : value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
