#!/usr/bin/env node
import { text } from "node:stream/consumers";
import { run } from "./program.ts";

process.exitCode = await run(process.argv.slice(2), {
  out: (written) => void process.stdout.write(written),
  err: (written) => void process.stderr.write(written),
  readIn: () => text(process.stdin),
  colour: process.stdout.isTTY,
  today: new Date().toISOString().slice(0, 10),
});
