import { isVersioningError } from "@mojaloop-versioning/protocol";
import { Command, CommanderError } from "commander";
import { specsCommand } from "./commands/specs.ts";
import { CommandError, EXIT, type Context, type ExitCode, type Terminal } from "./terminal.ts";

// A command is a file in `commands`, and a line here.
const COMMANDS: readonly ((context: Context) => Command)[] = [specsCommand];

/**
 * Runs `mojaver` with the words after its name.
 * @returns the exit code: 0 fine, 1 findings at or above `--fail-on`, 2 usage, 3 unreadable input
 */
export async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.fine;
  const context: Context = { terminal, exit: (wanted) => void (code = wanted) };
  const program = new Command("mojaver")
    .description("Versions of the Mojaloop APIs: what changes, and what that breaks")
    .showHelpAfterError("(mojaver --help says how)");
  for (const make of COMMANDS) program.addCommand(make(context));
  eachCommand(program, (command) => {
    command.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  });
  try {
    await program.parseAsync([...words], { from: "user" });
    return code;
  } catch (error) {
    // Commander has already said what is wrong; asking for help is not.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    if (error instanceof CommandError) {
      terminal.err(`${error.message}\n`);
      return error.exitCode;
    }
    if (isVersioningError(error)) {
      terminal.err(`${error.message}\n`);
      return error.code === "invalid-spec" ? EXIT.unreadable : EXIT.usage;
    }
    throw error;
  }
}

function eachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const inner of command.commands) eachCommand(inner, visit);
}
