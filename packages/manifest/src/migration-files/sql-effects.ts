// Bundled into this package's build: the whole of node-sql-parser has 89 MB, its MySQL part 0.3 MB.
import mysql from "node-sql-parser/build/mysql.js";
import type { Effect } from "../migrations/effect.ts";

type Ast = Readonly<Record<string, unknown>>;

const parser = new mysql.Parser();
// MySQL Reference Manual, SQL Statements: those that change rows or sessions, and no schema.
const NO_SCHEMA = new Set(["select", "set", "use", "show", "lock", "unlock", "transaction", "explain"]);
const ROWS = new Set(["insert", "update", "delete", "replace", "truncate"]);
// A statement starts with one of these words; any other text is a part of one, such as the default of a column.
const STATEMENT =
  /^(?:alter|create|drop|rename|truncate|insert|update|delete|replace|set|select|with|lock|unlock|call|start|begin|commit|rollback|show|use|optimize|analyze|grant|revoke|load|do|prepare|execute|delimiter)\b/i;
// The parser does not know this clause (MySQL Reference Manual, ALTER TABLE).
const CONVERT =
  /^alter\s+table\s+`?([\w$]+)`?\s+convert\s+to\s+(?:character\s+set|charset)\s+\S+(?:\s+collate\s+\S+)?\s*;?\s*$/i;

/** Whether a text is a statement of its own. */
export function isStatement(sql: string): boolean {
  return STATEMENT.test(sql.trim());
}

/** What SQL statements do to a MySQL database. What cannot be parsed is an effect `raw` with the text. */
export function sqlEffects(sql: string): Effect[] {
  const text = sql.trim().replace(/\s+/g, " ");
  const convert = CONVERT.exec(text);
  if (convert) return [{ kind: "convert-charset", ...(convert[1] !== undefined && { table: convert[1] }) }];
  try {
    const parsed: unknown = parser.astify(text, { database: "mysql" });
    return (Array.isArray(parsed) ? parsed : [parsed]).flatMap((ast: unknown) =>
      isAst(ast) ? statementEffects(ast, text) : [],
    );
  } catch {
    // The parser throws for what it does not know: the finding shows its text.
    return [{ kind: "raw", text }];
  }
}

function statementEffects(ast: Ast, text: string): Effect[] {
  const { type, keyword } = ast;
  if (NO_SCHEMA.has(String(type))) return [];
  if (ROWS.has(String(type))) return [{ kind: "data" }];
  if (type === "alter")
    return listOf(ast["expr"]).flatMap((clause) => alterEffects(clause, tableOf(ast), text));
  if (type === "rename") return renames(ast);
  if (type === "create" && keyword === "table") return createEffects(ast, text);
  if (type === "create" && keyword === "index") {
    const kind = ast["index_type"] === "unique" ? "add-unique" : "add-index";
    return [
      { kind, ...named(tableOf(ast)), columns: columnsOf(ast["index_columns"]), ...nameOf(ast["index"]) },
    ];
  }
  if (type === "create" && keyword === "view") return [{ kind: "create-view", ...named(ast["view"]) }];
  if (type === "drop" && (keyword === "table" || keyword === "view")) {
    const kind = keyword === "table" ? "drop-table" : "drop-view";
    return listOf(ast["name"]).map((name): Effect => ({ kind, ...named(name["table"]) }));
  }
  if (type === "drop" && keyword === "index") {
    return [
      { kind: "drop-index", ...named(tableOf(ast)), columns: [], ...nameOf(member(ast["name"], "column")) },
    ];
  }
  return [{ kind: "raw", text }];
}

function createEffects(ast: Ast, text: string): Effect[] {
  const table = tableOf(ast);
  const inner = listOf(ast["create_definitions"]).flatMap((definition) =>
    alterEffects({ ...definition, action: "add", create_definitions: definition }, table, text),
  );
  return [{ kind: "create-table", ...named(table) }, ...inner];
}

