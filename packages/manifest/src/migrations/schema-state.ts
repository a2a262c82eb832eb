import type { Effect } from "./effect.ts";
import type { MigrationSet } from "./migration.ts";

/** What is known of a column. An absent member is not known. */
export interface ColumnState {
  readonly type?: string;
  readonly nullable?: boolean;
  readonly hasDefault?: boolean;
}

/** The schema that migrations make, as far as their texts are known. */
export interface SchemaState {
  /** Whether a table exists; `undefined`: not known. */
  hasTable(table: string): boolean | undefined;
  /** A column; `undefined`: it does not exist, or is not known. */
  column(table: string, column: string): ColumnState | undefined;
  /** The columns of a primary key; empty where it is not known. */
  primaryKey(table: string): readonly string[];
  apply(effect: Effect): void;
}

/** The schema after every migration of a set. A migration whose text is not known leaves it incomplete. */
export function schemaAfter({ migrations, complete }: MigrationSet): SchemaState {
  const state = createSchemaState(complete && migrations.every(({ effects }) => effects));
  for (const { effects = [] } of migrations) for (const effect of effects) state.apply(effect);
  return state;
}

/** @param complete whether a table that was never created does not exist; otherwise that is not known */
export function createSchemaState(complete: boolean): SchemaState {
  const tables = new Map<string, Map<string, ColumnState>>();
  const primaryKeys = new Map<string, readonly string[]>();
  return {
    hasTable: (table) => tables.has(table) || (complete ? false : undefined),
    primaryKey: (table) => primaryKeys.get(table) ?? [],
    column: (table, column) => tables.get(table)?.get(column),
    apply(effect) {
      const { kind, table, columns = [] } = effect;
      if (table === undefined) return;
      const [first = "", second = ""] = columns;
      if (kind === "create-table") tables.set(table, new Map());
      else if (kind === "drop-table") tables.delete(table);
      else if (kind === "rename-table") rename(tables, table, first);
      else if (kind === "add-column") tables.get(table)?.set(first, stateOf(effect));
      else if (kind === "alter-column")
        tables.get(table)?.set(first, { ...tables.get(table)?.get(first), ...stateOf(effect) });
      else if (kind === "add-primary") primaryKeys.set(table, columns);
      else if (kind === "drop-primary") primaryKeys.delete(table);
      else if (kind === "drop-column") for (const column of columns) tables.get(table)?.delete(column);
      else if (kind === "rename-column") {
        const own = tables.get(table);
        if (own) rename(own, first, second);
      }
    },
  };
}

function stateOf({ type, nullable, hasDefault }: Effect): ColumnState {
  return {
    ...(type !== undefined && { type }),
    ...(nullable !== undefined && { nullable }),
    // An alter that says nothing of the type, such as dropNullable, leaves the default alone.
    ...((type !== undefined || hasDefault) && { hasDefault: hasDefault === true }),
  };
}

function rename<T>(map: Map<string, T>, before: string, after: string): void {
  const value = map.get(before);
  if (value === undefined) return;
  map.delete(before);
  map.set(after, value);
}
