import { VersioningError } from "@mojaloop-versioning/protocol";
import data from "../../data/migration-sets.json" with { type: "json" };
import { EFFECT_KINDS, type Effect } from "./knex-effects.ts";
import { sortNames, type Migration } from "./migration.ts";

interface StoredSet {
  readonly base?: string;
  readonly without?: readonly string[];
  readonly with: readonly string[];
}

const TEXTS: Readonly<Record<string, string>> = data.texts;
const SETS: Readonly<Record<string, StoredSet>> = data.sets;

/** A set of migrations that the package ships, by the service's version that introduced it: `"central-ledger/17.6.0"`. */
export function migrationsOf(set: string): Migration[] {
  return sortNames(entriesOf(set)).map((entry) => {
    const at = entry.indexOf("@");
    if (at < 0) return { name: entry };
    const text = TEXTS[entry];
    if (text === undefined)
      throw new VersioningError("unknown-release", `no text of the migration "${entry}"`);
    return { name: entry.slice(0, at), digest: entry.slice(at + 1), effects: effectsOf(text) };
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

// `add-column transferParticipant participantId required; add-index …`: kind, table, columns, name, and whether a value is needed.
function effectsOf(text: string): Effect[] {
  return text.split("; ").flatMap((statement) => {
    const [kind, table = "-", columns = "-", ...rest] = statement.split(" ");
    const known = EFFECT_KINDS.find((candidate) => candidate === kind);
    if (!known) return [];
    const name = rest.find((word) => word.startsWith("name="))?.slice("name=".length);
    return {
      kind: known,
      ...(table !== "-" && { table }),
      ...(columns !== "-" && { columns: columns.split(",") }),
      ...(name !== undefined && { name }),
      ...(rest.includes("required") && { required: true as const }),
    };
  });
}
