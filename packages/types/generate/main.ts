import { readdir, rm } from "node:fs/promises";
import { join, relative, resolve } from "node:path";

import { runCommand } from "../../../tools/specs/spec-error.ts";
import { writeAll } from "../../../tools/specs/sync.ts";
import { generate, TARGET } from "./generate.ts";

const root = resolve(import.meta.dirname, "../../..");

await runCommand(async () => {
  const started = performance.now();
  // All texts exist before the first is written: a document that cannot be used leaves the old output as it was.
  const files = await generate(root);
  const written = await writeAll(root, files);
  await removeOthers(files);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${TARGET}: ${String(files.size)} files, ${String(written.length)} written, ${seconds} s\n`,
  );
});

// Removes files of an earlier generation that this one no longer has.
async function removeOthers(files: ReadonlyMap<string, string>): Promise<void> {
  const folders = new Set([...files.keys()].flatMap((file) => ancestorsOf(file)));
  for (const found of await readdir(join(root, TARGET), { recursive: true, withFileTypes: true })) {
    const path = join(found.parentPath, found.name);
    const name = relative(root, path);
    if (!files.has(name) && !folders.has(name)) await rm(path, { recursive: true, force: true });
  }
}

function ancestorsOf(file: string): string[] {
  const parts = file.split("/");
  return parts.map((_, i) => parts.slice(0, i).join("/"));
}
