import type { Effect, EffectKind } from "../migrations/effect.ts";
import { columnTypeOf } from "./knex-types.ts";
import {
  chainAt,
  constantsOf,
  endOfBracket,
  literalOf,
  literalsOf,
  withoutComments,
  type Call,
} from "../migrations/script-text.ts";
import { isStatement, sqlEffects } from "./sql-effects.ts";

const KEYS: Readonly<Record<string, EffectKind>> = {
  index: "add-index",
  dropIndex: "drop-index",
  unique: "add-unique",
  dropUnique: "drop-unique",
  foreign: "add-foreign",
  dropForeign: "drop-foreign",
  primary: "add-primary",
  dropPrimary: "drop-primary",
};
// knex, Schema Builder: methods of a table builder that add no column.
const NO_COLUMN = new Set(["engine", "charset", "collate", "comment", "inherits", "queryContext"]);
const ROWS = new Set(["insert", "update", "del", "delete", "truncate", "upsert"]);

/** What the `up` of a knex migration does, statement by statement. What it computes (a name in a variable) stays unnamed. */
export function knexEffects(text: string): Effect[] {
  const effects: Effect[] = [];
  const script = withoutComments(text);
  scan(upOf(script), constantsOf(script), effects);
  // An effect whose columns the text computes has none that are known.
  return effects.map(({ columns = [], ...rest }) => (columns.length === 0 ? rest : { ...rest, columns }));
}

function upOf(text: string): string {
  const up = text.search(/\bup\b\s*(?:=|\()/);
  const down = text.search(/\bdown\b\s*(?:=|\()/);
  return text.slice(Math.max(up, 0), down > up ? down : text.length);
}

function scan(text: string, constants: ReadonlyMap<string, string>, effects: Effect[]): void {
  const calls = /\.\s*([A-Za-z]+)\s*\(/g;
  for (let match = calls.exec(text); match; match = calls.exec(text)) {
    const name = match[1] ?? "";
    const [call] = chainAt(text, match.index).calls;
    if (!call) continue;
    const table = literalOf(call.args[0]);
    const on = table === undefined ? {} : { table };
    if (/^(?:createTable|createTableIfNotExists)$/.test(name)) {
      effects.push({ kind: "create-table", ...on }, ...builderEffects(call.args[1] ?? "", table));
      calls.lastIndex = endOfBracket(text, calls.lastIndex - 1);
    } else if (name === "alterTable" || name === "table") {
      effects.push(...builderEffects(call.args[1] ?? "", table));
      calls.lastIndex = endOfBracket(text, calls.lastIndex - 1);
    } else if (/^dropTable(?:IfExists)?$/.test(name)) effects.push({ kind: "drop-table", ...on });
    else if (name === "renameTable") {
      effects.push({ kind: "rename-table", ...on, columns: literalsOf(call.args[1]) });
    } else if (/^createView(?:OrReplace)?$|^alterView$/.test(name))
      effects.push({ kind: "create-view", ...on });
    else if (/^dropView(?:IfExists)?$/.test(name)) effects.push({ kind: "drop-view", ...on });
    else if (name === "raw") effects.push(...rawEffects(call.args[0] ?? "", constants));
    else if (ROWS.has(name)) effects.push({ kind: "data" });
  }
}

// knex, Raw: a whole statement, or a part of one inside another call.
function rawEffects(expression: string, constants: ReadonlyMap<string, string>): Effect[] {
  const literal = literalOf(expression) ?? constants.get(expression);
  if (literal === undefined) return [{ kind: "raw", text: expression }];
  const sql = literal
    .replaceAll(/\\([`'"])/g, "$1")
    .replaceAll(/\$\{\s*([\w$]+)\s*\}/g, (whole, name: string) => constants.get(name) ?? whole);
  if (!isStatement(sql)) return [];
  return sql.includes("${") ? [{ kind: "raw", text: sql.trim().replace(/\s+/g, " ") }] : sqlEffects(sql);
}

function builderEffects(callback: string, table: string | undefined): Effect[] {
  const parameter = /^(?:async\s+)?(?:function\s*\w*\s*)?\(?\s*([A-Za-z_$][\w$]*)/.exec(callback)?.[1];
  if (parameter === undefined) return [];
  const effects: Effect[] = [];
  const uses = new RegExp(`(?<![\\w$.])${parameter.replaceAll("$", "\\$")}(?=\\s*\\.)`, "g");
  for (let match = uses.exec(callback); match; match = uses.exec(callback)) {
    const { calls, end } = chainAt(callback, match.index + parameter.length);
    effects.push(...statementEffects(calls, table));
    uses.lastIndex = Math.max(end, uses.lastIndex);
  }
  return effects;
}

function statementEffects(chain: readonly Call[], table: string | undefined): Effect[] {
  const [head, ...rest] = chain;
  if (!head || NO_COLUMN.has(head.name)) return [];
  const on = table === undefined ? {} : { table };
  const columns = literalsOf(head.args[0]);
  const key = KEYS[head.name];
  if (key) {
    // dropForeign and its like may name the key instead of the column.
    const name = literalOf(head.args[1]);
    return [{ kind: key, ...on, columns, ...(name !== undefined && { name }) }];
  }
  if (head.name === "dropColumn" || head.name === "dropColumns") {
    return [{ kind: "drop-column", ...on, columns: head.args.flatMap(literalsOf) }];
  }
  if (head.name === "renameColumn")
    return [{ kind: "rename-column", ...on, columns: head.args.flatMap(literalsOf) }];
  // knex, Schema Builder: setNullable makes a column accept NULL, dropNullable makes it refuse NULL.
  if (head.name === "setNullable" || head.name === "dropNullable")
    return [{ kind: "alter-column", ...on, columns, nullable: head.name === "setNullable" }];
  if (head.name === "timestamps") {
    const names = ["created_at", "updated_at"];
    return names.map((name): Effect => ({
      kind: "add-column",
      ...on,
      columns: [name],
      type: "timestamp",
      nullable: true,
    }));
  }
  if (head.name.startsWith("drop")) return [{ kind: "raw", ...on, text: head.name }];
  return columnEffects(head, rest, { ...on, columns });
}

function columnEffects(head: Call, rest: readonly Call[], on: Pick<Effect, "table" | "columns">): Effect[] {
  const has = (name: string): boolean => rest.some((call) => call.name === name);
  const generated = /ncrements$/.test(head.name);
  const nullable = !has("notNullable") && !has("primary") && !generated;
  // knex, defaultTo(null): the same as no default.
  const hasDefault = generated || rest.some(({ name, args }) => name === "defaultTo" && args[0] !== "null");
  const type = columnTypeOf(head, has("unsigned"));
  // knex builds an increments column as a primary key unless an option forbids it.
  const columns = on.columns?.length === 0 && generated ? ["id"] : (on.columns ?? []);
  const own: Effect = {
    kind: has("alter") ? "alter-column" : "add-column",
    ...on,
    columns,
    ...(type !== undefined && { type }),
    nullable,
    ...(hasDefault && { hasDefault: true as const }),
    ...(!nullable && !hasDefault && { required: true as const }),
  };
  const keys = (["index", "unique", "primary"] as const)
    .filter((name) => has(name) || (name === "primary" && generated))
    .map((name): Effect => ({ kind: KEYS[name] ?? "raw", ...on, columns }));
  return [own, ...keys, ...(has("references") ? [{ kind: "add-foreign" as const, ...on, columns }] : [])];
}
