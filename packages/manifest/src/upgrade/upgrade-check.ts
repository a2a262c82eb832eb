import fieldReports from "../../data/field-reports.json" with { type: "json" };
import { helmFindings, infraFindings, serviceFindings } from "./component-check.ts";
import { apiFindings } from "./api-check.ts";
import type { Manifest, ManifestStore } from "../manifest/manifest.ts";
import { messagingFindings } from "./messaging-check.ts";
import { checkMigrations, pendingMigrations } from "../migrations/migration-check.ts";
import { RULES } from "../rules/rule.ts";
import { compareTags } from "../tags/tag.ts";
import { byWeight, type UpgradeFinding } from "../rules/upgrade-finding.ts";
import { rollbackOf, stepsOf, type Rollback } from "./upgrade-steps.ts";

/** Whether an upgrade is safe, why, what to do in which order, and how to go back. */
export interface UpgradeCheck {
  readonly from: string;
  readonly to: string;
  /** `rolling`: old and new may run side by side. `window`: a maintenance window is needed. `blocked`: it fails as it is. */
  readonly verdict: "rolling" | "window" | "blocked";
  /** The heaviest first. */
  readonly findings: readonly UpgradeFinding[];
  /** The migrations that will run, by service. */
  readonly migrations: Readonly<Record<string, readonly string[]>>;
  readonly steps: readonly string[];
  readonly rollback: Rollback;
}

/** A failure that was reported from the field. */
export interface FieldReport {
  readonly id: string;
  readonly service: string;
  readonly files: readonly string[];
  readonly symptom: string;
  readonly fixedIn?: string;
  readonly source: string;
}

/** What an upgrade check may be told. */
export interface UpgradeOptions {
  /** Reports that annotate findings; they never make one. The default is what the package ships. */
  readonly reports?: readonly FieldReport[];
}

/** Judges the upgrade from one release to another on what their manifests say. What they do not say is a finding, not a guess. */
export function upgradeCheck(before: Manifest, after: Manifest, options: UpgradeOptions = {}): UpgradeCheck {
  const reports: readonly FieldReport[] = options.reports ?? fieldReports;
  const findings = byWeight([
    ...databaseFindings(before, after).map((finding) => annotated(finding, after, reports)),
    ...messagingFindings(before, after),
    ...apiFindings(before, after),
    ...helmFindings(before, after),
    ...infraFindings(before, after),
    ...serviceFindings(before, after),
  ]);
  const migrations = pendingByService(before, after);
  const has = (severity: UpgradeFinding["severity"]): boolean =>
    findings.some((finding) => finding.severity === severity);
  const verdict = has("blocks") ? "blocked" : has("stops-rolling") ? "window" : "rolling";
  return {
    from: before.id,
    to: after.id,
    verdict,
    findings,
    migrations,
    steps: stepsOf({ verdict, findings, migrations, to: after.id }),
    rollback: rollbackOf(findings, migrations),
  };
}

type Stores = Readonly<Record<string, ManifestStore>>;

function databaseFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  const old: Stores = before.internal.db.stores;
  const young: Stores = after.internal.db.stores;
  return Object.keys({ ...old, ...young }).flatMap((service): UpgradeFinding[] => {
    const [was, is] = [old[service], young[service]];
    if (was && is) return checkMigrations(service, was, is);
    const side = was ? after.id : before.id;
    const message = `${side} says nothing of this database: ${RULES["store-unknown"].says}`;
    return [{ severity: "warns", part: "db", subject: service, rule: "store-unknown", message }];
  });
}

function pendingByService(before: Manifest, after: Manifest): Record<string, string[]> {
  const young: Stores = after.internal.db.stores;
  return Object.fromEntries(
    Object.entries(before.internal.db.stores).flatMap(([service, was]) => {
      const is = young[service];
      const names = is ? pendingMigrations(was, is).map(({ name }) => name) : [];
      return names.length > 0 ? [[service, names]] : [];
    }),
  );
}

function annotated(
  finding: UpgradeFinding,
  after: Manifest,
  reports: readonly FieldReport[],
): UpgradeFinding {
  const version = after.services[finding.subject]?.version;
  const known = reports.filter(
    ({ service, files, fixedIn }) =>
      finding.severity === "blocks" &&
      service === finding.subject &&
      files.some((file) => finding.files?.includes(file)) &&
      (fixedIn === undefined || version === undefined || compareTags(version, fixedIn) < 0),
  );
  if (known.length === 0) return finding;
  const fixed = known.find(({ fixedIn }) => fixedIn !== undefined);
  return {
    ...finding,
    reported: known.map(({ id, symptom, source }) => `${id}: ${symptom} (${source})`),
    ...(fixed?.fixedIn !== undefined && { remedy: `take ${finding.subject} ${fixed.fixedIn} or later` }),
  };
}
