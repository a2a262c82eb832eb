import { text } from "node:stream/consumers";
import { run } from "./program.ts";

// `mojaver … | head` closes the pipe early: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  out: (written) => void process.stdout.write(written),
  err: (written) => void process.stderr.write(written),
  readIn: () => text(process.stdin),
  colour: process.stdout.isTTY && process.env["NO_COLOR"] === undefined,
  today: new Date().toISOString().slice(0, 10),
});
