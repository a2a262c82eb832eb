import { chainAt, endOfBracket, literalOf, literalsOf, withoutComments, type Call } from "./script-text.ts";

/** What one statement of a migration does to a database. */
export interface Effect {
  readonly kind: EffectKind;
  /** The table, where the text names it. */
  readonly table?: string;
  /** The columns, or for a rename the old and the new name. */
  readonly columns?: readonly string[];
  /** A name given to an index or a key. */
  readonly name?: string;
  /** A column that must hold a value and has no default. */
  readonly required?: true;
}

export type EffectKind = (typeof EFFECT_KINDS)[number];

/** Every kind of effect that the reader tells apart. */
export const EFFECT_KINDS = [
  "create-table",
  "drop-table",
  "rename-table",
  "add-column",
  "alter-column",
  "drop-column",
  "rename-column",
  "add-index",
  "drop-index",
  "add-unique",
  "drop-unique",
  "add-foreign",
  "drop-foreign",
  "add-primary",
  "drop-primary",
  "data",
  "raw",
] as const;

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
// knex, Schema Building: what is called on a table builder and adds no column.
const NO_COLUMN = new Set([
  "engine",
  "charset",
  "collate",
  "comment",
  "inherits",
  "queryContext",
  "setNullable",
]);
const ROWS = new Set(["insert", "update", "del", "delete", "truncate", "upsert"]);

/** What the `up` of a knex migration does, statement by statement. What it computes (a name in a variable) stays unnamed. */
export function knexEffects(text: string): Effect[] {
  const effects: Effect[] = [];
  scan(upOf(withoutComments(text)), effects);
  return effects;
}

function upOf(text: string): string {
  const up = text.search(/\bup\b\s*(?:=|\()/);
  const down = text.search(/\bdown\b\s*(?:=|\()/);
  return text.slice(Math.max(up, 0), down > up ? down : text.length);
}

function scan(text: string, effects: Effect[]): void {
  const calls = /\.\s*([A-Za-z]+)\s*\(/g;
  for (let match = calls.exec(text); match; match = calls.exec(text)) {
    const name = match[1] ?? "";
    const { calls: chain } = chainAt(text, match.index);
    const [call] = chain;
    if (!call) continue;
    const table = literalOf(call.args[0]);
    if (/^(?:createTable|createTableIfNotExists)$/.test(name)) {
      effects.push({ kind: "create-table", ...(table !== undefined && { table }) });
      effects.push(
        ...builderEffects(call.args[1] ?? "", table).filter(
          ({ kind }) => kind.startsWith("add-") && kind !== "add-column",
        ),
      );
      calls.lastIndex = endOfBracket(text, calls.lastIndex - 1);
    } else if (name === "alterTable" || name === "table") {
      effects.push(...builderEffects(call.args[1] ?? "", table));
      calls.lastIndex = endOfBracket(text, calls.lastIndex - 1);
    } else if (/^dropTable(?:IfExists)?$/.test(name)) {
      effects.push({ kind: "drop-table", ...(table !== undefined && { table }) });
    } else if (name === "renameTable") {
      effects.push({
        kind: "rename-table",
        ...(table !== undefined && { table }),
        columns: literalsOf(call.args[1]),
      });
    } else if (name === "raw") effects.push({ kind: "raw" });
    else if (ROWS.has(name)) effects.push({ kind: "data" });
  }
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
  if (head.name.startsWith("drop")) return [{ kind: "raw", ...on }];

  const says = (name: string): boolean => rest.some((call) => call.name === name);
  const generated = /ncrements$/.test(head.name);
  const required = !generated && !says("defaultTo") && says("notNullable");
  const kind = says("alter") ? "alter-column" : "add-column";
  const own: Effect = { kind, ...on, columns, ...(required && { required: true as const }) };
  const keys = (["index", "unique", "primary"] as const)
    .filter(says)
    .map((name): Effect => ({ kind: KEYS[name] ?? "raw", ...on, columns }));
  return [own, ...keys, ...(says("references") ? [{ kind: "add-foreign" as const, ...on, columns }] : [])];
}
