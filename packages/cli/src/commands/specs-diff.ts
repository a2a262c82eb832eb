import { readFileSync, writeFileSync } from "node:fs";
import {
  diffResultSchema,
  diffSpecs,
  parseIgnoreList,
  parseSeverities,
  parseSpec,
  planUpgrade,
  renderGithub,
  renderHtml,
  renderJunit,
  renderMarkdown,
  renderSarif,
  renderText,
  type DiffOptions,
  type DiffResult,
  type Level,
  type RenderOptions,
} from "@mojaloop-versioning/spec-diff";
import { Option, type Command } from "commander";
import { examples, jsonOption, type AddCommands } from "../context.ts";
import { CommandError, EXIT } from "../exit.ts";
import { readDocument, type NamedDocument } from "../read-document.ts";

const FORMATS = ["text", "json", "markdown", "html", "github", "sarif", "junit"] as const;
type Format = (typeof FORMATS)[number];

/** What any comparison of two documents can be told. */
export interface CompareFlags {
  readonly profile: "auto" | "openapi" | "fspiop";
  readonly path?: string[];
  readonly exceptPath?: string[];
  readonly tag?: string[];
  readonly root?: string;
  readonly output?: string;
}

interface Flags extends CompareFlags {
  readonly format: Format;
  readonly json?: boolean;
  readonly all?: true;
  readonly failOn: Level | "none";
  readonly ignore?: string;
  readonly severity?: string;
  readonly support?: string;
  readonly schema?: true;
}

const LEVELS: readonly string[] = ["none", "info", "warn", "error"];

/** The arguments and options of any comparison of two documents. */
export function addCompareOptions(command: Command): Command {
  const names =
    "an id of the catalogue (fspiop/1.1), a file, a file at a git revision (main:api.yaml), or a URL";
  return command
    .argument("[base]", names)
    .argument("[revision]", "the same")
    .addOption(
      new Option("--profile <profile>", "fspiop: a PUT answers a POST, versions are per resource")
        .choices(["auto", "openapi", "fspiop"])
        .default("auto"),
    )
    .option("--path <paths...>", "only operations with these paths; * is any text (/transfers*)")
    .option("--except-path <paths...>", "leave out operations with these paths")
    .option("--tag <tags...>", "only operations with one of these tags")
    .option("--root <folder>", "the folder that holds all files of a document (default: its own folder)")
    .option("--output <file>", "write there instead of to the terminal");
}

/** `specs diff A B`. */
export const addSpecsDiff: AddCommands = (specs, context) => {
  const { io } = context;
  addCompareOptions(
    specs
      .command("diff")
      .description("what changes from A to B, which party it breaks, and a message that proves it"),
  )
    .addOption(new Option("--format <format>", "how to print it").choices(FORMATS).default("text"))
    .addOption(jsonOption())
    .option("--all", "text: every finding in full, not only warnings and errors")
    .addOption(
      new Option("--fail-on <level>", "the level that ends with exit code 1")
        .choices(["info", "warn", "error", "none"])
        .default("error"),
    )
    .option("--ignore <file>", "accepted findings: a YAML or JSON list of { id, path, reason, expires }")
    .option("--severity <file>", "other levels: a YAML or JSON object of rule ids (with *) and levels")
    .option(
      "--support <documents>",
      "further documents in support, oldest first: the order of upgrades over all",
    )
    .option("--schema", "print the JSON Schema of --json")
    .addHelpText(
      "after",
      examples(
        ["What does FSPIOP 2.0 break for a party on 1.1?", "mojaver specs diff fspiop/1.1 fspiop/2.0"],
        ["What does my branch change?", "mojaver specs diff main:api.yaml api.yaml --fail-on warn"],
        [
          "Which parties are upgraded first while 1.0, 1.1 and 2.0 are in use?",
          "mojaver specs diff fspiop/1.1 fspiop/2.0 --support fspiop/1.0",
        ],
      ),
    )
    .action(async (base: string | undefined, revision: string | undefined, flags: Flags) => {
      if (flags.schema) {
        io.out(`${JSON.stringify(diffResultSchema, null, 2)}\n`);
        return;
      }
      const [old, now] = await readBoth(base, revision, flags);
      const options: DiffOptions = {
        ...compareOptionsOf(flags, old, now, io.today),
        ...(flags.ignore !== undefined && { ignore: parseIgnoreList(readList(flags.ignore) ?? []) }),
        ...(flags.severity !== undefined && { severities: parseSeverities(readList(flags.severity)) }),
      };
      const result = diffSpecs(old.document, now.document, options);
      const text = render(result, flags, await planOf(flags, old, now, options));
      if (flags.output === undefined) io.out(text);
      else writeOutput(flags.output, text);
      if (flags.failOn !== "none" && LEVELS.indexOf(result.level) >= LEVELS.indexOf(flags.failOn))
        context.exit(EXIT.findings);
    });
};

/** Reads the two documents of a comparison. */
export async function readBoth(
  base: string | undefined,
  revision: string | undefined,
  { root }: CompareFlags,
): Promise<[NamedDocument, NamedDocument]> {
  if (base === undefined || revision === undefined) {
    throw new CommandError(EXIT.usage, "two documents are needed: mojaver specs diff fspiop/1.1 fspiop/2.0");
  }
  return [await readDocument(base, root), await readDocument(revision, root)];
}

/** The options of a comparison that follow from flags and documents. */
export function compareOptionsOf(
  flags: CompareFlags,
  old: NamedDocument,
  now: NamedDocument,
  today: string,
): DiffOptions {
  const fspiop = flags.profile === "auto" ? old.fspiop && now.fspiop : flags.profile === "fspiop";
  return {
    today,
    profile: fspiop ? "fspiop" : "openapi",
    names: { base: old.name, revision: now.name },
    sources: { ...(old.source && { base: old.source }), ...(now.source && { revision: now.source }) },
    ...(old.versions && { versions: old.versions }),
    ...(now.versions && { declared: now.versions }),
    filter: {
      ...(flags.path && { paths: flags.path }),
      ...(flags.exceptPath && { exceptPaths: flags.exceptPath }),
      ...(flags.tag && { tags: flags.tag }),
    },
  };
}

/** Writes to the file of `--output`. */
export function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(EXIT.usage, `${file}: cannot be written`, { cause: error });
  }
}

function readList(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError(EXIT.unreadable, `${file}: cannot be read`, { cause: error });
  }
  return parseSpec(text, file);
}

async function planOf(
  { support, root }: Flags,
  old: NamedDocument,
  now: NamedDocument,
  options: DiffOptions,
): Promise<RenderOptions["plan"]> {
  if (support === undefined) return undefined;
  const names = support
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== old.name && name !== now.name);
  const further = await Promise.all(names.map((name) => readDocument(name, root)));
  return planUpgrade([...further, old, now], { ...options, sources: {} });
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
    case "sarif":
      return renderSarif(result);
    case "junit":
      return renderJunit(result);
    case "text":
      return renderText(result, { all: all === true, ...(plan && { plan }) });
  }
}
