import { resolve } from "node:path";

import { CATALOG, readCatalog, readText } from "./catalog.ts";
import { terminalProgress, withCarriers } from "./fetch.ts";
import { listVersions } from "./list.ts";
import { runCommand, specError } from "./spec-error.ts";
import { planSync, writeAll } from "./sync.ts";
import { listUnsettled } from "./unsettled.ts";
import { applyUpdate, planDropIn } from "./update.ts";

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

async function update(id?: string, file?: string): Promise<void> {
  const catalog = readCatalog(root);
  if (id === undefined) {
    const progress = terminalProgress(process.stderr);
    const plan = await withCarriers(catalog.carriers, progress, (fetch) => planSync(root, catalog, fetch));
    process.stdout.write(await applyUpdate(root, plan));
    await tellUnsettled();
    return;
  }
  if (file === undefined) throw specError(id, "name the file that holds its document, too");
  const path = resolve(process.env["INIT_CWD"] ?? ".", file); // npm runs scripts elsewhere than they were called
  const { writes, older } = planDropIn(root, catalog, { id, name: file, text: readText("/", path) });
  process.stdout.write(await applyUpdate(root, writes, older));
  process.stdout.write(`look at the entry of ${id} in ${CATALOG}, above all its resource table\n`);
  await tellUnsettled();
}

async function tellUnsettled(): Promise<void> {
  terminalProgress(process.stderr)("asking the declared changes what they leave open");
  const open = await listUnsettled(root);
  terminalProgress(process.stderr)("");
  if (open.length === 0) return;
  process.stdout.write(
    `${open.join("\n")}\ndeclare what is open in packages/transform (specs/README.md, step 4)\n`,
  );
}

const commands: Record<string, (...words: string[]) => Promise<void> | void> = {
  sync,
  update,
  list: () => void process.stdout.write(listVersions(root, readCatalog(root))),
};

const [name = "", ...words] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) await runCommand(() => command(...words));
else {
  process.stderr.write(`"${name}" is no command; there are ${Object.keys(commands).join(", ")}\n`);
  process.exitCode = 2;
}
