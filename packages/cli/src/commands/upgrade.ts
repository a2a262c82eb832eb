import { Option } from "commander";
import {
  checkMigrations,
  findManifest,
  readMigrations,
  renderPath,
  renderUpgrade,
  SEVERITIES,
  upgradeCheck,
  upgradePath,
  type Severity,
  type UpgradeFinding,
} from "@mojaloop-versioning/manifest";
import { examples, jsonOption, print, type AddCommands } from "../context.ts";
import { manifestFor, manifestsWith } from "../manifests.ts";

interface CheckOptions {
  readonly failOn: Severity | "never";
  readonly json?: boolean;
}

const failOn = () =>
  new Option("--fail-on <severity>", "exit with 1 on findings of this weight or more")
    .choices([...SEVERITIES, "never"])
    .default("blocks");

/** `upgrade check|path|lint`. */
export const addUpgrade: AddCommands = (command, context) => {
  const failed = (findings: readonly UpgradeFinding[], limit: CheckOptions["failOn"]): boolean =>
    limit !== "never" &&
    findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit));

  command
    .command("check <from> <to>")
    .description("judge one step: rolling, in a window, or blocked; findings, steps in order, the way back")
    .addOption(failOn())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        ["The upgrade that failed in the field", "mojaver upgrade check 16.0.0 17.0.0"],
        [
          "From what runs to a chart that helm pull brought",
          "mojaver upgrade check mine.json mojaloop-17.1.0.tgz",
        ],
        ["Of one service alone", "mojaver upgrade check central-ledger@v8.8.2 central-ledger@v9.3.0"],
      ),
    )
    .action((from: string, to: string, { failOn: limit, json }: CheckOptions) => {
      const check = upgradeCheck(manifestFor(from), manifestFor(to));
      print(context, json, check, () => renderUpgrade(check));
      if (failed(check.findings, limit)) context.exit(1);
    });

  command
    .command("path <from> <to>")
    .description("the hops from one release to another: which to take, which to skip")
    .option("--with <file...>", "manifests of your own, as further stops")
    .addOption(jsonOption())
    .addHelpText("after", examples(["From 13.1.1 to 17.1.0", "mojaver upgrade path 13.1.1 17.1.0"]))
    .action((from: string, to: string, { with: files = [], json }: { with?: string[]; json?: boolean }) => {
      const path = upgradePath(manifestsWith(files), manifestFor(from), manifestFor(to));
      print(context, json, path, () => renderPath(path));
      if (path.recommended.some(({ verdict }) => verdict === "blocked")) context.exit(1);
    });

  command
    .command("lint <folder>")
    .description("judge knex migrations before they are released: FOLDER against what is released")
    .option("--released <folder>", "the migrations of the last release")
    .option("--release <version>", "or a release whose database is known")
    .option("--service <name>", "the service in that release", "central-ledger")
    .addOption(failOn())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples([
        "Against the last release",
        "mojaver upgrade lint migrations --released ../released/migrations",
      ]),
    )
    .action(
      (folder: string, options: CheckOptions & { released?: string; release?: string; service: string }) => {
        const { released, release, service, failOn: limit, json } = options;
        const after = { migrations: readMigrations(folder), complete: true };
        const known =
          release === undefined
            ? undefined
            : findManifest(manifestsWith([]), release).internal.db.stores[service];
        const before =
          released === undefined ? known : { migrations: readMigrations(released), complete: true };
        const findings = checkMigrations(service, before ?? { migrations: [], complete: true }, after);
        print(context, json, findings, () =>
          findings.length === 0
            ? "no findings"
            : findings
                .map(({ severity, message, files = [] }) =>
                  [`[${severity}] ${message}`, ...files.map((file) => `    ${file}`)].join("\n"),
                )
                .join("\n"),
        );
        if (failed(findings, limit)) context.exit(1);
      },
    );
};
