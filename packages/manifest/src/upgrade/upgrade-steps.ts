import type { RuleId } from "../rules/rule.ts";
import type { UpgradeFinding } from "../rules/upgrade-finding.ts";

/** How to go back after an upgrade. */
export interface Rollback {
  /** `images`: the old release can be installed over the new one. `restore`: the databases must be restored from a backup. */
  readonly by: "images" | "restore";
  readonly how: string;
}

interface Judged {
  readonly verdict: "rolling" | "window" | "blocked";
  readonly findings: readonly UpgradeFinding[];
  readonly migrations: Readonly<Record<string, readonly string[]>>;
  readonly to: string;
}

// What to do about a finding, before the upgrade starts.
const REMEDIES: Partial<Record<RuleId, string>> = {
  "migration-removed":
    "put the files back into the image, or, once their content is known to be the same, rename their rows in knex's own table of migrations",
  "migration-repeats-key":
    "drop the key first, or record the migration as run in knex's own table of migrations",
  "required-foreign-column": "add the column as nullable, fill it, and only then make it required",
  "migration-edited": "compare the schema with that of a fresh installation of the new release",
  "migration-unread": "read these migrations before you run them",
  "store-unknown": "find out by hand which migrations will run",
  "version-dropped":
    "find out who still sends these versions, and move them or put the adapter before the hub",
  "hub-sends-major": "find participants that take only the older major, and put the adapter before them",
  "message-topics": "create its topics before you install, unless your brokers create them",
  "message-bodies": "keep participants on the versions accepted so far until no old instance runs",
  "message-unknown": "find out by hand which services changed what they write to Kafka",
  "helm-major": "read the release notes' breaking changes and compare your values with the chart's",
  "helm-skips": "read the breaking changes of every major in between",
  "no-semver": "read the release notes: the numbers promise nothing",
  "backend-left-chart":
    "install and fill your own backends first (the chart example-mojaloop-backend shows how)",
  "service-backwards": "find out whether the service can go back",
};

/** What to do, in order. */
export function stepsOf({ verdict, findings, migrations, to }: Judged): string[] {
  const steps: string[] = [];
  for (const { rule, subject, remedy, files } of findings) {
    const text = remedy ?? REMEDIES[rule];
    if (text === undefined) continue;
    const which = files === undefined ? "" : ` (${files.join(", ")})`;
    const step = `${subject}: ${text}${which}`;
    if (!steps.includes(step)) steps.push(step);
  }
  const stores = Object.keys(migrations);
  const pending = Object.values(migrations).flat().length;
  if (pending > 0) steps.push(`take a backup of the database of ${stores.join(", ")}, and try the restore`);
  if (verdict !== "rolling")
    steps.push("announce a maintenance window, and stop the traffic of participants");
  if (findings.some(({ rule }) => rule === "message-library-major")) {
    steps.push("let the consumers empty the Kafka topics before services of the new release start");
  }
  if (verdict !== "rolling" && pending > 0) steps.push(`stop the old instances of ${stores.join(", ")}`);
  steps.push(
    `install ${to}${pending > 0 ? `; its run-migration containers run ${pending} migration(s)` : ""}`,
  );
  if (pending > 0) steps.push("check with knex migrate:list that none is pending");
  steps.push("run the testing toolkit's collections, then let the participants in");
  return steps;
}

/** How to go back. */
export function rollbackOf(
  findings: readonly UpgradeFinding[],
  migrations: Readonly<Record<string, readonly string[]>>,
): Rollback {
  const stores = Object.keys(migrations);
  if (stores.length > 0) {
    return {
      by: "restore",
      how: `restore the backup of ${stores.join(", ")}, then install the old release: knex stops when it misses migrations that have run`,
    };
  }
  const unknown = findings.some(({ rule }) => rule === "store-unknown");
  return unknown
    ? { by: "restore", how: "restore the backup: which migrations ran is not known" }
    : { by: "images", how: "install the old release again: no migration runs" };
}
