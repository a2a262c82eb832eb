import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  diffResultSchema,
  diffSpecs,
  parseIgnoreList,
  parseSpec,
  planUpgrade,
  renderGithub,
  renderHtml,
  renderJunit,
  renderMarkdown,
  renderText,
  type DiffOptions,
  type DiffResult,
  type IgnoreEntry,
  type Level,
  type RenderOptions,
} from "@mojaloop-versioning/spec-diff";
import { Command, Option } from "commander";
import { readDocument, type NamedDocument } from "../read-document.ts";
import { CommandError, EXIT, json, type Context } from "../terminal.ts";

const FORMATS = ["text", "json", "markdown", "html", "github", "junit"] as const;
type Format = (typeof FORMATS)[number];

interface Flags {
  readonly format: Format;
  readonly json?: true;
  readonly all?: true;
  readonly failOn: Level | "none";
  readonly profile: "auto" | "openapi" | "fspiop";
  readonly ignore?: string;
  readonly support?: string;
  readonly output?: string;
  readonly schema?: true;
}

const LEVELS: readonly string[] = ["none", "info", "warn", "error"];

/** `mojaver specs diff A B`. */
export function specsDiffCommand({ terminal, exit }: Context): Command {
  return new Command("diff")
    .description("what changes from A to B, whom it breaks, and a message that proves it")
    .argument(
      "[base]",
      "an id of the catalogue (fspiop/1.1), a file, or a file at a git revision (main:specs/api.yaml)",
    )
    .argument("[revision]", "the same")
    .addOption(new Option("--format <format>", "how to print it").choices(FORMATS).default("text"))
    .option("--json", "short for --format json")
    .option("--all", "text: every finding in full, not only warnings and errors")
    .addOption(
      new Option("--fail-on <level>", "the level that ends with exit code 1")
        .choices(["info", "warn", "error", "none"])
        .default("error"),
    )
    .addOption(
      new Option("--profile <profile>", "fspiop: PUT answers POST, versions are per resource")
        .choices(["auto", "openapi", "fspiop"])
        .default("auto"),
    )
    .option("--ignore <file>", "accepted findings: a YAML or JSON list of { id, path, reason, expires }")
    .option(
      "--support <documents>",
      "further documents in support, oldest first, by comma: adds the order of upgrades over all",
    )
    .option("--output <file>", "write there instead of to the terminal")
    .option("--schema", "print the JSON Schema of --json and end")
    .action((base: string | undefined, revision: string | undefined, flags: Flags) => {
      if (flags.schema) {
        terminal.out(json(diffResultSchema));
        return;
      }
      if (base === undefined || revision === undefined) {
        throw new CommandError(
          EXIT.usage,
          "specs diff needs two documents: mojaver specs diff fspiop/1.1 fspiop/2.0",
        );
      }
      const [old, now] = [readDocument(base, terminal.cwd), readDocument(revision, terminal.cwd)];
      const options = optionsOf(flags, old, now, terminal.cwd);
      const result = diffSpecs(old.document, now.document, options);
      const text = render(result, flags, planOf(flags, old, now, options, terminal.cwd));
      if (flags.output === undefined) terminal.out(text);
      else writeFileSync(resolve(terminal.cwd, flags.output), text);
      if (flags.failOn !== "none" && LEVELS.indexOf(result.level) >= LEVELS.indexOf(flags.failOn))
        exit(EXIT.findings);
    });
}

function optionsOf(flags: Flags, old: NamedDocument, now: NamedDocument, cwd: string): DiffOptions {
  const fspiop = flags.profile === "auto" ? old.fspiop && now.fspiop : flags.profile === "fspiop";
  return {
    profile: fspiop ? "fspiop" : "openapi",
    names: { base: old.name, revision: now.name },
    ...(old.versions && { versions: old.versions }),
    ...(now.versions && { declared: now.versions }),
    ...(flags.ignore !== undefined && { ignore: readIgnoreList(flags.ignore, cwd) }),
  };
}

function readIgnoreList(file: string, cwd: string): IgnoreEntry[] {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    throw new CommandError(EXIT.unreadable, `${file}: cannot be read`, { cause: error });
  }
  return parseIgnoreList(parseSpec(text, file) ?? []);
}

function planOf(
  { support }: Flags,
  old: NamedDocument,
  now: NamedDocument,
  options: DiffOptions,
  cwd: string,
): RenderOptions["plan"] {
  if (support === undefined) return undefined;
  const named = support
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== old.name && name !== now.name)
    .map((name) => readDocument(name, cwd));
  return planUpgrade([...named, old, now], { ...(options.profile && { profile: options.profile }) });
}

function render(
  result: DiffResult,
  { format, json: asJson, all }: Flags,
  plan: RenderOptions["plan"],
): string {
  switch (asJson ? "json" : format) {
    case "json":
      return json(plan ? { ...result, plan } : result);
    case "markdown":
      return renderMarkdown(result, plan ? { plan } : {});
    case "html":
      return renderHtml(result);
    case "github":
      return renderGithub(result);
    case "junit":
      return renderJunit(result);
    case "text":
      return renderText(result, { all: all === true, ...(plan && { plan }) });
  }
}
