import { readFileSync, writeFileSync } from "node:fs";
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
import { Option } from "commander";
import { examples, jsonOption, type AddCommands } from "../context.ts";
import { CommandError, EXIT } from "../exit.ts";
import { readDocument, type NamedDocument } from "../read-document.ts";

const FORMATS = ["text", "json", "markdown", "html", "github", "junit"] as const;
type Format = (typeof FORMATS)[number];

interface Flags {
  readonly format: Format;
  readonly json?: boolean;
  readonly all?: true;
  readonly failOn: Level | "none";
  readonly profile: "auto" | "openapi" | "fspiop";
  readonly ignore?: string;
  readonly support?: string;
  readonly output?: string;
  readonly schema?: true;
}

const LEVELS: readonly string[] = ["none", "info", "warn", "error"];

/** `specs diff A B`. */
export const addSpecsDiff: AddCommands = (specs, context) => {
  const { io } = context;
  specs
    .command("diff")
    .description("what changes from A to B, whom it breaks, and a message that proves it")
    .argument(
      "[base]",
      "an id of the catalogue (fspiop/1.1), a file, or a file at a git revision (main:api.yaml)",
    )
    .argument("[revision]", "the same")
    .addOption(new Option("--format <format>", "how to print it").choices(FORMATS).default("text"))
    .addOption(jsonOption())
    .option("--all", "text: every finding in full, not only warnings and errors")
    .addOption(
      new Option("--fail-on <level>", "the level that ends with exit code 1")
        .choices(["info", "warn", "error", "none"])
        .default("error"),
    )
    .addOption(
      new Option("--profile <profile>", "fspiop: a PUT answers a POST, versions are per resource")
        .choices(["auto", "openapi", "fspiop"])
        .default("auto"),
    )
    .option("--ignore <file>", "accepted findings: a YAML or JSON list of { id, path, reason, expires }")
    .option(
      "--support <documents>",
      "further documents in support, oldest first: the order of upgrades over all",
    )
    .option("--output <file>", "write there instead of to the terminal")
    .option("--schema", "print the JSON Schema of --json")
    .addHelpText(
      "after",
      examples(
        ["Whom does FSPIOP 2.0 break that speaks 1.1?", "mojaver specs diff fspiop/1.1 fspiop/2.0"],
        ["What does my branch change?", "mojaver specs diff main:api.yaml api.yaml --fail-on warn"],
        [
          "Who goes first while 1.0, 1.1 and 2.0 are all spoken?",
          "mojaver specs diff fspiop/1.1 fspiop/2.0 --support fspiop/1.0",
        ],
      ),
    )
    .action((base: string | undefined, revision: string | undefined, flags: Flags) => {
      if (flags.schema) {
        io.out(`${JSON.stringify(diffResultSchema, null, 2)}\n`);
        return;
      }
      if (base === undefined || revision === undefined) {
        throw new CommandError(
          EXIT.usage,
          "two documents are wanted: mojaver specs diff fspiop/1.1 fspiop/2.0",
        );
      }
      const [old, now] = [readDocument(base), readDocument(revision)];
      const options = optionsOf(flags, old, now, io.today);
      const result = diffSpecs(old.document, now.document, options);
      const text = render(result, flags, planOf(flags, old, now, options));
      if (flags.output === undefined) io.out(text);
      else write(flags.output, text);
      if (flags.failOn !== "none" && LEVELS.indexOf(result.level) >= LEVELS.indexOf(flags.failOn))
        context.exit(EXIT.findings);
    });
};

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(EXIT.usage, `${file}: cannot be written`, { cause: error });
  }
}

function optionsOf(flags: Flags, old: NamedDocument, now: NamedDocument, today: string): DiffOptions {
  const fspiop = flags.profile === "auto" ? old.fspiop && now.fspiop : flags.profile === "fspiop";
  return {
    today,
    profile: fspiop ? "fspiop" : "openapi",
    names: { base: old.name, revision: now.name },
    ...(old.versions && { versions: old.versions }),
    ...(now.versions && { declared: now.versions }),
    ...(flags.ignore !== undefined && { ignore: readIgnoreList(flags.ignore) }),
  };
}

function readIgnoreList(file: string): IgnoreEntry[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
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
): RenderOptions["plan"] {
  if (support === undefined) return undefined;
  const named = support
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== old.name && name !== now.name)
    .map((name) => readDocument(name));
  return planUpgrade([...named, old, now], options);
}

function render(
  result: DiffResult,
  { format, json: asJson, all }: Flags,
  plan: RenderOptions["plan"],
): string {
  switch (asJson ? "json" : format) {
    case "json":
      return `${JSON.stringify(plan ? { ...result, plan } : result, null, 2)}\n`;
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
