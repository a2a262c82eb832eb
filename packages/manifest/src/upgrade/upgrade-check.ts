import type { Manifest } from "../manifest/manifest.ts";
import { byWeight, type UpgradeFinding } from "../rules/upgrade-finding.ts";
import { apiFindings } from "./api-check.ts";
import { helmFindings, infraFindings, serviceFindings } from "./component-check.ts";
import { databaseFindings, pendingByService } from "./database-check.ts";
import { reportFindings, shippedReports, withReports, type FieldReport } from "./field-report.ts";
import { messagingFindings } from "./messaging-check.ts";
import { rollbackOf, stepsOf, type Rollback } from "./upgrade-steps.ts";

/**
 * `rolling`: older and newer instances may run at the same time. `window`: a maintenance window is needed. `blocked`: the upgrade fails.
 * `unknown`: a fact that decides between these is missing.
 */
export type UpgradeVerdict = "rolling" | "window" | "blocked" | "unknown";

/** Whether an upgrade is safe, why, what to do in which order, and how to roll back. */
export interface UpgradeCheck {
  readonly from: string;
  readonly to: string;
  readonly verdict: UpgradeVerdict;
  /** For `unknown`: the best verdict that the known facts still allow. */
  readonly atBest?: "rolling" | "window";
  /** The heaviest first. */
  readonly findings: readonly UpgradeFinding[];
  /** The migrations that will run, by service, as far as they are known. */
  readonly migrations: Readonly<Record<string, readonly string[]>>;
  readonly steps: readonly string[];
  readonly rollback: Rollback;
}

/** What an upgrade check takes besides the two releases. */
export interface UpgradeOptions {
  /** Failures that operators reported. The default is what the package ships. */
  readonly reports?: readonly FieldReport[];
}

/** Judges the upgrade from one release to another by what their manifests state. A missing fact makes the verdict `unknown`. */
export function upgradeCheck(before: Manifest, after: Manifest, options: UpgradeOptions = {}): UpgradeCheck {
  const reports = options.reports ?? shippedReports();
  const findings = byWeight([
    ...reportFindings(before, after, reports),
    ...databaseFindings(before, after).map((finding) => withReports(finding, reports)),
    ...messagingFindings(before, after),
    ...apiFindings(before, after),
    ...helmFindings(before, after),
    ...infraFindings(before, after),
    ...serviceFindings(before, after),
  ]);
  const migrations = pendingByService(before, after);
  const verdict = verdictOf(findings);
  const atBest = findings.some(({ severity }) => severity === "stops-rolling") ? "window" : "rolling";
  return {
    from: before.id,
    to: after.id,
    verdict,
    ...(verdict === "unknown" && { atBest }),
    findings,
    migrations,
    steps: stepsOf({ verdict, findings, migrations, to: after.id }),
    rollback: rollbackOf(findings, migrations),
  };
}

function verdictOf(findings: readonly UpgradeFinding[]): UpgradeVerdict {
  const has = (severity: UpgradeFinding["severity"]): boolean =>
    findings.some((finding) => finding.severity === severity);
  if (has("blocks")) return "blocked";
  if (has("unknown")) return "unknown";
  return has("stops-rolling") ? "window" : "rolling";
}
