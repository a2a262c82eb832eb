import type { RuleId } from "../rules/rule.ts";
import type { UpgradeFinding } from "../rules/upgrade-finding.ts";
import type { UpgradeVerdict } from "./upgrade-check.ts";

/** How to roll back an upgrade. */
export interface Rollback {
  /** `images`: install the older release over the newer one. `restore`: restore the databases from a backup. */
  readonly by: "images" | "restore" | "unknown";
  readonly how: string;
}

interface Judged {
  readonly verdict: UpgradeVerdict;
  readonly findings: readonly UpgradeFinding[];
  readonly migrations: Readonly<Record<string, readonly string[]>>;
  readonly to: string;
}

const MISSING: readonly RuleId[] = [
  "store-unknown",
  "database-unknown",
  "set-incomplete",
  "migration-unread",
];

/** What to do, in order. */
export function stepsOf({ verdict, findings, migrations, to }: Judged): string[] {
  const steps = new Set<string>();
  for (const { subject, remedy, files, severity } of findings) {
    if (remedy === undefined || severity === "notes") continue;
    const which = files === undefined ? "" : ` (${files.join(", ")})`;
    steps.add(`${subject}: ${remedy}${which}`);
  }
  const stores = Object.keys(migrations);
  const pending = Object.values(migrations).flat().length;
  const changes = pending > 0 || isUnknown(findings);
  if (changes)
    steps.add(
      `back up the ${pending > 0 ? `database of ${stores.join(", ")}` : "databases"}, and test the restore`,
    );
  if (verdict !== "rolling") steps.add("announce a maintenance window, and stop the traffic of participants");
  if (findings.some(({ rule }) => rule === "message-library-major")) {
    steps.add("let the consumers empty the Kafka topics before services of the newer release start");
  }
  if (verdict !== "rolling" && pending > 0) steps.add(`stop the older instances of ${stores.join(", ")}`);
  const run =
    pending === 0
      ? ""
      : `; its run-migration containers run ${pending === 1 ? "1 migration" : `${pending} migrations`}`;
  steps.add(`install ${to}${run}`);
  if (changes) steps.add("check with knex migrate:list that no migration is pending");
  steps.add("run the collections of the testing toolkit, then let the participants in");
  return [...steps];
}

/** How to roll back. */
export function rollbackOf(
  findings: readonly UpgradeFinding[],
  migrations: Readonly<Record<string, readonly string[]>>,
): Rollback {
  const stores = Object.keys(migrations);
  if (stores.length > 0) {
    return {
      by: "restore",
      how: `restore the backup of ${stores.join(", ")}, then install the older release: knex stops when migrations that ran are missing`,
    };
  }
  return isUnknown(findings)
    ? {
        by: "unknown",
        how: "not known, because the migrations that run are not known; keep a backup of every database",
      }
    : { by: "images", how: "install the older release again: no migration runs" };
}

function isUnknown(findings: readonly UpgradeFinding[]): boolean {
  return findings.some(({ rule }) => MISSING.includes(rule));
}
