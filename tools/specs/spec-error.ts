import { isVersioningError, VersioningError } from "@mojaloop-versioning/protocol";

/** An API document, an overlay or the catalogue that cannot be used. `where` is a file, with a JSON pointer when one place in it is meant. */
export function specError(where: string, problem: string, cause?: unknown): VersioningError {
  return new VersioningError("invalid-spec", `${where}: ${problem}`, cause === undefined ? {} : { cause });
}

/** Runs a command: an unusable document ends it with one line on stderr and exit code 3, any other fault with its stack. */
export async function runCommand(command: () => Promise<void> | void): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!isVersioningError(error, "invalid-spec")) throw error;
    process.stderr.write(`${error.message.replaceAll(/\s*\n\s*/g, " ")}\n`);
    process.exitCode = 3;
  }
}
