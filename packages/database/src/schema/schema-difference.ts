import { isDeepStrictEqual } from "node:util";
import type { ColumnShape, ForeignKeyShape, IndexShape, SchemaSnapshot, TableShape } from "./snapshot.ts";

/** One difference between two schemas. */
export type SchemaDifference =
  | { readonly kind: "table-added" | "table-removed" | "table-changed"; readonly table: string }
  | { readonly kind: "column-added" | "column-removed"; readonly table: string; readonly column: ColumnShape }
  | {
      readonly kind: "column-changed";
      readonly table: string;
      readonly column: ColumnShape;
      readonly before: ColumnShape;
    }
  | {
      readonly kind: "index-added" | "index-removed";
      readonly table: string;
      readonly name: string;
      readonly index: IndexShape;
    }
  | {
      readonly kind: "foreign-key-added" | "foreign-key-removed";
      readonly table: string;
      readonly name: string;
      readonly key: ForeignKeyShape;
    }
  | { readonly kind: "check-added" | "check-removed"; readonly table: string; readonly name: string }
  | { readonly kind: "view-added" | "view-removed" | "view-changed"; readonly table: string };

/** What differs from one schema to another, table by table. A renamed thing is one removed and one added. */
export function compareSchemas(before: SchemaSnapshot, after: SchemaSnapshot): SchemaDifference[] {
  const tables = keysOf(before.tables, after.tables).flatMap((table): SchemaDifference[] => {
    const [old, now] = [before.tables[table], after.tables[table]];
    if (!now) return [{ kind: "table-removed", table }];
    return old ? compareTables(table, old, now) : [{ kind: "table-added", table }];
  });
  const views = keysOf(before.views, after.views).flatMap((table): SchemaDifference[] => {
    const [old, now] = [before.views[table], after.views[table]];
    if (old === now) return [];
    return [
      { kind: old === undefined ? "view-added" : now === undefined ? "view-removed" : "view-changed", table },
    ];
  });
  return [...tables, ...views];
}

function compareTables(table: string, before: TableShape, after: TableShape): SchemaDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  const columnsOf = ({ columns }: TableShape): Readonly<Record<string, ColumnShape>> =>
    Object.fromEntries(columns.map((column) => [column.name, column]));
  const found: SchemaDifference[] = [
    ...pairs(columnsOf(before), columnsOf(after), {
      added: (_, column) => ({ kind: "column-added", table, column }),
      removed: (_, column) => ({ kind: "column-removed", table, column }),
      changed: (_, column, old) => [{ kind: "column-changed", table, column, before: old }],
    }),
    ...pairs(before.indexes, after.indexes, {
      added: (name, index) => ({ kind: "index-added", table, name, index }),
      removed: (name, index) => ({ kind: "index-removed", table, name, index }),
    }),
    ...pairs(before.foreignKeys, after.foreignKeys, {
      added: (name, key) => ({ kind: "foreign-key-added", table, name, key }),
      removed: (name, key) => ({ kind: "foreign-key-removed", table, name, key }),
    }),
    ...pairs(before.checks, after.checks, {
      added: (name) => ({ kind: "check-added", table, name }),
      removed: (name) => ({ kind: "check-removed", table, name }),
    }),
  ];
  // Engine, collation, or the order of columns.
  return found.length > 0 ? found : [{ kind: "table-changed", table }];
}

interface Describe<T> {
  readonly added: (name: string, now: T) => SchemaDifference;
  readonly removed: (name: string, old: T) => SchemaDifference;
  /** Without it a changed thing is one removed and one added. */
  readonly changed?: (name: string, now: T, old: T) => SchemaDifference[];
}

function pairs<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  { added, removed, changed = (name, now, old) => [removed(name, old), added(name, now)] }: Describe<T>,
): SchemaDifference[] {
  return keysOf(before, after).flatMap((name) => {
    const [old, now] = [before[name], after[name]];
    if (now === undefined) return old === undefined ? [] : [removed(name, old)];
    if (old === undefined) return [added(name, now)];
    return isDeepStrictEqual(old, now) ? [] : changed(name, now, old);
  });
}

function keysOf(before: object, after: object): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

/** A difference in a few words: `column transfer.quoteId added`. */
export function describeDifference(difference: SchemaDifference): string {
  const [, what = "", verb = ""] = /^(.*)-(\w+)$/.exec(difference.kind) ?? [];
  const { table } = difference;
  const name =
    "column" in difference ? difference.column.name : "name" in difference ? difference.name : undefined;
  return `${what.replaceAll("-", " ")} ${name === undefined ? table : `${table}.${name}`} ${verb}`;
}
