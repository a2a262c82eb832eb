import { VersioningError } from "@mojaloop-versioning/protocol";
import data from "../../data/migration-sets.json" with { type: "json" };
import { parseEffects } from "./effect-text.ts";
import { sortNames, type Migration } from "./migration.ts";

interface StoredSet {
  readonly base?: string;
  readonly without?: readonly string[];
  readonly with: readonly string[];
}

const TEXTS: Readonly<Record<string, string>> = data.texts;
const SETS: Readonly<Record<string, StoredSet>> = data.sets;
const VERSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = data.versions;

/** The services and versions of which the package ships the migrations: `{ "central-ledger": ["5.2.0", …] }`. */
export function servicesWithMigrations(): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(VERSIONS).map(([service, versions]) => [service, Object.keys(versions)]),
  );
}

/** The migrations of a service at a version (`"10.0.1"`), or `undefined` where the package does not know them. */
export function migrationsAt(service: string, version: string): Migration[] | undefined {
  const set = Object.hasOwn(VERSIONS, service) ? VERSIONS[service]?.[version] : undefined;
  return set === undefined ? undefined : migrationsOf(`${service}/${set}`);
}

/**
 * A set of migrations that the package ships, by the service and the version that introduced it: `"central-ledger/17.6.0"`.
 * @throws VersioningError `unknown-release` for a set that does not exist
 */
export function migrationsOf(set: string): Migration[] {
  return sortNames(entriesOf(set)).map((entry) => {
    const at = entry.indexOf("@");
    const text = TEXTS[entry];
    if (text === undefined)
      throw new VersioningError("unknown-release", `no text of the migration "${entry}"`);
    return { name: entry.slice(0, at), digest: entry.slice(at + 1), effects: parseEffects(text) };
  });
}

function entriesOf(name: string): string[] {
  const set = SETS[name];
  if (!set) {
    const known = Object.keys(SETS).join(", ");
    throw new VersioningError("unknown-release", `no set of migrations "${name}"; known are ${known}`);
  }
  const without = new Set(set.without);
  const inherited = set.base === undefined ? [] : entriesOf(set.base).filter((entry) => !without.has(entry));
  return [...inherited, ...set.with];
}
