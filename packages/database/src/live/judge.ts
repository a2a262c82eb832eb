import type { SchemaDifference } from "../schema/schema-difference.ts";
import type { ColumnShape, SchemaSnapshot } from "../schema/snapshot.ts";

/** What a difference means for a version that runs on the schema before it. */
export type LiveJudgement =
  /** Nothing that the old version can notice. */
  | { readonly verdict: "safe" }
  /** Safe once the column gets a value: for rows of the old version, or for the old version's reads. */
  | { readonly verdict: "needs-value"; readonly rule: LiveRule; readonly value: NeededValue }
  /** Breaks the old version. */
  | { readonly verdict: "breaks"; readonly rule: LiveRule }
  /** Depends on what the old version does; only a person can accept it. */
  | { readonly verdict: "unknown"; readonly rule: LiveRule };

/** A column that one of the two versions leaves out. */
export interface NeededValue {
  readonly table: string;
  readonly column: string;
  /** `writer`: the old version inserts rows without it. `reader`: the new version may leave NULL what the old one reads. */
  readonly for: "writer" | "reader";
}

/** The rules, by id: what each says. */
export const LIVE_RULES = {
  "required-column": "the old version inserts rows without a column that has no default",
  "column-not-null": "the old version may insert NULL into a column that no longer accepts it",
  "column-nullable": "the new version may leave NULL what the old version reads as a value",
  "contracts-schema": "the old version uses what is removed or renamed",
  "column-type": "the old version may write values that the new type does not accept",
  "unique-added": "the old version may write values that are now refused as duplicates",
  "foreign-key-added": "the old version may write values that the new foreign key refuses",
  "check-added": "the old version may write values that the new check refuses",
  "view-changed": "the old version reads a view whose definition changes",
  "copies-table": "the server copies the table and blocks every write meanwhile",
  "unknown-statement": "a statement whose effect is not known",
} as const;

/** An id of {@link LIVE_RULES}. */
export type LiveRule = keyof typeof LIVE_RULES;

const SAFE: LiveJudgement = { verdict: "safe" };

/**
 * Judges one difference.
 * @param known the schema that the old version was written for
 */
export function judgeDifference(difference: SchemaDifference, known: SchemaSnapshot): LiveJudgement {
  const { table } = difference;
  if (difference.kind.startsWith("view-"))
    return table in known.views ? { verdict: "unknown", rule: "view-changed" } : SAFE;
  const old = known.tables[table];
  if (!old) return SAFE; // the old version does not know the table
  const isKnown = (column: string): boolean => old.columns.some(({ name }) => name === column);
  switch (difference.kind) {
    case "table-removed":
      return { verdict: "breaks", rule: "contracts-schema" };
    case "column-removed":
      return isKnown(difference.column.name) ? { verdict: "breaks", rule: "contracts-schema" } : SAFE;
    case "column-added":
      return isRequired(difference.column)
        ? needsValue("required-column", table, difference.column.name, "writer")
        : SAFE;
    case "column-changed":
      return judgeColumn(table, difference.column, difference.before, isKnown(difference.column.name));
    case "index-added":
      return difference.index.unique && difference.index.columns.every((column) => isKnown(bare(column)))
        ? { verdict: "unknown", rule: "unique-added" }
        : SAFE;
    case "foreign-key-added":
      return difference.key.columns.some(isKnown) ? { verdict: "unknown", rule: "foreign-key-added" } : SAFE;
    case "check-added":
      return { verdict: "unknown", rule: "check-added" };
    default:
      return SAFE;
  }
}

function judgeColumn(table: string, now: ColumnShape, before: ColumnShape, isKnown: boolean): LiveJudgement {
  if (isRequired(now) && !isRequired(before))
    return needsValue(before.nullable ? "column-not-null" : "required-column", table, now.name, "writer");
  if (!isKnown) return SAFE;
  if (before.nullable && !now.nullable) return needsValue("column-not-null", table, now.name, "writer");
  if (before.type !== now.type && !widens(before.type, now.type))
    return { verdict: "unknown", rule: "column-type" };
  if (!before.nullable && now.nullable) return needsValue("column-nullable", table, now.name, "reader");
  return SAFE;
}

function needsValue(
  rule: LiveRule,
  table: string,
  column: string,
  reader: NeededValue["for"],
): LiveJudgement {
  return { verdict: "needs-value", rule, value: { table, column, for: reader } };
}

/** Whether an insert that leaves the column out fails. */
export function isRequired({ nullable, default: value, extra, generated }: ColumnShape): boolean {
  return !nullable && value === null && generated === null && !/auto_increment/i.test(extra);
}

const INTEGERS = ["tinyint", "smallint", "mediumint", "int", "bigint"];
const TEXTS = ["tinytext", "text", "mediumtext", "longtext"];

/** Whether every value of one type is a value of another: a longer varchar, a larger integer, more digits on both sides. */
export function widens(before: string, after: string): boolean {
  const [from, to] = [readType(before), readType(after)];
  if (from.rest !== to.rest) return false; // unsigned, or the list of an enum
  for (const family of [INTEGERS, TEXTS])
    if (family.includes(from.name) && family.includes(to.name))
      return family.indexOf(from.name) <= family.indexOf(to.name);
  const [precision = 0, scale = 0] = from.sizes;
  const [newPrecision = 0, newScale = 0] = to.sizes;
  if (from.name !== to.name) return false;
  if (from.name === "decimal") return newScale >= scale && newPrecision - newScale >= precision - scale;
  return ["varchar", "varbinary"].includes(from.name) && newPrecision >= precision;
}

function readType(type: string): { name: string; sizes: number[]; rest: string } {
  const [, name = "", sizes = "", rest = ""] = /^(\w+)(?:\((\d+(?:,\d+)?)\))?(.*)$/.exec(type) ?? [];
  // The display width of an integer says nothing about its values.
  return { name, sizes: INTEGERS.includes(name) ? [] : sizes.split(",").filter(Boolean).map(Number), rest };
}

// An index names a prefix with its length: `name(10)`.
function bare(column: string): string {
  return column.replace(/\(\d+\)$/, "");
}
