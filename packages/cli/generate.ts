import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readCatalog, readText } from "../../tools/specs/catalog.ts";
import { loadDocument } from "../../tools/specs/load.ts";
import { actionsOf } from "../../tools/specs/overlay.ts";
import { parseYaml } from "../../tools/specs/document.ts";
import { runCommand } from "../../tools/specs/spec-error.ts";

// The catalogue for users outside of this repository: each document with its corrections applied, as JSON, which loads at once.
const root = resolve(import.meta.dirname, "../..");
const data = join(import.meta.dirname, "data");

await runCommand(async () => {
  const catalog = readCatalog(root);
  await rm(data, { recursive: true, force: true });
  const entries = [];
  for (const entry of catalog.versions) {
    const document = await loadDocument(root, catalog, entry);
    const file = join(data, `${entry.id}.json`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(document));
    const { id, title, version, dialect, resources, source, base } = entry;
    const corrections = entry.overlays.flatMap((name) => {
      const overlay = `specs/${name}`;
      return actionsOf(parseYaml(readText(root, overlay), overlay), overlay);
    });
    const origin = source ? `${source.carrier ?? "dropped in"} ${source.path}` : `overlay of ${base ?? ""}`;
    entries.push({ id, title, version, dialect, resources, origin, corrections });
  }
  await writeFile(join(data, "catalog.json"), JSON.stringify(entries));
  process.stdout.write(`packages/cli/data: ${String(entries.length)} documents\n`);
});
