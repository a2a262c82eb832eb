import { isVersioningError, type VersioningErrorCode } from "@mojaloop-versioning/protocol";
import { Command, CommanderError } from "commander";
import own from "../package.json" with { type: "json" };
import { commands } from "./commands/index.ts";
import { examples, type Context, type Io } from "./context.ts";
import { CommandError, EXIT } from "./exit.ts";

// Mistakes in the command line itself; any other code means that an input cannot be read.
const USAGE: ReadonlySet<VersioningErrorCode> = new Set(["invalid-option", "invalid-version"]);

/**
 * Runs `mojaver` with the arguments after its name.
 * @returns the exit code: 0 success, 1 findings at or above `--fail-on`, 2 wrong usage, 3 unreadable input
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
    // Commander has already printed the mistake; a request for help is none.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    if (error instanceof CommandError) {
      io.err(`${error.message}\n`);
      return error.exitCode;
    }
    if (isVersioningError(error)) {
      io.err(`${error.message}\n`);
      return USAGE.has(error.code) ? EXIT.usage : EXIT.unreadable;
    }
    if (isFileError(error)) {
      io.err(`${error.path}: cannot be read (${error.code ?? error.message})\n`);
      return EXIT.unreadable;
    }
    throw error;
  }
}

const firstExamples = examples(
  ["What does FSPIOP 2.0 break for a participant on 1.1?", "mojaver specs diff fspiop/1.1 fspiop/2.0"],
  [
    "Can a DFSP on FSPIOP 1.1 pay one on 2.0 through a hub on Helm 17.0.0?",
    "mojaver can-talk --hub 17.0.0 --payer 1.1 --payee 2.0",
  ],
  ["Is the upgrade from Helm 16.0.0 to 17.0.0 safe?", "mojaver upgrade check 16.0.0 17.0.0"],
  [
    "What does Mojaloop 1.0 contain, and which releases are known?",
    "mojaver manifest show 1.0; mojaver manifest list",
  ],
);
const exits =
  "Exit codes: 0 success, 1 findings (see --fail-on of a command), 2 wrong usage, 3 unreadable input, 4 unknown";

/** The program. All commands are listed; the options and actions of `wanted` are loaded: a name, or `all`. */
export async function createProgram(context: Context, wanted: string | undefined): Promise<Command> {
  const { io } = context;
  const program = new Command("mojaver")
    .description("Versions of Mojaloop and its APIs: what changes, what it breaks, what works together")
    .version(own.version, "-V, --version", "print the version of mojaver")
    // A command can have a --version of its own.
    .enablePositionalOptions()
    .addHelpText("after", `${firstExamples}\n\n${exits}`);
  for (const { name, summary, load } of commands) {
    const command = program.command(name).description(summary);
    if (wanted === name || wanted === "all") (await load())(command, context);
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

// `can-talk …`, `help can-talk`. The completion script needs the options of all commands.
function commandIn(words: readonly string[]): string | undefined {
  const name = words.find((word) => !word.startsWith("-") && word !== "help");
  return name === "completion" ? "all" : name;
}

function eachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const inner of command.commands) eachCommand(inner, visit);
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { readonly path: string } {
  return error instanceof Error && "syscall" in error && "path" in error;
}
