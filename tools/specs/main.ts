import { resolve } from "node:path";

import { CATALOG, readCatalog, readText } from "./catalog.ts";
import { terminalProgress, withCarriers } from "./fetch.ts";
import { listVersions } from "./list.ts";
import { runCommand, specError } from "./spec-error.ts";
import { planSync, writeAll } from "./sync.ts";
import { findUnsettled } from "./unsettled.ts";
import { applyUpdate, planDropIn } from "./update.ts";

const root = resolve(import.meta.dirname, "../..");

async function sync(): Promise<void> {
  const catalog = readCatalog(root);
  const progress = terminalProgress(process.stderr);
  const writes = await withCarriers(catalog.carriers, progress, (fetch) => planSync(root, catalog, fetch));
  const changed = await writeAll(root, writes);
  process.stdout.write(
    changed.length === 0
      ? `specs/ matches its ${String(catalog.versions.length)} catalogue entries\n`
      : changed.map((file) => `wrote ${file}\n`).join(""),
  );
}

async function update(id?: string, file?: string): Promise<void> {
  const catalog = readCatalog(root);
  if (id === undefined) {
    const progress = terminalProgress(process.stderr);
    const plan = await withCarriers(catalog.carriers, progress, (fetch) => planSync(root, catalog, fetch));
    process.stdout.write(await applyUpdate(root, plan));
    await reportUnsettled();
    return;
  }
  if (file === undefined) throw specError(id, "name the file with its document, too");
  const path = resolve(process.env["INIT_CWD"] ?? ".", file); // npm runs scripts elsewhere than they were called
  const { writes, older } = planDropIn(root, catalog, { id, name: file, text: readText("/", path) });
  process.stdout.write(await applyUpdate(root, writes, older));
  process.stdout.write(`Check the entry of ${id} in ${CATALOG}, first of all its resource table.\n`);
  await reportUnsettled();
}

// Lists what transform must still declare. Everything is written by then, so it is a finding (exit code 1) and no failure.
async function reportUnsettled(): Promise<void> {
  terminalProgress(process.stderr)("comparing the declared changes with the new residue");
  const { lines, declarations } = await findUnsettled(root);
  terminalProgress(process.stderr)("");
  if (lines.length === 0) return;
  const places = lines.length === 1 ? "1 place is" : `${String(lines.length)} places are`;
  process.stdout.write(`${places} unsettled:\n${lines.join("\n")}\n`);
  if (declarations !== "") {
    process.stdout.write(
      `\nDeclarations for packages/transform (specs/README.md, step 4); each refuses what it cannot convert:\n\n${declarations}\n`,
    );
  }
  process.exitCode = 1;
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
  process.stderr.write(`"${name}" is not a command; known are ${Object.keys(commands).join(", ")}\n`);
  process.exitCode = 2;
}
