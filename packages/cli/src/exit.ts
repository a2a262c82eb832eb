/** Exit codes. */
export const EXIT = { fine: 0, findings: 1, usage: 2, unreadable: 3, unknown: 4, fault: 70 } as const;

/** Ends a command with one line on standard error and an exit code. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
