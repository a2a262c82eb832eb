import { repeatedKeys } from "./database-key.ts";
import type { Effect } from "./knex-effects.ts";
import type { Migration, MigrationSet } from "./migration.ts";
import { RULES, type RuleId } from "../rules/rule.ts";
import type { Severity, UpgradeFinding } from "../rules/upgrade-finding.ts";

/** What a migration does to instances that run beside it: adds, moves data, or takes away. */
export type MigrationPhase = "expand" | "migrate" | "contract";

/** The migrations that an upgrade would run. */
export function pendingMigrations(before: MigrationSet, after: MigrationSet): Migration[] {
  const ran = new Set(before.migrations.map(({ name }) => name));
  return after.migrations.filter(({ name }) => !ran.has(name));
}

/** The phase of a migration by its heaviest effect; `undefined` when its text is not known. */
export function migrationPhase({ effects }: Migration): MigrationPhase | undefined {
  if (!effects) return undefined;
  const kinds = new Set(effects.map(({ kind }) => kind));
  if (
    ["drop-table", "drop-column", "rename-table", "rename-column"].some((kind) =>
      kinds.has(kind as Effect["kind"]),
    )
  )
    return "contract";
  const moves = effects.some(
    ({ kind, required }) => required === true || ["data", "raw", "alter-column"].includes(kind),
  );
  return moves ? "migrate" : "expand";
}

/** What running the migrations of `after` on a database made by `before` brings: failures, and what old instances cannot stand. */
export function checkMigrations(
  service: string,
  before: MigrationSet,
  after: MigrationSet,
): UpgradeFinding[] {
  const pending = pendingMigrations(before, after);
  const there = new Map(after.migrations.map((migration) => [migration.name, migration]));
  const gone = before.migrations.filter(({ name }) =>
    after.complete ? !there.has(name) : (after.absent ?? []).includes(name),
  );
  const edited = before.migrations.filter(({ name, digest }) => {
    const now = there.get(name)?.digest;
    return digest !== undefined && now !== undefined && digest !== now;
  });
  const unread = pending.filter(({ effects }) => !effects);
  const finding = (
    severity: Severity,
    rule: RuleId,
    files: readonly string[],
    what: string,
  ): UpgradeFinding[] =>
    files.length === 0
      ? []
      : [{ severity, part: "db", subject: service, rule, message: `${what}: ${RULES[rule].says}`, files }];
  return [
    ...finding(
      "blocks",
      "migration-removed",
      namesOf(gone),
      `${gone.length} migration(s) that have run are gone`,
    ),
    ...repeatedKeys(before.migrations, pending).flatMap(({ migration, first, table, columns }) =>
      finding(
        "blocks",
        "migration-repeats-key",
        [migration, first],
        `${table}(${columns.join(", ")}) is made again`,
      ),
    ),
    ...columnFindings(pending, finding),
    ...finding(
      "warns",
      "migration-edited",
      namesOf(edited),
      `${edited.length} migration(s) that have run were edited`,
    ),
    ...finding("warns", "migration-unread", namesOf(unread), `${unread.length} migration(s) were not read`),
  ];
}

type Make = (severity: Severity, rule: RuleId, files: readonly string[], what: string) => UpgradeFinding[];

function columnFindings(pending: readonly Migration[], finding: Make): UpgradeFinding[] {
  const created = new Set<string>();
  const blocked: { file: string; column: string }[] = [];
  const required: { file: string; column: string }[] = [];
  const contracted: { file: string; what: string }[] = [];
  for (const { name, effects = [] } of pending) {
    for (const effect of effects) {
      const { kind, table = "?", columns = [] } = effect;
      if (kind === "create-table") created.add(table);
      // A table that comes with the upgrade holds no rows, and no old instance knows it.
      if (created.has(table)) continue;
      const column = `${table}.${columns.join(",")}`;
      if (effect.required) {
        const bound = kind === "add-column" && effects.some((other) => refersTo(other, table, columns));
        (bound ? blocked : required).push({ file: name, column });
      }
      if (kind === "drop-table" || kind === "rename-table") contracted.push({ file: name, what: table });
      if (kind === "drop-column" || kind === "rename-column") contracted.push({ file: name, what: column });
    }
  }
  const list = (items: readonly { column: string }[]): string => items.map(({ column }) => column).join(", ");
  return [
    ...finding(
      "blocks",
      "required-foreign-column",
      blocked.map(({ file }) => file),
      list(blocked),
    ),
    ...finding(
      "stops-rolling",
      "required-column",
      required.map(({ file }) => file),
      list(required),
    ),
    ...finding(
      "stops-rolling",
      "contracts-schema",
      [...new Set(contracted.map(({ file }) => file))],
      contracted.map(({ what }) => what).join(", "),
    ),
  ];
}

function refersTo({ kind, table, columns = [] }: Effect, on: string, wanted: readonly string[]): boolean {
  return kind === "add-foreign" && table === on && columns.join() === wanted.join();
}

function namesOf(migrations: readonly Migration[]): string[] {
  return migrations.map(({ name }) => name);
}
