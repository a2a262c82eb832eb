import { text } from "node:stream/consumers";
import { EXIT } from "./exit.ts";
import { run } from "./program.ts";

// `mojaver … | head` closes the pipe early, which is not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

async function main(): Promise<number> {
  return run(process.argv.slice(2), {
    out: (output) => void process.stdout.write(output),
    err: (output) => void process.stderr.write(output),
    readIn: () => text(process.stdin),
    colour: process.stdout.isTTY && process.env["NO_COLOR"] === undefined,
    today: new Date().toISOString().slice(0, 10),
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // A bug of mojaver itself has an exit code of its own.
    process.stderr.write(
      `mojaver: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = EXIT.fault;
  },
);
