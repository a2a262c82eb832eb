import { parseMediaType, type Operation, type Version } from "@mojaloop-versioning/protocol";
import {
  createIdMap,
  type Conversion,
  type ConversionClass,
  type Converter,
  type Report,
} from "@mojaloop-versioning/transform";
import { convertibleApi, shippedRegistry, type ConvertibleApi } from "../conversions.ts";
import { examples, jsonOption, type AddCommands } from "../context.ts";
import { CommandError, EXIT } from "../exit.ts";
import { readMessage, type GivenMessage } from "../message.ts";
import { rebuildMessage } from "../whole-message.ts";

interface Options {
  readonly from: string;
  readonly to: string;
  readonly operation?: string;
  readonly know: Readonly<Record<string, string>>;
  readonly stash?: true;
  readonly mapIds?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** What `transform --json` prints. */
export interface TransformResult {
  readonly operation: Operation;
  readonly resource: string;
  readonly from: Version;
  readonly to: Version;
  readonly class: ConversionClass;
  readonly report?: Report;
  /** The converted body or, where a whole message was given, the whole. */
  readonly message: unknown;
}

type Converted = Conversion & { readonly ok: true };

/** `transform --from API --to API`. */
export const addTransform: AddCommands = (command, context) => {
  const { io } = context;
  command
    .requiredOption("--from <api>", "the API version of the message: fspiop/1.0")
    .requiredOption("--to <api>", "the API version wanted: fspiop/2.0")
    .option("--operation <operation>", "what the message is, where standard input has its body alone")
    .option(
      "--know <name=value>",
      "something that the message does not hold, for changes that ask; may be repeated",
      knowing,
      {},
    )
    .option("--stash", "carry what has no place in the extension list instead of dropping it")
    .option("--map-ids", "put a UUID in the place of an id that 1.x has no pattern for")
    .option("--quiet", "no report")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        [
          "A body",
          `echo '{"party":{"supportedCurrencies":["USD"]}}' | mojaver transform --from fspiop/2.0 --to fspiop/1.1 --operation "PUT /parties/{Type}/{ID}"`,
        ],
        [
          "A whole message: { method, path, headers?, body }",
          "mojaver transform --from fspiop/1.0 --to fspiop/2.0 < message.json > converted.json",
        ],
        [
          "Where 2.0 demands what the message does not hold",
          "mojaver transform … --know settlementModel=DEFERREDNET",
        ],
      ),
    )
    .action(async (options: Options) => {
      const { quiet, json } = options;
      const [from, to] = [convertibleApi(options.from), convertibleApi(options.to)];
      if (from.api !== to.api) {
        throw new CommandError(
          EXIT.usage,
          `${options.from} and ${options.to} are versions of different APIs`,
        );
      }
      const message = readMessage(await io.readIn(), options.from, options.operation);
      const versions = { from: versionOf(message, from), to: versionOf(message, to) };
      checkContentType(message, versions.from, options.from);
      const convert =
        versions.from === versions.to
          ? undefined
          : shippedRegistry().between(message.resource, versions.from, versions.to, message.operation);
      const outcome = convert ? converted(convert, message, options) : unchanged(message);
      if (!outcome.ok) {
        io.err(`${JSON.stringify(outcome.refusal.body)}\n`);
        context.exit(EXIT.findings);
        return;
      }
      const said = message.whole
        ? rebuildMessage(message.whole, message, outcome, { id: options.to, version: versions.to })
        : (outcome.body ?? null);
      const grade = convert?.class ?? "identity";
      const { operation, resource } = message;
      const result: TransformResult = {
        operation,
        resource,
        ...versions,
        class: grade,
        ...(outcome.report && { report: outcome.report }),
        message: said,
      };
      io.out(`${JSON.stringify(json ? result : said, null, 2)}\n`);
      if (quiet !== true && !json) {
        const heading = `${operation}, ${resource} ${versions.from} to ${versions.to}: ${grade}`;
        io.err([heading, ...linesOf(outcome.report), ""].join("\n"));
      }
    });
};

function knowing(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const equals = text.indexOf("=");
  if (equals < 1) throw new CommandError(EXIT.usage, `--know ${text}: write name=value`);
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}

// What an API version does not have is known to the changes by the number of the API itself.
function versionOf({ resource }: GivenMessage, { entry }: ConvertibleApi): Version {
  return entry.resources.versions[resource] ?? entry.version;
}

function converted(convert: Converter, message: GivenMessage, { know, stash, mapIds }: Options): Conversion {
  return convert(message.body, {
    params: message.params,
    query: message.query,
    report: true,
    lookup: (name) => know[name],
    ...(stash && { stash }),
    ...(mapIds && { ids: createIdMap() }),
  });
}

function unchanged({ body }: GivenMessage): Converted {
  return { ok: true, body };
}

/** A message whose own header says another version than the command line is not what the user takes it for. */
function checkContentType({ whole, resource }: GivenMessage, version: Version, id: string): void {
  const type = Object.entries(whole?.headers ?? {}).find(([name]) => name.toLowerCase() === "content-type");
  const said = type && parseMediaType(type[1])?.version;
  if (said !== undefined && said !== version) {
    throw new CommandError(
      EXIT.unreadable,
      `the message is of ${resource} ${said} by its Content-Type, but ${id} has ${resource} ${version}`,
    );
  }
}

function linesOf(report: Report | undefined): string[] {
  if (!report) return [];
  const { signatureInvalidated, ...lists } = report;
  const lines = Object.entries(lists).flatMap(([fate, entries]) =>
    entries.map(({ pointer, to, changeId }) => {
      const where = to === undefined ? pointer : `${pointer} to ${to}`;
      return `  ${fate.padEnd(8)}  ${where || "the whole"}  (${changeId})`;
    }),
  );
  return signatureInvalidated ? [...lines, "  an FSPIOP-Signature of it no longer holds"] : lines;
}
