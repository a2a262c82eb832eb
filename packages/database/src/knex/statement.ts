/** What a statement of a migration is, by its first word. */
export type StatementKind = "ddl" | "read" | "write" | "control" | "unknown";

const KINDS: readonly (readonly [StatementKind, RegExp])[] = [
  ["ddl", /^(?:create|alter|drop|rename|truncate)\b/i],
  ["read", /^(?:select|show|describe|desc|explain)\b/i],
  ["write", /^(?:insert|update|delete|replace)\b/i],
  ["control", /^(?:set|begin|start\s+transaction|commit|rollback|savepoint|release)\b/i],
];

/** The kind of a statement. `unknown` is everything that this package cannot vouch for: `LOAD DATA`, `CALL`, `LOCK TABLES`. */
export function statementKind(sql: string): StatementKind {
  const text = sql.replace(/^(?:\s+|--[^\n]*\n|#[^\n]*\n|\/\*(?!!).*?\*\/)*/s, "");
  return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? "unknown";
}

/** An UPDATE that fills the empty cells of one column, and can therefore be done row by row. */
export interface FillStatement {
  readonly table: string;
  readonly column: string;
  readonly expression: string;
}

/**
 * Reads `update t set c = … where c is null` in the form that knex writes. Anything else is undefined: what cannot be recognised is
 * run as it stands.
 */
export function readFill(sql: string, bindings: readonly unknown[]): FillStatement | undefined {
  if (bindings.length > 0) return undefined;
  const match = /^\s*update `([^`]+)` set `([^`]+)` = (.*?)\s+where `([^`]+)` is null\s*$/is.exec(sql);
  const [, table, column, expression, tested] = match ?? [];
  if (table === undefined || column === undefined || expression === undefined || column !== tested)
    return undefined;
  return { table, column, expression: expression.trim() };
}
