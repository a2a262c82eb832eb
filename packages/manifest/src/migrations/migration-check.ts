import {
  findingsOf,
  type FindingDetails,
  type Severity,
  type UpgradeFinding,
} from "../rules/upgrade-finding.ts";
import type { RuleId } from "../rules/rule.ts";
import { effectFindings } from "./effect-check.ts";
import { repeatedKeys } from "./database-key.ts";
import type { Migration, MigrationSet } from "./migration.ts";

/** The migrations that an upgrade would run. */
export function pendingMigrations(before: MigrationSet, after: MigrationSet): Migration[] {
  const ran = new Set(before.migrations.map(({ name }) => name));
  return after.migrations.filter(({ name }) => !ran.has(name));
}

/** What running the migrations of `after` on a database made by `before` brings: failures, effects on older instances, and what is not known. */
export function checkMigrations(
  service: string,
  before: MigrationSet,
  after: MigrationSet,
): UpgradeFinding[] {
  const make = findingsOf("db");
  const find = (severity: Severity, rule: RuleId, what: string, details: FindingDetails): UpgradeFinding =>
    make(severity, rule, { subject: service, what }, details);
  const pending = pendingMigrations(before, after);
  const present = new Map(after.migrations.map((migration) => [migration.name, migration]));
  const removed = before.migrations.filter(({ name }) =>
    after.complete ? !present.has(name) : (after.absent ?? []).includes(name),
  );
  const edited = before.migrations.filter(({ name, digest }) => {
    const now = present.get(name)?.digest;
    return digest !== undefined && now !== undefined && digest !== now;
  });
  const unread = pending.filter(({ effects }) => !effects);
  const partial = [...(before.complete ? [] : ["older"]), ...(after.complete ? [] : ["newer"])];
  return [
    ...some(removed, (files) =>
      find(
        "blocks",
        "migration-removed",
        `${count(files)} that already ran ${files.length === 1 ? "is" : "are"} missing`,
        {
          files,
          remedy:
            "put the files back into the image; if only the name changed, rename the row in the knex_migrations table",
        },
      ),
    ),
    ...repeatedKeys(before.migrations, pending).map(({ migration, first, table, columns }) =>
      find("blocks", "migration-repeats-key", `${table}(${columns.join(", ")}) is created again`, {
        files: [migration, first],
        remedy: "drop the key first, or record the migration as run in the knex_migrations table",
      }),
    ),
    ...effectFindings(service, before, pending),
    ...some(edited, (files) =>
      find("warns", "migration-edited", `${count(files)} that already ran changed`, {
        files,
        remedy: "compare the schema with that of a new installation of the newer release",
      }),
    ),
    ...some(unread, (files) =>
      find("unknown", "migration-unread", `${count(files)} could not be read`, {
        files,
        remedy: "pass the folder of migrations of the newer image (manifest extract --db, upgrade lint)",
      }),
    ),
    ...(partial.length === 0
      ? []
      : [
          find(
            "unknown",
            "set-incomplete",
            `the ${partial.join(" and the ")} release lists only some migrations`,
            {
              remedy: "pass the folder of migrations of the image (manifest extract --db, upgrade lint)",
            },
          ),
        ]),
  ];
}

function some(
  migrations: readonly Migration[],
  make: (files: readonly string[]) => UpgradeFinding,
): UpgradeFinding[] {
  return migrations.length === 0 ? [] : [make(migrations.map(({ name }) => name))];
}

function count(files: readonly string[]): string {
  return files.length === 1 ? "1 migration" : `${files.length} migrations`;
}
