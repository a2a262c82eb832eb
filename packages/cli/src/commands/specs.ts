import { Command } from "commander";
import { readCatalogue, type CatalogueEntry } from "../catalogue.ts";
import { json, type Context } from "../terminal.ts";
import { specsDiffCommand } from "./specs-diff.ts";

/** `mojaver specs`: the API versions known, and what changes between two of them. */
export function specsCommand(context: Context): Command {
  const list = new Command("list")
    .description("the API versions that ship with this command, with their sources and corrections")
    .option("--json", "as JSON")
    .action(({ json: asJson }: { json?: true }) => {
      const entries = readCatalogue();
      context.terminal.out(asJson ? json(entries) : entries.map(describe).join("\n"));
    });
  return new Command("specs")
    .description("API documents: which there are, and what changes between two")
    .addCommand(list)
    .addCommand(specsDiffCommand(context));
}

function describe({ id, title, origin, resources, corrections }: CatalogueEntry): string {
  const byVersion = new Map<string, string[]>();
  for (const [resource, version] of Object.entries(resources.versions)) {
    byVersion.set(version, [...(byVersion.get(version) ?? []), resource]);
  }
  return [
    `${id}  ${title}`,
    `  from  ${origin}`,
    ...[...byVersion].map(([version, names]) => `  ${version.padEnd(4)}  ${names.join(", ")}`),
    ...corrections.map(({ target, description }) => `  fix   ${target}: ${description}`),
    "",
  ].join("\n");
}
