import { text } from "node:stream/consumers";
import { EXIT } from "./exit.ts";
import { run } from "./program.ts";

// `mojaver … | head` closes the pipe early: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

async function main(): Promise<number> {
  return run(process.argv.slice(2), {
    out: (written) => void process.stdout.write(written),
    err: (written) => void process.stderr.write(written),
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
    // A fault of mojaver itself: no code of a judgement may stand for it.
    process.stderr.write(
      `mojaver: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = EXIT.fault;
  },
);
