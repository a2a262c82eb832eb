import { VersioningError } from "@mojaloop-versioning/protocol";
import type { Finding } from "./finding.ts";
import { isRecord } from "../schema/json.ts";
import { RULES } from "../rules/rules.ts";

/** A finding that has been looked at and accepted. */
export interface IgnoreEntry {
  /** The id of a rule, or `*`. */
  readonly id: string;
  /** The finding's pointer, an operation (`POST /transfers`) or a resource's path (`/transfers`); `*` stands for any text. */
  readonly path: string;
  /** Why it is accepted. */
  readonly reason: string;
  /** The last day on which it is: `2026-12-31`. */
  readonly expires: string;
}

/** What an ignore list did. */
export interface Ignored {
  readonly kept: readonly Finding[];
  readonly ignored: readonly { readonly finding: Finding; readonly entry: IgnoreEntry }[];
  /** Entries that met nothing: the change is gone, or the entry is wrong. */
  readonly unused: readonly IgnoreEntry[];
  /** Entries past their day, which ignore nothing any more. */
  readonly expired: readonly IgnoreEntry[];
}

/**
 * Checks an ignore list that came from outside.
 * @throws VersioningError `invalid-option`, naming the entry and the member
 */
export function parseIgnoreList(value: unknown): IgnoreEntry[] {
  const list = Array.isArray(value) ? (value as unknown[]) : undefined;
  if (!list) throw new VersioningError("invalid-option", "ignore: must be a list of entries");
  return list.map((entry, i) => {
    const text = (name: string): string => {
      const found = isRecord(entry) ? entry[name] : undefined;
      if (typeof found === "string" && found !== "") return found;
      throw new VersioningError("invalid-option", `ignore[${String(i)}].${name}: must be a text`);
    };
    const [id, path, reason, expires] = [text("id"), text("path"), text("reason"), text("expires")];
    if (id !== "*" && !RULES.has(id)) {
      throw new VersioningError("invalid-option", `ignore[${String(i)}].id: there is no rule "${id}"`);
    }
    if (!/^\d{4}-\d{2}-\d{2}$/.test(expires)) {
      throw new VersioningError(
        "invalid-option",
        `ignore[${String(i)}].expires: must be a day like 2026-12-31`,
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
    .map((entry) => ({ entry, meets: matcherOf(entry) }));
  const used = new Set<IgnoreEntry>();
  const kept: Finding[] = [];
  const ignored: Ignored["ignored"][number][] = [];
  for (const finding of findings) {
    const met = valid.find(({ meets }) => meets(finding));
    if (!met) {
      kept.push(finding);
      continue;
    }
    used.add(met.entry);
    ignored.push({ finding, entry: met.entry });
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
  // An entry for operations speaks for a finding only if it speaks for all of its operations.
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

// Compares piece by piece, so that no pattern can take long.
function wildcard(pattern: string): (text: string) => boolean {
  const pieces = pattern.split("*");
  const [first = "", ...rest] = pieces;
  if (rest.length === 0) return (text) => text === pattern;
  const last = rest.pop() ?? "";
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= text.length - last.length;
  };
}
