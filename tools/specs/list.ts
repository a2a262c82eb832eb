import { type Catalog, type CatalogEntry, readText, reducedPath } from "./catalog.ts";
import { parseYaml } from "./document.ts";
import { actionsOf } from "./overlay.ts";

/** Every API version with its source, sha256, resource table and corrections, as text for people. */
export function listVersions(root: string, catalog: Catalog): string {
  return catalog.versions.map((entry) => describeEntry(root, entry)).join("\n");
}

function describeEntry(root: string, entry: CatalogEntry): string {
  const { id, title, source, base, resources } = entry;
  const byVersion = groupByVersion(resources.versions);
  const lines = [
    `${id}  ${title}`,
    source === undefined
      ? `  base       ${base ?? ""}`
      : `  source     ${source.carrier ?? "dropped in"} ${source.path}\n  sha256     ${source.sha256}`,
    ...(source === undefined ? [] : [`  reduced    ${reducedPath(id)} ${entry.reduced ?? "not yet"}`]),
    ...[...byVersion].map(([version, names]) => `  ${version.padEnd(10)} ${names.join(", ")}`),
    `             (${resources.section})`,
  ];
  for (const name of entry.overlays) {
    const file = `specs/${name}`;
    lines.push(`  overlay    ${file}`);
    for (const action of actionsOf(parseYaml(readText(root, file), file), file)) {
      lines.push(`             ${action.target}: ${action.description} (${action.source})`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function groupByVersion(versions: Readonly<Record<string, string>>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [resource, version] of Object.entries(versions)) {
    groups.set(version, [...(groups.get(version) ?? []), resource]);
  }
  return groups;
}
