import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { generate } from "./generate.ts";

const root = resolve(import.meta.dirname, "..");

// Everything is made before anything is written.
const files = generate();
for (const [name, text] of files) {
  const file = resolve(root, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
process.stdout.write(`packages/transform: ${[...files.keys()].join(", ")}\n`);
