import * as z from "zod";
import data from "../../data/field-reports.json" with { type: "json" };
import type { Manifest } from "../manifest/manifest.ts";
import { pendingMigrations } from "../migrations/migration-check.ts";
import { findingsOf, SEVERITIES, type Severity, type UpgradeFinding } from "../rules/upgrade-finding.ts";
import type { RuleId } from "../rules/rule.ts";
import { compareTags } from "../tags/tag.ts";
import { parseYaml } from "../text/parse-yaml.ts";

/** A failure of an upgrade that an operator reported. */
export interface FieldReport {
  /** `"mojaloop/project#4382"`. */
  readonly id: string;
  readonly service: string;
  /** The day of the report, `YYYY-MM-DD`. */
  readonly date?: string;
  /** The migrations that failed. A report about a text names its digests; a text with another digest is not concerned. */
  readonly files: readonly { readonly name: string; readonly digests?: readonly string[] }[];
  readonly symptom: string;
  /** The weight of the finding that the report makes when one of its migrations would run. Absent: it makes none. */
  readonly raises?: Severity;
  /** The rule whose findings the report supports. */
  readonly rule?: string;
  /** The first releases with the fix. */
  readonly fixedIn?: { readonly service?: string; readonly helm?: string };
  readonly source: string;
}

const reportSchema: z.ZodType<FieldReport> = z.strictObject({
  id: z.string().min(1),
  service: z.string().min(1),
  date: z.exactOptional(z.iso.date()),
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        digests: z.exactOptional(
          z.array(z.string().regex(/^[0-9a-f]{16}$/, "is not a digest of 16 hex digits")),
        ),
      }),
    )
    .min(1),
  symptom: z.string().min(1),
  raises: z.exactOptional(z.enum(SEVERITIES)),
  rule: z.exactOptional(z.string()),
  fixedIn: z.exactOptional(
    z.strictObject({ service: z.exactOptional(z.string()), helm: z.exactOptional(z.string()) }),
  ),
  source: z.string().min(1),
});

/** The reports that ship with the package. */
export function shippedReports(): readonly FieldReport[] {
  return z.array(reportSchema).parse(data);
}

/**
 * Reads field reports of your own from JSON or YAML: a list in the form of {@link FieldReport}.
 * @throws VersioningError `unreadable-input` with file and line
 */
export function readReports(text: string, file: string): FieldReport[] {
  return parseYaml(z.array(reportSchema), text, file);
}

/** The findings that reports make: a migration that failed at an operator, with the same text, would run. */
export function reportFindings(
  before: Manifest,
  after: Manifest,
  reports: readonly FieldReport[],
): UpgradeFinding[] {
  const make = findingsOf("db");
  return reports.flatMap((report) => {
    const { service, raises, files } = report;
    const [older, newer] = [before.internal.db.stores[service], after.internal.db.stores[service]];
    if (raises === undefined || !older || !newer) return [];
    const version = after.services[service]?.version;
    const failing = pendingMigrations(older, newer).filter(({ name, digest }) => {
      const reported = files.find((file) => file.name === name);
      if (!reported) return false;
      // Where a text is not known, the version decides whether it contains the fix.
      if (digest === undefined) return !hasFix(version, report.fixedIn?.service);
      return reported.digests?.includes(digest) ?? true;
    });
    if (failing.length === 0) return [];
    const names = failing.map(({ name }) => name);
    const remedy = remedyOf(report);
    return [
      make(
        raises,
        "field-report",
        { subject: service, what: names.join(", ") },
        { files: names, reported: [reportLine(report)], ...(remedy !== undefined && { remedy }) },
      ),
    ];
  });
}

/** A finding with the reports of the same failure. */
export function withReports(finding: UpgradeFinding, reports: readonly FieldReport[]): UpgradeFinding {
  const known = reports.filter(
    ({ service, files, rule }) =>
      (rule as RuleId | undefined) === finding.rule && // a name that is no rule equals none
      service === finding.subject &&
      files.some(({ name }) => finding.files?.includes(name)),
  );
  return known.length === 0 ? finding : { ...finding, reported: known.map(reportLine) };
}

function reportLine({ id, symptom, source }: FieldReport): string {
  return `${id}: ${symptom} (${source})`;
}

function remedyOf({ service, fixedIn }: FieldReport): string | undefined {
  const ways = [
    ...(fixedIn?.helm === undefined ? [] : [`upgrade to Helm ${fixedIn.helm} or later`]),
    ...(fixedIn?.service === undefined ? [] : [`use ${service} ${fixedIn.service} or later`]),
  ];
  return ways.length === 0 ? undefined : ways.join(", or ");
}

function hasFix(version: string | undefined, fixedIn: string | undefined): boolean {
  return version !== undefined && fixedIn !== undefined && compareTags(version, fixedIn) >= 0;
}
