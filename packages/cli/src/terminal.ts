/** What a command speaks to: passed in, so that a test hears what a user would. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** The folder that relative paths start from. */
  readonly cwd: string;
}

/** How a command ends (README). */
export const EXIT = { fine: 0, findings: 1, usage: 2, unreadable: 3 } as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a line for the user. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** What each command is given: where to speak, and how to say its exit code. */
export interface Context {
  readonly terminal: Terminal;
  readonly exit: (code: ExitCode) => void;
}

/** A value as indented JSON with a line end. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
