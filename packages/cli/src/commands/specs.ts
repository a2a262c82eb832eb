import { readCatalogue, type CatalogueEntry } from "../catalogue.ts";
import { jsonOption, print, type AddCommands } from "../context.ts";
import { addSpecsChangelog } from "./specs-changelog.ts";
import { addSpecsDiff } from "./specs-diff.ts";

/** `specs list`, `specs diff` and `specs changelog`. */
export const addSpecs: AddCommands = (command, context) => {
  command
    .command("list")
    .description("the API versions that ship with this command, with their sources and corrections")
    .addOption(jsonOption())
    .action(({ json }: { json?: boolean }) => {
      const entries = readCatalogue();
      print(context, json, entries, () => entries.map(describe).join("\n"));
    });
  addSpecsDiff(command, context);
  addSpecsChangelog(command, context);
};

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
