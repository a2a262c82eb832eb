#!/usr/bin/env node
// Lies in the tree, not in dist, so that npm links the command in a fresh clone, before anything is built.
import { existsSync } from "node:fs";

const built = new URL("../dist/main.js", import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write("mojaver is not built yet; run `npm run build` first\n");
  process.exitCode = 2;
}
