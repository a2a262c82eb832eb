import type { Effect } from "./effect.ts";
import type { Migration } from "./migration.ts";

/** A key that a migration makes although the database has it. */
export interface RepeatedKey {
  readonly migration: string;
  /** The migration that made it first. */
  readonly first: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** The keys that `added` migrations make again on a database that has run `before`, in the order in which knex runs them. */
export function repeatedKeys(before: readonly Migration[], added: readonly Migration[]): RepeatedKey[] {
  const keys = new Map<string, string>();
  for (const migration of before) apply(migration, keys);
  return added.flatMap((migration) => apply(migration, keys));
}

// Keeps which migration made each key that exists, and returns those that it makes again.
function apply(migration: Migration, keys: Map<string, string>): RepeatedKey[] {
  const repeated: RepeatedKey[] = [];
  for (const effect of migration.effects ?? []) {
    const { kind, table, columns = [] } = effect;
    if (table === undefined) continue;
    if (kind === "create-table" || kind === "drop-table") {
      for (const key of [...keys.keys()]) if (key.startsWith(`${table} `)) keys.delete(key);
    } else if (/^add-(?:index|unique|foreign)$/.test(kind) && columns.length > 0) {
      const key = keyOf(effect, kind.slice("add-".length));
      const first = keys.get(key);
      if (first !== undefined) repeated.push({ migration: migration.name, first, table, columns });
      keys.set(key, migration.name);
    } else if (/^drop-(?:index|unique|foreign)$/.test(kind)) {
      // A key may be dropped by its columns or by its name alone.
      const type = kind.slice("drop-".length);
      const names = new Set([effect.name, columns.join(","), columns[0]]);
      for (const key of [...keys.keys()]) {
        if (!key.startsWith(`${table} ${type} `)) continue;
        if (names.has(key.slice(`${table} ${type} `.length)) || names.has(nameOf(key, table, type)))
          keys.delete(key);
      }
    }
  }
  return repeated;
}

function keyOf({ table = "", columns = [], name }: Effect, type: string): string {
  return `${table} ${type} ${name ?? columns.join(",")}`;
}

// knex names a key by table, columns and type, in lower case.
function nameOf(key: string, table: string, type: string): string {
  const columns = key.slice(`${table} ${type} `.length).replaceAll(",", "_");
  return `${table}_${columns}_${type}`.toLowerCase();
}
