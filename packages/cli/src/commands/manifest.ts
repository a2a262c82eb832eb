import { Option } from "commander";
import {
  diffManifests,
  formatTable,
  helmVersion,
  renderManifest,
  renderTable,
  shippedManifests,
  verifyManifest,
  type ManifestDifference,
  type ManifestFinding,
  type TableFormat,
} from "@mojaloop-versioning/manifest";
import { extractFromChart, serviceOfMigrations } from "@mojaloop-versioning/manifest/chart";
import { examples, jsonOption, print, type AddCommands } from "../context.ts";
import { manifestFor } from "../manifests.ts";

interface ShowOptions {
  readonly full?: boolean;
  readonly format: TableFormat;
  readonly json?: boolean;
}

interface ExtractOptions {
  readonly chart: string;
  readonly values: readonly string[];
  readonly db: readonly string[];
  readonly releaseNote?: string;
  readonly released?: string;
  readonly strict?: boolean;
  readonly failOn: "findings" | "never";
}

interface VerifyOptions {
  readonly json?: boolean;
  readonly failOn: "findings" | "never";
}

const failOn = () => new Option("--fail-on <what>", "exit with 1 on").choices(["findings", "never"]);

/** `manifest list|show|extract|verify|diff`. */
export const addManifest: AddCommands = (command, context) => {
  command
    .command("list")
    .description("the manifests that ship with mojaver")
    .addOption(jsonOption())
    .action(({ json }: { json?: boolean }) => {
      const manifests = shippedManifests();
      print(
        context,
        json,
        manifests.map(({ id }) => id),
        () =>
          formatTable(
            [
              ["Name", "Helm", "Released", "FSPIOP"],
              ...manifests.map((one) => {
                const api = one.apis["fspiop"];
                const versions = api?.observed[0]?.value ?? api?.declared[0]?.value ?? [];
                return [one.id, helmVersion(one) ?? "", one.released[0]?.value ?? "", versions.join(", ")];
              }),
            ],
            "text",
          ),
      );
    });

  command
    .command("show <release>")
    .description("the proposal's table of a release; RELEASE is a version, a manifest file or a chart")
    .option("--full", "resources, services, databases, findings and sources too")
    .addOption(new Option("--format <format>").choices(["text", "markdown"]).default("text"))
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        ["Mojaloop 1.0, as the proposal shows it", "mojaver manifest show 1.0"],
        ["All of Helm 17.0.0", "mojaver manifest show 17.0.0 --full"],
      ),
    )
    .action((name: string, { full, format, json }: ShowOptions) => {
      const found = manifestFor(name);
      print(context, json, found, () =>
        full === true ? renderManifest(found, { format }) : renderTable(found, { format }),
      );
    });

  command
    .command("extract")
    .description(
      "read a manifest out of an umbrella chart, without helm and without network; prints JSON, and findings to stderr",
    )
    .requiredOption("--chart <path>", "the folder with Chart.yaml, or a package of helm pull (.tgz)")
    .option("--values <file>", "your values over the chart's, as helm -f; may be repeated", collect, [])
    .option("--db <folder>", "a folder of knex migrations, or SERVICE=FOLDER; may be repeated", collect, [])
    .option("--release-note <file>", "a release note, whose tables are set beside the chart")
    .option("--released <date>", "the day of the release")
    .option("--strict", "refuse a chart in which a key stands twice")
    .addOption(failOn().default("never"))
    .addHelpText(
      "after",
      examples(
        ["Of what helm pull brought", "mojaver manifest extract --chart mojaloop-17.1.0.tgz > release.json"],
        [
          "Of what you really run",
          "mojaver manifest extract --chart mojaloop-17.1.0.tgz --values ours.yaml > mine.json",
        ],
        [
          "From a clone of the charts, with a database",
          "mojaver manifest extract --chart helm/mojaloop --db central-ledger/migrations > mine.json",
        ],
      ),
    )
    .action(({ chart, values, db, releaseNote, released, strict, failOn: when }: ExtractOptions) => {
      const made = extractFromChart(chart, {
        values,
        db: Object.fromEntries(db.map(storeFrom)),
        ...(releaseNote !== undefined && { releaseNote }),
        ...(released !== undefined && { released }),
        ...(strict !== undefined && { strict }),
      });
      print(context, true, made, () => "");
      for (const finding of made.findings) context.io.err(`${lineOf(finding)}\n`);
      if (when === "findings" && made.findings.length > 0) context.exit(1);
    });

  command
    .command("verify <release>")
    .description("set what a release declares beside what was observed")
    .addOption(failOn().default("findings"))
    .addOption(jsonOption())
    .action((name: string, { json, failOn: when }: VerifyOptions) => {
      const found = manifestFor(name);
      const computed = verifyManifest(found);
      const fields = new Set(computed.map(({ field }) => field));
      const findings = [...computed, ...found.findings.filter(({ field }) => !fields.has(field))];
      print(context, json, findings, () =>
        findings.length === 0
          ? `${found.id}: what is declared and what was observed agree`
          : findings.map(lineOf).join("\n"),
      );
      if (when === "findings" && findings.length > 0) context.exit(1);
    });

  command
    .command("diff <from> <to>")
    .description("what differs between two releases")
    .addOption(jsonOption())
    .addHelpText("after", examples(["What 17.1.0 changes", "mojaver manifest diff 17.0.0 17.1.0"]))
    .action((from: string, to: string, { json }: { json?: boolean }) => {
      const differences = diffManifests(manifestFor(from), manifestFor(to));
      print(context, json, differences, () => tableOf(differences));
    });
};

function tableOf(differences: readonly ManifestDifference[]): string {
  if (differences.length === 0) return "no difference";
  return formatTable(
    [["Where", "From", "To"], ...differences.map(({ field, from = "-", to = "-" }) => [field, from, to])],
    "text",
  );
}

function lineOf({ field, declared, observed, why }: ManifestFinding): string {
  const sides = [
    declared === undefined ? "" : `declared ${declared}`,
    observed === undefined ? "" : `observed ${observed}`,
  ];
  return `${field}: ${[...sides.filter((side) => side !== ""), why].join("; ")}`;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function storeFrom(text: string): [service: string, folder: string] {
  const at = text.indexOf("=");
  return at < 0 ? [serviceOfMigrations(text), text] : [text.slice(0, at), text.slice(at + 1)];
}
