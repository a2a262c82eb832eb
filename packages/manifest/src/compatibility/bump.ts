import {
  compareVersions,
  isVersion,
  majorOf,
  newestFirst,
  type Version,
} from "@mojaloop-versioning/protocol";
import { apiTitle } from "../manifest/api-name.ts";
import { helmVersion, preferred, type Manifest } from "../manifest/manifest.ts";
import { RULES, type RuleId } from "../rules/rule.ts";
import { compareTags } from "../tags/tag.ts";
import { formatTable, type TableFormat } from "../text/text-table.ts";

/** How much of a Mojaloop version x.y.z a step moves. */
export type BumpLevel = "major" | "minor" | "hotfix" | "none";

/** One part of the bundle, before and after. */
export interface BumpRow {
  /** `"FSPIOP API"`, `"Helm"`, `"DB Schema"`, `"Internal Messaging"`. */
  readonly part: string;
  readonly from?: string;
  readonly to?: string;
  readonly level: BumpLevel;
  readonly rule: RuleId;
  readonly reason: string;
}

/** What the step from one manifest to another does to the Mojaloop version. */
export interface Bump {
  /** The Mojaloop version before, or its Helm version or id if it bears none. */
  readonly from: string;
  /** The version after: as the second manifest says, else counted from the first one; absent when neither has one. */
  readonly to?: string;
  readonly level: BumpLevel;
  readonly rows: readonly BumpRow[];
  /** Whether the second manifest's own version is the one that the rules give. Absent if it bears none. */
  readonly agrees?: boolean;
}

const RANK: Readonly<Record<BumpLevel, number>> = { none: 0, hotfix: 1, minor: 2, major: 3 };

/** What Mojaloop version the second manifest must bear, seen from the first, with a reason for each part that moved. */
export function bump(before: Manifest, after: Manifest): Bump {
  const apis = [...new Set([...Object.keys(before.apis), ...Object.keys(after.apis)])];
  const rows = [
    ...apis.map((api) => apiRow(api, versionsOf(before, api), versionsOf(after, api))),
    inner("Helm", "helm-only", helmVersion(before), helmVersion(after)),
    inner(
      "DB Schema",
      "schema-only",
      preferred(before.internal.db.declared),
      preferred(after.internal.db.declared),
    ),
    inner(
      "Internal Messaging",
      "schema-only",
      preferred(before.internal.messaging.declared),
      preferred(after.internal.messaging.declared),
    ),
  ];
  const level = rows.reduce<BumpLevel>(
    (most, row) => (RANK[row.level] > RANK[most] ? row.level : most),
    "none",
  );
  const from = preferred(before.mojaloopVersion);
  const counted = from === undefined ? undefined : next(from, level);
  const said = preferred(after.mojaloopVersion);
  const to = said ?? counted;
  return {
    from: from ?? helmVersion(before) ?? before.id,
    ...(to !== undefined && { to }),
    level,
    rows,
    ...(said !== undefined && counted !== undefined && { agrees: said === counted }),
  };
}

/** The step as the proposal shows it: each part before and after, and why the version moves. */
export function renderBump(step: Bump, format: TableFormat = "text"): string {
  const table = formatTable(
    [
      ["Mojaloop", `v${step.from}`, step.to === undefined ? "" : `v${step.to}`, step.level, ""],
      ["Part", "From", "To", "Step", "Why"],
      ...step.rows.map(({ part, from = "not stated", to = "not stated", level, reason }) => [
        part,
        from,
        to,
        level,
        reason,
      ]),
    ],
    format,
  );
  return step.agrees === false
    ? `${table}\n\nThe rules give another version than the second manifest says.`
    : table;
}

function apiRow(api: string, before: readonly Version[], after: readonly Version[]): BumpRow {
  const title = apiTitle(api);
  const show = (versions: readonly Version[]): string => newestFirst(versions).reverse().join(", ");
  const sides = {
    ...(before.length > 0 && { from: show(before) }),
    ...(after.length > 0 && { to: show(after) }),
  };
  const row = (level: BumpLevel, rule: RuleId): BumpRow => ({
    part: title,
    ...sides,
    level,
    rule,
    reason: RULES[rule].says,
  });
  const [old] = newestFirst(before);
  const [young] = newestFirst(after);
  if (old === undefined || young === undefined) return row("none", "not-stated");
  if (show(before) === show(after)) return row("none", "unchanged");
  if (majorOf(old) !== majorOf(young))
    return row("major", compareVersions(old, young) < 0 ? "api-major" : "api-removed");
  // A release that names several versions takes one away when the old one is gone from its major's newest.
  const majorsGone = before.some((version) => !after.some((other) => majorOf(other) === majorOf(version)));
  if (majorsGone || compareVersions(old, young) > 0) return row("major", "api-removed");
  return compareVersions(old, young) < 0 ? row("minor", "api-minor") : row("minor", "api-added");
}

function inner(part: string, rule: RuleId, from: string | undefined, to: string | undefined): BumpRow {
  const sides = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const make = (level: BumpLevel, id: RuleId): BumpRow => ({
    part,
    ...sides,
    level,
    rule: id,
    reason: RULES[id].says,
  });
  if (from === undefined || to === undefined) return make("none", "not-stated");
  return compareTags(from, to) === 0 ? make("none", "unchanged") : make("hotfix", rule);
}

// The declared versions are the contract; without them, what was observed.
function versionsOf(manifest: Manifest, api: string): readonly Version[] {
  const entry = manifest.apis[api];
  return (entry && (preferred(entry.declared) ?? preferred(entry.observed))) ?? [];
}

function next(version: string, level: BumpLevel): string {
  const [major = "0", minor = "0", hotfix] = version.split(".");
  if (!isVersion(`${major}.${minor}`) || level === "none") return version;
  if (level === "major") return `${BigInt(major) + 1n}.0`;
  if (level === "minor") return `${major}.${BigInt(minor) + 1n}`;
  return `${major}.${minor}.${BigInt(hotfix ?? "0") + 1n}`;
}
