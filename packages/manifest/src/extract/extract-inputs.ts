import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { isRecord } from "../chart/chart-values.ts";
import type { ManifestStore } from "../manifest/manifest.ts";
import { setDigest } from "../migrations/migration.ts";
import { readMigrations } from "../migration-files/read-migrations.ts";
import { readText } from "../text/read-text.ts";
import { readReleaseNote, type ReleaseNote } from "../chart/release-note.ts";
import { readYaml } from "../text/yaml-source.ts";

/** The stores of folders of migrations; adds the sources that it names. */
export function storesOf(
  db: Readonly<Record<string, string>>,
  sources: Record<string, string>,
): Record<string, ManifestStore> {
  return Object.fromEntries(
    Object.entries(db).map(([service, folder]) => {
      const migrations = readMigrations(folder);
      const source = `migrations:${service}`;
      sources[source] = `the folder of migrations given for ${service}`;
      const digest = setDigest(migrations.map(({ name }) => name));
      return [
        service,
        {
          engine: "mysql/knex",
          migrations,
          complete: true,
          setDigest: digest,
          source,
          confidence: "observed" as const,
        },
      ];
    }),
  );
}

/**
 * Reads a release note.
 * @throws VersioningError `unreadable-input` when it cannot be read or holds nothing that is looked for
 */
export function readNote(file: string): ReleaseNote {
  const note = readReleaseNote(readText(file));
  if (Object.keys(note.apis).length + Object.keys(note.services).length > 0) return note;
  throw new VersioningError(
    "unreadable-input",
    `${file}:1: holds neither a table of API versions nor a list of services`,
  );
}

/**
 * The service whose migrations a folder holds, by the `package.json` beside it.
 * @throws VersioningError `unreadable-input` when there is none that says so
 */
export function serviceOfMigrations(folder: string): string {
  const file = join(dirname(folder.replace(/\/+$/, "")), "package.json");
  try {
    const { value } = readYaml(readFileSync(file, "utf8"), file);
    if (isRecord(value) && typeof value["name"] === "string") return value["name"].replace(/^@[^/]+\//, "");
  } catch (cause) {
    throw new VersioningError("unreadable-input", `${folder}: of which service? Write it as NAME=${folder}`, {
      cause,
    });
  }
  throw new VersioningError("unreadable-input", `${file}:1: has no name, so the service is not known`);
}
