import { examples, type AddCommands } from "../context.ts";
import { CommandError, EXIT } from "../exit.ts";

/** `adapter --config FILE`. */
export const addAdapter: AddCommands = (command, { io }) => {
  command
    .requiredOption("--config <file>", "an adapter.yaml: the hub, the participants, their versions")
    .addHelpText(
      "after",
      examples([
        "With the adapter.yaml of the README of @mojaloop-versioning/compat-adapter",
        "mojaver adapter --config adapter.yaml",
      ]),
    )
    .action(async ({ config }: { config: string }) => {
      // Loaded here, so that other commands start without servers and stores.
      const { startAdapter } = await import("@mojaloop-versioning/compat-adapter/service");
      const started = await startAdapter({ config, signals: true }).catch((error: unknown) => {
        if (!isOfSystem(error)) throw error;
        throw new CommandError(EXIT.unreadable, `${config}: ${error.message}`, { cause: error });
      });
      if (!started.ok) {
        const lines = started.mistakes.map(({ line, path, message }) =>
          path === config ? `${config}: ${message}` : `${config}:${line} ${path} ${message}`,
        );
        throw new CommandError(EXIT.unreadable, lines.join("\n"));
      }
      const { urls, closed } = started.service;
      for (const [side, url] of Object.entries(urls)) io.out(`${side.padEnd(14)}${url}\n`);
      await closed;
    });
};

// A used port or a foreign address: the file is valid, but the machine cannot provide it.
function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
