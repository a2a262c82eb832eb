import { resolve } from "node:path";

import { readCatalog } from "./catalog.ts";
import { terminalProgress, withCarriers } from "./fetch.ts";
import { listVersions } from "./list.ts";
import { runCommand } from "./spec-error.ts";
import { planSync, writeAll } from "./sync.ts";

const root = resolve(import.meta.dirname, "../..");

async function sync(): Promise<void> {
  const catalog = readCatalog(root);
  const progress = terminalProgress(process.stderr);
  const writes = await withCarriers(catalog.carriers, progress, (fetch) => planSync(root, catalog, fetch));
  const changed = await writeAll(root, writes);
  process.stdout.write(
    changed.length === 0
      ? `specs/ is in step with its ${String(catalog.versions.length)} catalogue entries\n`
      : changed.map((file) => `wrote ${file}\n`).join(""),
  );
}

const commands: Record<string, () => Promise<void> | void> = {
  sync,
  list: () => void process.stdout.write(listVersions(root, readCatalog(root))),
};

const [name = ""] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) await runCommand(command);
else {
  process.stderr.write(`"${name}" is no command; there are ${Object.keys(commands).join(", ")}\n`);
  process.exitCode = 2;
}
