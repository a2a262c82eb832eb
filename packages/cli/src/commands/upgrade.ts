import { readFileSync } from "node:fs";
import { Option } from "commander";
import { VersioningError } from "@mojaloop-versioning/protocol";
import {
  checkMigrations,
  findingLines,
  findManifest,
  migrationsAt,
  readReports,
  renderPath,
  renderUpgrade,
  SEVERITIES,
  shippedReports,
  upgradeCheck,
  upgradePath,
  type FieldReport,
  type MigrationSet,
  type Severity,
  type UpgradeFinding,
} from "@mojaloop-versioning/manifest";
import { readMigrations } from "@mojaloop-versioning/manifest/migrations";
import { examples, jsonOption, print, type AddCommands } from "../context.ts";
import { EXIT } from "../exit.ts";
import { manifestFor, manifestsWith } from "../manifests.ts";

interface CheckOptions {
  readonly failOn: Severity | "never";
  readonly reports?: string;
  readonly json?: boolean;
}

interface PathOptions {
  readonly with?: readonly string[];
  readonly reports?: string;
  readonly json?: boolean;
}

interface LintOptions extends CheckOptions {
  readonly released?: string;
  readonly release?: string;
  readonly fresh?: boolean;
  readonly service: string;
}

const reportsOption = () =>
  new Option("--reports <file>", "field reports of your own, besides those that ship with mojaver");
const failOn = () =>
  new Option("--fail-on <severity>", "exit with 1 on findings of this weight or more")
    .choices([...SEVERITIES, "never"])
    .default("blocks");

/** `upgrade check|path|lint`. */
export const addUpgrade: AddCommands = (command, context) => {
  command
    .command("check <from> <to>")
    .description("judge one step: rolling, window, blocked or unknown; findings, steps, the rollback")
    .addOption(failOn())
    .addOption(reportsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        ["The upgrade that failed in the field", "mojaver upgrade check 16.0.0 17.0.0"],
        [
          "From what runs to a chart that helm pull brought",
          "mojaver upgrade check mine.json mojaloop-17.1.0.tgz",
        ],
        ["One service alone", "mojaver upgrade check central-ledger@v8.8.2 central-ledger@v9.3.0"],
      ),
    )
    .action((from: string, to: string, { failOn: limit, reports, json }: CheckOptions) => {
      const check = upgradeCheck(manifestFor(from), manifestFor(to), { reports: reportsOf(reports) });
      print(context, json, check, () => renderUpgrade(check));
      context.exit(codeOf(check.findings, limit));
    });

  command
    .command("path <from> <to>")
    .description("the hops from one release to another: which to take, which to skip, with the commands")
    .option("--with <file...>", "manifests of your own, as further stops")
    .addOption(reportsOption())
    .addOption(jsonOption())
    .addHelpText("after", examples(["From 13.1.1 to 17.1.0", "mojaver upgrade path 13.1.1 17.1.0"]))
    .action((from: string, to: string, { with: files = [], reports, json }: PathOptions) => {
      const path = upgradePath(manifestsWith(files), manifestFor(from), manifestFor(to), {
        reports: reportsOf(reports),
      });
      print(context, json, path, () => renderPath(path));
      const verdicts = path.recommended.map(({ verdict }) => verdict);
      if (verdicts.includes("blocked")) context.exit(EXIT.findings);
      else if (verdicts.includes("unknown")) context.exit(EXIT.unknown);
    });

  command
    .command("lint <folder>")
    .description("judge knex migrations before they are released: FOLDER compared with what is released")
    .option("--released <folder>", "the migrations of the last release")
    .option("--release <version>", "or a release whose migrations are known: 17.0.0, central-ledger@19.8.3")
    .option("--fresh", "or no release at all: the database is empty")
    .option("--service <name>", "the service in that release", "central-ledger")
    .addOption(failOn())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        ["Against the last release", "mojaver upgrade lint migrations --released ../released/migrations"],
        ["Against a known release", "mojaver upgrade lint migrations --release central-ledger@19.8.3"],
      ),
    )
    .action((folder: string, options: LintOptions) => {
      const { service, failOn: limit, json } = options;
      const after = { migrations: readMigrations(folder), complete: true };
      const before = baseOf(options);
      const findings = checkMigrations(service, before ?? { migrations: [], complete: false }, after);
      print(context, json, findings, () => lintText(folder, findings));
      context.exit(codeOf(findings, limit));
    });
};

function reportsOf(file: string | undefined): readonly FieldReport[] {
  const shipped = shippedReports();
  return file === undefined ? shipped : [...shipped, ...readReports(readFileSync(file, "utf8"), file)];
}

// `undefined`: it is not known which migrations a database has run.
function baseOf({ released, release, fresh, service }: LintOptions): MigrationSet | undefined {
  if (released !== undefined) return { migrations: readMigrations(released), complete: true };
  if (fresh === true) return { migrations: [], complete: true };
  if (release === undefined) return undefined;
  const [name = "", version] = release.split("@");
  const exact = version === undefined ? undefined : migrationsAt(name, version.replace(/^v/, ""));
  if (exact) return { migrations: exact, complete: true };
  const store = findManifest(manifestsWith([]), release).internal.db.stores[service];
  if (store) return store;
  const message = `${release}: the migrations of ${service} are not known; pass --released FOLDER`;
  throw new VersioningError("unknown-release", message);
}

function lintText(folder: string, findings: readonly UpgradeFinding[]): string {
  if (findings.length === 0) return `${folder}: ok, no findings`;
  const sorted = findings.toSorted((a, b) => weightOf(a.severity) - weightOf(b.severity));
  const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  return [
    `${folder}: ${count}, the heaviest ${sorted[0]?.severity ?? ""}`,
    "",
    ...sorted.flatMap(findingLines),
  ].join("\n");
}

// Findings at the limit or above exit with 1. A missing fact exits with 4, so that no script reads it as safe.
function codeOf(findings: readonly UpgradeFinding[], limit: CheckOptions["failOn"]): number {
  if (limit === "never") return EXIT.fine;
  const failed = findings.some(
    ({ severity }) => severity !== "unknown" && weightOf(severity) <= weightOf(limit),
  );
  if (failed) return EXIT.findings;
  return findings.some(({ severity }) => severity === "unknown") ? EXIT.unknown : EXIT.fine;
}

function weightOf(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
