import { Option, type Command } from "commander";

/** Input and output of a command. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Reads standard input to its end. */
  readIn(): Promise<string>;
  /** Whether `out` is a terminal with colour. */
  readonly colour: boolean;
  /** Today, as `YYYY-MM-DD`. */
  readonly today: string;
}

/** What each command receives. */
export interface Context {
  readonly io: Io;
  /** Sets the exit code. */
  exit(code: number): void;
}

/** Adds arguments, options, subcommands and the action to a command, which has its name and summary already. */
export type AddCommands = (command: Command, context: Context) => void;

/** Examples for the end of a command's help: a question, and the command that answers it. */
export function examples(...pairs: readonly (readonly [question: string, command: string])[]): string {
  return [
    "",
    "Examples:",
    ...pairs.flatMap(([question, command]) => [`  ${question}`, `    $ ${command}`]),
  ].join("\n");
}

/** The option `--json`. */
export function jsonOption(): Option {
  return new Option("--json", "print JSON instead of text");
}

/** Prints a result as JSON or as text. */
export function print({ io }: Context, json: boolean | undefined, value: unknown, text: () => string): void {
  const body = json === true ? JSON.stringify(value, null, 2) : tinted(text(), io.colour);
  io.out(body.endsWith("\n") ? body : `${body}\n`);
}

const TINTS = { blocks: 31, "stops-rolling": 33, unknown: 35, warns: 36 } as const;

// Colours the level of a finding, on a terminal only.
function tinted(text: string, colour: boolean): string {
  if (!colour) return text;
  return text.replaceAll(
    /^\[(blocks|stops-rolling|unknown|warns)\]/gm,
    (word, weight: keyof typeof TINTS) => `\u001b[${TINTS[weight]}m${word}\u001b[39m`,
  );
}
