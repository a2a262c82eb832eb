import { isVersioningError, type VersioningErrorCode } from "@mojaloop-versioning/protocol";
import { Command, CommanderError } from "commander";
import own from "../package.json" with { type: "json" };
import { commands } from "./commands/index.ts";
import { examples, type Context, type Io } from "./context.ts";
import { CommandError, EXIT } from "./exit.ts";

// What a user can put right in the command line itself; any other code means that something given could not be read.
const USAGE: ReadonlySet<VersioningErrorCode> = new Set(["invalid-option", "invalid-version"]);

/**
 * Runs `mojaver` with the words after its name.
 * @returns the exit code: 0 fine, 1 findings at or above `--fail-on`, 2 usage, 3 unreadable input
 */
export async function run(words: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.fine;
  const program = await createProgram({ io, exit: (wanted) => void (code = wanted) }, commandIn(words));
  if (words.length === 0) {
    program.outputHelp();
    return code;
  }
  try {
    await program.parseAsync([...words], { from: "user" });
    return code;
  } catch (error) {
    // Commander has already said what is wrong; asking for help is not.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    if (error instanceof CommandError) {
      io.err(`${error.message}\n`);
      return error.exitCode;
    }
    if (isVersioningError(error)) {
      io.err(`${error.message}\n`);
      return USAGE.has(error.code) ? EXIT.usage : EXIT.unreadable;
    }
    if (isOfFile(error)) {
      io.err(`${error.path}: cannot be read (${error.code ?? error.message})\n`);
      return EXIT.unreadable;
    }
    throw error;
  }
}

const newcomer = examples(
  ["Whom does FSPIOP 2.0 break that speaks 1.1?", "mojaver specs diff fspiop/1.1 fspiop/2.0"],
  [
    "Can a DFSP on FSPIOP 1.1 pay one on 2.0 through a hub on Helm 17.0.0?",
    "mojaver can-talk --hub 17.0.0 --payer 1.1 --payee 2.0",
  ],
  ["Is the upgrade from Helm 16.0.0 to 17.0.0 safe?", "mojaver upgrade check 16.0.0 17.0.0"],
  [
    "What does Mojaloop 1.0 hold, and which releases are known?",
    "mojaver manifest show 1.0; mojaver manifest list",
  ],
);
const exits =
  "Exit: 0 fine, 1 findings (see --fail-on of a command), 2 wrong usage, 3 input that cannot be read";

/** The program with every command listed, and those loaded that `wanted` names: one, or all. */
export async function createProgram(context: Context, wanted: string | undefined): Promise<Command> {
  const { io } = context;
  const program = new Command("mojaver")
    .description("Versions of Mojaloop and its APIs: what changes, whom it breaks, who can talk to whom")
    .version(own.version, "-V, --version", "print the version of mojaver")
    // A command may have a --version of its own.
    .enablePositionalOptions()
    .addHelpText("after", `${newcomer}\n\n${exits}`);
  for (const { name, summary, load } of commands) {
    if (wanted === name || wanted === "all") (await load())(program, context);
    else program.command(name).description(summary);
  }
  eachCommand(program, (command) => {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        io.out(text);
      },
      writeErr: (text) => {
        io.err(text);
      },
    });
  });
  return program;
}

// `can-talk …`, `help can-talk`. The completion script names every option of every command.
function commandIn(words: readonly string[]): string | undefined {
  const name = words.find((word) => !word.startsWith("-") && word !== "help");
  return name === "completion" ? "all" : name;
}

function eachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const inner of command.commands) eachCommand(inner, visit);
}

function isOfFile(error: unknown): error is NodeJS.ErrnoException & { readonly path: string } {
  return error instanceof Error && "syscall" in error && "path" in error;
}