function alterEffects(clause: Ast, table: string | undefined, text: string): Effect[] {
  const { action, resource, keyword } = clause;
  const on = named(table);
  if (resource === "algorithm" || resource === "lock") return [];
  if (resource === "column") {
    const columns = columnsOf([clause["column"]]);
    if (action === "drop") return [{ kind: "drop-column", ...on, columns }];
    const older = columnsOf([clause["old_column"]]);
    if (action === "rename") return [{ kind: "rename-column", ...on, columns: [...older, ...columns] }];
    const moved: Effect[] =
      action === "change" && older[0] !== columns[0]
        ? [{ kind: "rename-column", ...on, columns: [...older, ...columns] }]
        : [];
    const kind = action === "add" ? "add-column" : "alter-column";
    return [...moved, { kind, ...on, columns, ...definitionOf(clause) }, ...keysOf(clause, on, columns)];
  }
  if (resource === "index") {
    return [
      { kind: "add-index", ...on, columns: columnsOf(clause["definition"]), ...nameOf(clause["index"]) },
    ];
  }
  if (resource === "constraint") return constraintEffects(clause["create_definitions"], on, text);
  if (resource === "table" && action === "rename") {
    return [{ kind: "rename-table", ...on, columns: textsOf(clause["table"]) }];
  }
  if (resource === "key" && action === "drop") {
    const kind =
      keyword === "foreign key" ? "drop-foreign" : keyword === "primary key" ? "drop-primary" : "drop-index";
    return [{ kind, ...on, columns: [], ...nameOf(clause["key"]) }];
  }
  return [{ kind: "raw", ...on, text }];
}

function constraintEffects(constraint: unknown, on: { table?: string }, text: string): Effect[] {
  if (!isAst(constraint)) return [{ kind: "raw", ...on, text }];
  const type = String(constraint["constraint_type"]).toLowerCase();
  const columns = columnsOf(constraint["definition"]);
  const name = nameOf(constraint["constraint"] ?? constraint["index"]);
  if (type === "foreign key") return [{ kind: "add-foreign", ...on, columns, ...name }];
  if (type === "primary key") return [{ kind: "add-primary", ...on, columns, ...name }];
  return type.startsWith("unique")
    ? [{ kind: "add-unique", ...on, columns, ...name }]
    : [{ kind: "raw", ...on, text }];
}

// Type, nullability and default of a column definition.
function definitionOf(clause: Ast): Partial<Effect> {
  const definition = isAst(clause["definition"]) ? clause["definition"] : {};
  const { dataType, length, scale, suffix } = definition;
  const size = typeof length === "number" ? `(${length}${typeof scale === "number" ? `,${scale}` : ""})` : "";
  const unsigned = Array.isArray(suffix) && suffix.includes("UNSIGNED") ? " unsigned" : "";
  const nullable = member(clause["nullable"], "type") !== "not null" && clause["primary_key"] === undefined;
  const hasDefault = clause["default_val"] !== undefined || clause["auto_increment"] !== undefined;
  return {
    ...(typeof dataType === "string" && { type: `${dataType.toLowerCase()}${size}${unsigned}` }),
    nullable,
    ...(hasDefault && { hasDefault: true as const }),
    ...(!nullable && !hasDefault && { required: true as const }),
  };
}

function keysOf(clause: Ast, on: { table?: string }, columns: readonly string[]): Effect[] {
  return [
    ...(clause["unique"] === undefined ? [] : [{ kind: "add-unique" as const, ...on, columns }]),
    ...(clause["primary_key"] === undefined ? [] : [{ kind: "add-primary" as const, ...on, columns }]),
    ...(clause["reference_definition"] === undefined
      ? []
      : [{ kind: "add-foreign" as const, ...on, columns }]),
  ];
}

function renames(ast: Ast): Effect[] {
  const pairs: unknown[] = Array.isArray(ast["table"]) ? ast["table"] : [];
  return pairs.map((pair): Effect => {
    const [before, after] = listOf(pair);
    return { kind: "rename-table", ...named(before?.["table"]), columns: textsOf(after?.["table"]) };
  });
}

function tableOf(ast: Ast): string | undefined {
  const [first] = Array.isArray(ast["table"]) ? listOf(ast["table"]) : [ast["table"]];
  const table = member(first, "table");
  return typeof table === "string" ? table : undefined;
}

function named(name: unknown): { table?: string } {
  const text = isAst(name) ? name["view"] : name;
  return typeof text === "string" ? { table: text } : {};
}

function nameOf(name: unknown): { name?: string } {
  return typeof name === "string" && name !== "" ? { name } : {};
}

function columnsOf(references: unknown): string[] {
  return listOf(references).flatMap((reference) => textsOf(reference["column"]));
}

function textsOf(value: unknown): string[] {
  return typeof value === "string" ? [value] : [];
}

function listOf(value: unknown): Ast[] {
  return (Array.isArray(value) ? value : [value]).filter(isAst);
}

function member(value: unknown, key: string): unknown {
  return isAst(value) ? value[key] : undefined;
}

function isAst(value: unknown): value is Ast {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
