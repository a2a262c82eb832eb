import { Option, type Command } from "commander";

/** Where a command reads from and writes to. The program passes the process's own; a test passes its own. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Everything on standard input. */
  readIn(): Promise<string>;
  /** Whether `out` is a terminal that shows colour. */
  readonly colour: boolean;
  /** Today, `YYYY-MM-DD`. */
  readonly today: string;
}

/** What every command gets. */
export interface Context {
  readonly io: Io;
  /** Sets the exit code: 1 for findings. */
  exit(code: number): void;
}

/** Adds commands to the program. */
export type AddCommands = (program: Command, context: Context) => void;

/** A group of examples for the end of a command's help: each a sentence and the command that answers it. */
export function examples(...pairs: readonly (readonly [question: string, command: string])[]): string {
  return [
    "",
    "Examples:",
    ...pairs.flatMap(([question, command]) => [`  ${question}`, `    $ ${command}`]),
  ].join("\n");
}

/** The option `--json`, which every command has. */
export function jsonOption(): Option {
  return new Option("--json", "print JSON instead of text");
}

/** Prints a result: as JSON if that is asked for, else as text. */
export function print({ io }: Context, json: boolean | undefined, value: unknown, text: () => string): void {
  const body = json === true ? JSON.stringify(value, null, 2) : tinted(text(), io.colour);
  io.out(body.endsWith("\n") ? body : `${body}\n`);
}

const TINTS = { blocks: 31, "stops-rolling": 33, warns: 36 } as const;

// The weight of a finding in red, yellow and cyan, on a terminal only.
function tinted(text: string, colour: boolean): string {
  if (!colour) return text;
  return text.replaceAll(
    /^\[(blocks|stops-rolling|warns)\]/gm,
    (word, weight: keyof typeof TINTS) => `\u001b[${TINTS[weight]}m${word}\u001b[39m`,
  );
}
