import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

import { runCommand } from "../specs/spec-error.ts";
import { generate } from "./generate.ts";

const root = resolve(import.meta.dirname, "../..");
const target = join(root, "packages/types/src");

await runCommand(async () => {
  const started = performance.now();
  // Everything is made before anything is written: a document that cannot be used leaves the old output as it was.
  const files = await generate(root);
  let written = 0;
  for (const [name, text] of files) {
    const file = join(target, name);
    if ((await readFile(file, "utf8").catch(() => undefined)) === text) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    written += 1;
  }
  for (const found of await readdir(target, { recursive: true, withFileTypes: true })) {
    const file = join(found.parentPath, found.name);
    if (found.isFile() && !files.has(relative(target, file))) await rm(file);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `packages/types/src: ${String(files.size)} files, ${String(written)} written, ${seconds} s\n`,
  );
});
