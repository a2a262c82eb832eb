import type { RuleId } from "../rules/rule.ts";
import { findingsOf, type Severity, type UpgradeFinding } from "../rules/upgrade-finding.ts";
import { columnRules } from "./column-check.ts";
import type { Effect } from "./effect.ts";
import type { Migration, MigrationSet } from "./migration.ts";
import { renamesUndone } from "./renames.ts";
import { schemaAfter, type SchemaState } from "./schema-state.ts";

/** A rule that one statement meets, and what it concerns. */
export interface RuleHit {
  readonly severity: Severity;
  readonly rule: RuleId;
  readonly what: string;
}

const REMEDIES: Partial<Record<RuleId, string>> = {
  "required-foreign-column": "add the column as nullable, fill it, and make it required in a later release",
  "required-column": "stop the older instances first, or give the column a default",
  "drops-nullable": "check that no row has NULL, and stop the older instances first",
  "narrows-column": "check that every row fits, and stop the older instances first",
  "contracts-schema": "stop the older instances first, or drop it in a later release",
  "unique-on-filled-table": "look for repeated values first: SELECT … GROUP BY … HAVING COUNT(*) > 1",
  "copies-table": "count the rows, and plan the time",
  "converts-charset": "count the rows, and plan the time",
  "raw-unparsed": "read the statement",
  "column-unknown":
    "pass the migrations of the older release (upgrade lint --released), or read the migration",
};

/** What the statements of pending migrations bring, by the rules, in the order in which they run. One finding for each rule. */
export function effectFindings(
  service: string,
  before: MigrationSet,
  pending: readonly Migration[],
): UpgradeFinding[] {
  const state = schemaAfter(before);
  const undone = renamesUndone(pending);
  const created = new Set<string>();
  const added = new Set<string>();
  const hits = new Map<
    string,
    { readonly hit: RuleHit; readonly whats: string[]; readonly files: string[] }
  >();
  for (const { name, effects = [] } of pending) {
    for (const effect of effects) {
      if (effect.kind === "create-table" && effect.table !== undefined) created.add(effect.table);
      // A table that comes with the upgrade has no rows, and no older instance uses it.
      const isNew = effect.table !== undefined && created.has(effect.table);
      for (const hit of isNew || undone.has(effect) ? [] : rulesOf(effect, effects, { state, added })) {
        const key = `${hit.severity} ${hit.rule}`;
        const entry = hits.get(key) ?? { hit, whats: [], files: [] };
        if (!entry.whats.includes(hit.what)) entry.whats.push(hit.what);
        if (!entry.files.includes(name)) entry.files.push(name);
        hits.set(key, entry);
      }
      if (effect.kind === "add-column") added.add(`${effect.table ?? "?"}.${effect.columns?.[0] ?? "?"}`);
      state.apply(effect);
    }
  }
  const make = findingsOf("db");
  return [...hits.values()].map(({ hit: { severity, rule }, whats, files }) => {
    const remedy = REMEDIES[rule];
    return make(
      severity,
      rule,
      { subject: service, what: whats.join(", ") },
      { files, ...(remedy !== undefined && { remedy }) },
    );
  });
}

function rulesOf(
  effect: Effect,
  siblings: readonly Effect[],
  schema: { readonly state: SchemaState; readonly added: ReadonlySet<string> },
): RuleHit[] {
  const { state } = schema;
  const { kind, table = "an unnamed table", columns = [], text } = effect;
  const place = `${table}(${columns.join(", ")})`;
  switch (kind) {
    case "add-column":
    case "alter-column":
      return columnRules(effect, siblings, schema);
    case "drop-table":
    case "drop-view":
      return effect.table !== undefined && kind === "drop-table" && state.hasTable(effect.table) === false
        ? []
        : [{ severity: "stops-rolling", rule: "contracts-schema", what: `${table} is dropped` }];
    case "rename-table":
      return [
        {
          severity: "stops-rolling",
          rule: "contracts-schema",
          what: `${table} is renamed to ${columns.join("")}`,
        },
      ];
    case "drop-column":
      return [{ severity: "stops-rolling", rule: "contracts-schema", what: `${place} is dropped` }];
    case "rename-column":
      return [
        {
          severity: "stops-rolling",
          rule: "contracts-schema",
          what: `${table}.${columns.join(" is renamed to ")}`,
        },
      ];
    case "add-unique":
      return isEmptyColumn(effect, siblings) || includesPrimaryKey(effect, state)
        ? []
        : [{ severity: "stops-rolling", rule: "unique-on-filled-table", what: place }];
    case "convert-charset":
      return [{ severity: "warns", rule: "converts-charset", what: table }];
    case "create-view":
      return [{ severity: "notes", rule: "changes-view", what: table }];
    case "raw":
      return [{ severity: "unknown", rule: "raw-unparsed", what: text ?? "SQL that the text computes" }];
    default:
      return [];
  }
}

// Rows never repeat a primary key.
function includesPrimaryKey({ table, columns = [] }: Effect, state: SchemaState): boolean {
  const key = table === undefined ? [] : state.primaryKey(table);
  return key.length > 0 && key.every((column) => columns.includes(column));
}

// A column that the same migration adds as nullable has no value in any row.
function isEmptyColumn({ table, columns = [] }: Effect, siblings: readonly Effect[]): boolean {
  return siblings.some(
    (other) =>
      other.kind === "add-column" &&
      other.table === table &&
      other.nullable === true &&
      other.hasDefault === undefined &&
      columns.includes(other.columns?.[0] ?? "") &&
      !siblings.some(({ kind }) => kind === "data"),
  );
}
