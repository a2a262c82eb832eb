import { VersioningError } from "@mojaloop-versioning/protocol";
import type { Finding } from "./finding.ts";
import { isRecord } from "../schema/json.ts";
import { RULES } from "../rules/rules.ts";
import { wildcard } from "./wildcard.ts";

/** A finding that was reviewed and accepted. It lowers the level of the result, never the verdicts and the version. */
export interface IgnoreEntry {
  /** The id of a rule, or `*`. */
  readonly id: string;
  /** The finding's pointer, an operation (`POST /transfers`) or a resource's path (`/transfers`); `*` stands for any text. */
  readonly path: string;
  /** Why it is accepted. */
  readonly reason: string;
  /** The last day on which it is accepted: `2026-12-31`. */
  readonly expires: string;
}

/** The outcome of an ignore list. */
export interface Ignored {
  readonly kept: readonly Finding[];
  readonly ignored: readonly { readonly finding: Finding; readonly entry: IgnoreEntry }[];
  /** Entries that matched nothing: the change was undone, or the entry is wrong. */
  readonly unused: readonly IgnoreEntry[];
  /** Entries past their day, which no longer apply. */
  readonly expired: readonly IgnoreEntry[];
}

/**
 * Checks an ignore list that comes from outside.
 * @throws VersioningError `invalid-option`, naming the entry and the member
 */
export function parseIgnoreList(value: unknown): IgnoreEntry[] {
  const list = Array.isArray(value) ? (value as unknown[]) : undefined;
  if (!list) throw new VersioningError("invalid-option", "ignore: must be a list of entries");
  return list.map((entry, i) => {
    const text = (name: string): string => {
      const found = isRecord(entry) ? entry[name] : undefined;
      if (typeof found === "string" && found !== "") return found;
      throw new VersioningError("invalid-option", `ignore[${String(i)}].${name}: must be a non-empty text`);
    };
    const [id, path, reason, expires] = [text("id"), text("path"), text("reason"), text("expires")];
    if (id !== "*" && !RULES.has(id)) {
      throw new VersioningError("invalid-option", `ignore[${String(i)}].id: there is no rule "${id}"`);
    }
    if (!/^\d{4}-\d{2}-\d{2}$/.test(expires)) {
      throw new VersioningError(
        "invalid-option",
        `ignore[${String(i)}].expires: must be a date like 2026-12-31`,
      );
    }
    return { id, path, reason, expires };
  });
}

/** Sorts findings by an ignore list as it stands on a day. */
export function applyIgnoreList(
  findings: readonly Finding[],
  entries: readonly IgnoreEntry[],
  today: string,
): Ignored {
  const expired = entries.filter(({ expires }) => expires < today);
  const valid = entries
    .filter(({ expires }) => expires >= today)
    .map((entry) => ({ entry, matches: matcherOf(entry) }));
  const used = new Set<IgnoreEntry>();
  const kept: Finding[] = [];
  const ignored: Ignored["ignored"][number][] = [];
  for (const finding of findings) {
    const match = valid.find(({ matches }) => matches(finding));
    if (!match) {
      kept.push(finding);
      continue;
    }
    used.add(match.entry);
    ignored.push({ finding, entry: match.entry });
  }
  return {
    kept,
    ignored,
    unused: valid.map(({ entry }) => entry).filter((entry) => !used.has(entry)),
    expired,
  };
}

function matcherOf({ id, path }: IgnoreEntry): (finding: Finding) => boolean {
  const fits = wildcard(path);
  // An entry for operations applies to a finding only if it covers all its operations.
  return (finding) =>
    (id === "*" || id === finding.id) &&
    (fits(finding.pointer) ||
      (finding.operations.length > 0 &&
        finding.operations.every((name) => fits(name) || fits(resourcePath(name)))));
}

function resourcePath(operation: string): string {
  const path = operation.slice(operation.indexOf(" ") + 1);
  return `/${path.split("/")[1] ?? ""}`;
}
