import { compareTypes } from "./column-type.ts";
import type { Effect } from "./effect.ts";
import type { RuleHit } from "./effect-check.ts";
import type { ColumnState, SchemaState } from "./schema-state.ts";

/** The rules for a column that a migration adds or alters, on a table that has rows. */
export function columnRules(
  effect: Effect,
  siblings: readonly Effect[],
  { state, added }: { readonly state: SchemaState; readonly added: ReadonlySet<string> },
): RuleHit[] {
  const { kind, table = "?", columns = [] } = effect;
  const [column = "?"] = columns;
  const place = `${table}.${column}`;
  if (kind === "add-column") return effect.required ? [requiredHit(effect, siblings, place)] : [];
  const known = state.column(table, column);
  if (added.has(place)) return known ? nullRules(effect, known, place) : [];
  if (!known) return [{ severity: "unknown", rule: "column-unknown", what: `${place} is altered` }];
  return [...nullRules(effect, known, place), ...typeRules(effect, known, place)];
}

function requiredHit(effect: Effect, siblings: readonly Effect[], place: string): RuleHit {
  const foreign = siblings.some(
    ({ kind, table, columns = [] }) =>
      kind === "add-foreign" && table === effect.table && columns.join() === effect.columns?.join(),
  );
  return foreign
    ? { severity: "blocks", rule: "required-foreign-column", what: place }
    : { severity: "stops-rolling", rule: "required-column", what: `${place} is added as required` };
}

function nullRules(effect: Effect, known: ColumnState, place: string): RuleHit[] {
  if (effect.nullable !== false) return [];
  const hits: RuleHit[] = [];
  const defaults = effect.type === undefined ? known.hasDefault === true : effect.hasDefault === true;
  if (known.nullable === undefined) {
    hits.push({ severity: "unknown", rule: "column-unknown", what: `${place} becomes NOT NULL` });
  } else if (known.nullable) {
    // Without a default an insert that leaves the column out fails too.
    const rule = defaults || effect.type === undefined ? "drops-nullable" : "required-column";
    hits.push({ severity: "stops-rolling", rule, what: `${place} becomes NOT NULL` });
  } else if (known.hasDefault === true && !defaults) {
    hits.push({ severity: "stops-rolling", rule: "required-column", what: `${place} loses its default` });
  }
  return hits;
}

function typeRules({ type }: Effect, known: ColumnState, place: string): RuleHit[] {
  if (type === undefined) return [];
  if (known.type === undefined) {
    return [{ severity: "unknown", rule: "column-unknown", what: `${place} becomes ${type}` }];
  }
  const change = compareTypes(known.type, type);
  if (change === "same") return [];
  const what = `${place} changes from ${known.type} to ${type}`;
  if (change === "rescaled") {
    return [{ severity: "warns", rule: "copies-table", what: `${what}, with fewer digits before the point` }];
  }
  if (change === "wider")
    return inPlace(known.type, type) ? [] : [{ severity: "warns", rule: "copies-table", what }];
  return [{ severity: "stops-rolling", rule: "narrows-column", what }];
}

// MySQL Reference Manual, Online DDL Operations, Extending VARCHAR column size: in place while the length needs as many bytes.
function inPlace(before: string, after: string): boolean {
  const sizes = [before, after].map((type) => Number(/^varchar\((\d+)\)$/.exec(type)?.[1] ?? Number.NaN));
  const [older = Number.NaN, newer = Number.NaN] = sizes;
  // With utf8mb4 a length byte counts to 63 characters.
  return newer >= older && (newer <= 63 || older > 63);
}
