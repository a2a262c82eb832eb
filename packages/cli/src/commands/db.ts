import { readFileSync } from "node:fs";
import {
  centralLedgerValues,
  finishLiveMigration,
  mergeColumnValues,
  migrateLive,
  parseColumnValues,
  planLiveMigration,
  renderLivePlan,
  renderLiveReport,
  type ColumnValues,
  type LiveMigrationOptions,
  type LiveProgress,
} from "@mojaloop-versioning/database";
import { Option, type Command } from "commander";
import { parse } from "yaml";
import { examples, type AddCommands, type Context, type Io } from "../context.ts";
import { CommandError, EXIT } from "../exit.ts";

interface MigrateOptions {
  readonly live?: true;
  readonly url: string;
  readonly values: readonly string[];
  readonly accept: readonly string[];
  readonly table?: string;
  readonly copyRows: number;
  readonly longestStall: number;
  readonly deadline: number;
  readonly plan?: true;
}

/** `db migrate|finish`. */
export const addDb: AddCommands = (command, context) => {
  addMigrate(command, context);
  addFinish(command, context);
};

function addMigrate(command: Command, context: Context): void {
  command
    .command("migrate <directory>")
    .description("run knex migrations while the old version of the service goes on writing")
    .option("--live", "serve the old version: its writes and its reads go on")
    .addOption(urlOption())
    .option("--values <file...>", "SQL expressions for columns that one version leaves out, YAML or JSON", [])
    .option("--accept <finding...>", 'findings that you have checked: "unique-added index users.name"', [])
    .option("--table <name>", "the table of knex, where it cannot be recognised")
    .option("--copy-rows <count>", "largest table that may be copied while writes wait", count, 1000)
    .option(
      "--longest-stall <ms>",
      "how long writes may wait for a change on a table that is never quiet",
      count,
      2000,
    )
    .option("--deadline <seconds>", "give a statement up when its lock was not free for so long", count, 120)
    .option("--plan", "only show what would happen; the database is not changed")
    .addHelpText(
      "after",
      examples(
        [
          "What would the upgrade of central-ledger do to the version that runs?",
          "mojaver db migrate central-ledger/migrations --live --plan --url mysql://root@127.0.0.1/central_ledger",
        ],
        [
          "Run it, with values for columns of your own",
          "mojaver db migrate migrations --live --values values.yaml --url mysql://app@db/app",
        ],
      ),
    )
    .action(async (directory: string, options: MigrateOptions) => {
      if (!options.live) {
        const plain = "for the plain run use knex migrate:latest, with the service stopped";
        throw new CommandError(EXIT.usage, `mojaver db migrate runs with --live; ${plain}`);
      }
      await migrate(directory, options, context);
    });
}

async function migrate(directory: string, options: MigrateOptions, context: Context): Promise<void> {
  const { io } = context;
  const settings: LiveMigrationOptions = {
    connection: options.url,
    directory,
    values: mergeColumnValues(centralLedgerValues, ...options.values.map(readValues)),
    accept: options.accept,
    copyRows: options.copyRows,
    longestStallMs: options.longestStall,
    lock: { deadlineSeconds: options.deadline },
    ...(options.table !== undefined && { migrationTable: options.table }),
    onProgress: (progress) => writeProgress(progress, io),
  };
  if (options.plan) {
    const { plan, refusals } = await planLiveMigration(settings);
    io.out(renderLivePlan(plan, refusals));
    if (refusals.length > 0) context.exit(EXIT.findings);
    return;
  }
  io.out(renderLiveReport(await migrateLive(settings)));
}

function addFinish(command: Command, { io }: Context): void {
  command
    .command("finish")
    .description("remove the triggers of a live migration, once the old version has stopped")
    .addOption(urlOption())
    .option("--old-account <name>", "refuse while this account has a session in the database")
    .option("--old-version-stopped", "you know that no old version runs")
    .action(
      async ({
        url,
        oldAccount,
        oldVersionStopped,
      }: {
        url: string;
        oldAccount?: string;
        oldVersionStopped?: true;
      }) => {
        if (oldAccount === undefined && !oldVersionStopped)
          throw new CommandError(
            EXIT.usage,
            "give --old-account NAME, or --old-version-stopped if you know it",
          );
        const removed = await finishLiveMigration(
          url,
          oldAccount === undefined ? "stopped" : { account: oldAccount },
        );
        io.out(removed.length === 0 ? "no triggers to remove\n" : `removed ${removed.join(", ")}\n`);
      },
    );
}

function urlOption(): Option {
  return new Option("--url <url>", "mysql://user:password@host:3306/database")
    .env("DATABASE_URL")
    .makeOptionMandatory();
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new CommandError(EXIT.usage, `"${text}" is not a whole number`);
}

function readValues(file: string): ColumnValues {
  const text = readFileSync(file, "utf8");
  let given: unknown;
  try {
    given = parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new CommandError(EXIT.unreadable, `${file}: ${reason ?? "is not YAML"}`, { cause: error });
  }
  return parseColumnValues(given, file);
}

function writeProgress(progress: LiveProgress, io: Io): void {
  if (progress.kind === "file") io.err(`[${progress.number}/${progress.of}] ${progress.name}\n`);
  if (progress.kind === "blocked") {
    const holders = progress.blockers.map(
      ({ id, user, seconds, query }) => `  connection ${id} of ${user}, open for ${seconds} s: ${query}\n`,
    );
    io.err(`no lock for ${progress.seconds.toFixed(0)} s: ${progress.statement}\n${holders.join("")}`);
  }
}
