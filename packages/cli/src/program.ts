import { isVersioningError, type VersioningErrorCode } from "@mojaloop-versioning/protocol";
import { Command, CommanderError } from "commander";
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
  const program = createProgram({ io, exit: (wanted) => void (code = wanted) });
  if (words.length === 0) {
    io.out(`${program.helpInformation()}${newcomer}\n`);
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
);

function createProgram(context: Context): Command {
  const { io } = context;
  const program = new Command("mojaver").description(
    "Versions of Mojaloop and its APIs: what changes, whom it breaks, who can talk to whom",
  );
  for (const add of commands) add(program, context);
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

function eachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const inner of command.commands) eachCommand(inner, visit);
}
