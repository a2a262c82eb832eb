import type { EffectKind } from "./effect.ts";
import type { Migration } from "./migration.ts";

/** What a migration does to instances that run at the same time: it adds, changes data or types, or removes. */
export type MigrationPhase = "expand" | "migrate" | "contract";

const CONTRACTS: readonly EffectKind[] = [
  "drop-table",
  "drop-column",
  "drop-view",
  "rename-table",
  "rename-column",
];
const MIGRATES: readonly EffectKind[] = ["data", "raw", "alter-column", "convert-charset"];

/** The phase of a migration by its heaviest effect; `undefined` when its text is not known. */
export function migrationPhase({ effects }: Migration): MigrationPhase | undefined {
  if (!effects) return undefined;
  const created = new Set(
    effects.flatMap(({ kind, table }) => (kind === "create-table" ? (table ?? []) : [])),
  );
  // A new table has no rows, and no older instance uses it.
  const felt = effects.filter(({ table }) => table === undefined || !created.has(table));
  if (felt.some(({ kind }) => CONTRACTS.includes(kind))) return "contract";
  return felt.some(({ kind, required }) => required === true || MIGRATES.includes(kind))
    ? "migrate"
    : "expand";
}
