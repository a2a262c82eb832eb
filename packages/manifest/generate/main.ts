import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatEffects } from "../src/migrations/effect-text.ts";
import { sortNames } from "../src/migrations/migration.ts";
import { readMigration } from "../src/migration-files/read-migrations.ts";
import { compareTags, parseTag } from "../src/tags/tag.ts";

// Writes data/migration-sets.json from clones of the service repositories: `npm run collect -- FOLDER`, where FOLDER/central-ledger is a
// clone of mojaloop/central-ledger with its tags. It runs by hand, when a service has a new release; the result is committed.

const SERVICES = [
  "central-ledger",
  "account-lookup-service",
  "auth-service",
  "als-consent-oracle",
  "als-msisdn-oracle-svc",
];

interface StoredSet {
  readonly base?: string;
  readonly without?: readonly string[];
  readonly with: readonly string[];
}

const texts: Record<string, string> = {};
const sets: Record<string, StoredSet> = {};
const versions: Record<string, Record<string, string>> = {};
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: npm run collect -- FOLDER-WITH-CLONES");

for (const service of SERVICES) {
  const clone = join(folder, service);
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", clone, ...args], { encoding: "utf8", maxBuffer: 64 << 20 });
  const entries = new Map<string, string>();
  // Sets in the order in which they appeared, with the names in them.
  const known: { readonly version: string; readonly members: readonly string[] }[] = [];
  const tags = git("tag")
    .split("\n")
    .filter((tag) => parseTag(tag)?.kind === "release" && tag.split(".").length === 3)
    .sort(compareTags);
  for (const tag of tags) {
    const version = tag.replace(/^v/, "");
    const members = sortNames(
      git("ls-tree", tag, "migrations/")
        .split("\n")
        .flatMap((line) => {
          const [, oid = "", name = ""] = /^\d+ blob (\w+)\tmigrations\/(.+\.[jt]s)$/.exec(line) ?? [];
          if (name === "") return [];
          const key = `${oid} ${name}`;
          const entry = entries.get(key) ?? entryOf(name, git("cat-file", "blob", oid));
          entries.set(key, entry);
          return [entry];
        }),
    );
    if (members.length === 0) continue;
    const same = known.find((set) => set.members.join() === members.join());
    (versions[service] ??= {})[version] = same?.version ?? version;
    if (same) continue;
    sets[`${service}/${version}`] = deltaOf(service, known, members);
    known.push({ version, members });
  }
}

function entryOf(name: string, text: string): string {
  const { digest = "", effects = [] } = readMigration(name, text);
  const entry = `${name}@${digest}`;
  texts[entry] = formatEffects(effects);
  return entry;
}

// The difference from the known set that is nearest.
function deltaOf(
  service: string,
  known: readonly { readonly version: string; readonly members: readonly string[] }[],
  members: readonly string[],
): StoredSet {
  const deltas = known.map(({ version, members: base }) => ({
    base: `${service}/${version}`,
    without: base.filter((entry) => !members.includes(entry)),
    with: members.filter((entry) => !base.includes(entry)),
  }));
  const sizeOf = (set: StoredSet): number => (set.without?.length ?? 0) + set.with.length;
  return deltas.reduce<StoredSet>((best, delta) => (sizeOf(delta) < sizeOf(best) ? delta : best), {
    with: members,
  });
}

const sorted = Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(
  new URL("../data/migration-sets.json", import.meta.url),
  JSON.stringify({ texts: sorted, sets, versions }),
);
