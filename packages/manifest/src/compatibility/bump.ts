import {
  compareVersions,
  isVersion,
  majorOf,
  newestFirst,
  type Version,
} from "@mojaloop-versioning/protocol";
import { apiTitle } from "../manifest/api-name.ts";
import { helmVersion, preferred, type Manifest, type ManifestApi } from "../manifest/manifest.ts";
import { RULES, type RuleId } from "../rules/rule.ts";
import { compareTags } from "../tags/tag.ts";
import { formatTable, type TableFormat } from "../text/text-table.ts";

/** How much of a Mojaloop version x.y.z a step moves; `unknown` where a missing fact decides. */
export type BumpLevel = "major" | "minor" | "hotfix" | "none" | "unknown";

/** One part of the bundle, before and after. */
export interface BumpRow {
  /** `"FSPIOP API"`, `"Helm"`, `"DB Schema"`, `"Internal Messaging"`. */
  readonly part: string;
  readonly from?: string;
  readonly to?: string;
  readonly level: BumpLevel;
  readonly rule: RuleId;
  readonly reason: string;
  /** Whether the level follows from what services accept, because the declared versions give a lower one. */
  readonly observed?: true;
}

/** What the step from one manifest to another does to the Mojaloop version. */
export interface Bump {
  /** The Mojaloop version before, or its Helm version or id if it has none. */
  readonly from: string;
  /** The version after: as the second manifest states, else counted from the first one; absent when neither has one. */
  readonly to?: string;
  readonly level: BumpLevel;
  /** For `unknown`: the least level that the known parts give. */
  readonly atLeast?: BumpLevel;
  readonly rows: readonly BumpRow[];
  /** Whether the second manifest's own version is the one that the rules give. Absent if it has none, or the level is not known. */
  readonly agrees?: boolean;
}

const RANK: Readonly<Record<BumpLevel, number>> = { none: 0, unknown: 0, hotfix: 1, minor: 2, major: 3 };
// The APIs of a Mojaloop version (Mojaloop versioning proposal, A Mojaloop Version).
const BUNDLE = ["fspiop", "settlement", "admin"];

/** The Mojaloop version that the second manifest needs, counted from the first, with a reason for each part that moves. */
export function bump(before: Manifest, after: Manifest): Bump {
  const apis = [...new Set([...BUNDLE, ...Object.keys(before.apis), ...Object.keys(after.apis)])];
  const apiRows = apis.map((api) => apiRow(api, before.apis[api], after.apis[api]));
  const innerRows = [
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
  const rows = [...apiRows, ...innerRows];
  const known = rows.reduce<BumpLevel>(
    (most, row) => (RANK[row.level] > RANK[most] ? row.level : most),
    "none",
  );
  // An unknown API may be a major; an unknown inner part is a hotfix at most.
  const open =
    (known !== "major" && apiRows.some(({ level }) => level === "unknown")) ||
    (known === "none" && innerRows.some(({ level }) => level === "unknown"));
  const level = open ? "unknown" : known;
  const from = preferred(before.mojaloopVersion);
  const counted = from === undefined || open ? undefined : next(from, level);
  const stated = preferred(after.mojaloopVersion);
  const to = stated ?? counted;
  return {
    from: from ?? helmVersion(before) ?? before.id,
    ...(to !== undefined && { to }),
    level,
    ...(open && { atLeast: known }),
    rows,
    ...(stated !== undefined && counted !== undefined && { agrees: stated === counted }),
  };
}

/** The step as the proposal shows it: each part before and after, and why the version moves. */
export function renderBump(step: Bump, format: TableFormat = "text"): string {
  const table = formatTable(
    [
      ["Mojaloop", `v${step.from}`, step.to === undefined ? "" : `v${step.to}`, levelText(step), ""],
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
  const missing = step.rows.filter(({ level }) => level === "unknown").map(({ part }) => part);
  const notes = [
    ...(step.level === "unknown"
      ? [
          `Not known: ${missing.join(", ")}. State the versions in both manifests (manifest extract --release-note).`,
        ]
      : []),
    ...(step.agrees === false ? ["The rules give another version than the second manifest states."] : []),
  ];
  return [table, ...notes].join("\n\n");
}

function levelText({ level, atLeast }: Bump): string {
  return level === "unknown" && atLeast !== undefined && atLeast !== "none"
    ? `unknown, at least ${atLeast}`
    : level;
}

function apiRow(api: string, before: ManifestApi | undefined, after: ManifestApi | undefined): BumpRow {
  const declared = versionRow(api, before && preferred(before.declared), after && preferred(after.declared));
  const observed = versionRow(api, before && preferred(before.observed), after && preferred(after.observed));
  // What a release accepts is its contract even where its note names an older version.
  if (RANK[observed.level] > RANK[declared.level])
    return { ...observed, part: `${observed.part} (observed)`, observed: true };
  return declared.level === "unknown" && observed.level !== "unknown" ? observed : declared;
}

function versionRow(
  api: string,
  before: readonly Version[] | undefined,
  after: readonly Version[] | undefined,
): BumpRow {
  const show = (versions: readonly Version[]): string => newestFirst(versions).reverse().join(", ");
  const sides = { ...(before && { from: show(before) }), ...(after && { to: show(after) }) };
  const row = (level: BumpLevel, rule: RuleId): BumpRow => ({
    part: apiTitle(api),
    ...sides,
    level,
    rule,
    reason: RULES[rule].text,
  });
  const [older] = newestFirst(before ?? []);
  const [newer] = newestFirst(after ?? []);
  if (!before || !after || older === undefined || newer === undefined) return row("unknown", "not-stated");
  if (show(before) === show(after)) return row("none", "unchanged");
  if (majorOf(older) !== majorOf(newer))
    return row("major", compareVersions(older, newer) < 0 ? "api-major" : "api-removed");
  // A release that names several versions removes one when its major is no longer among them.
  const removed = before.some((version) => !after.some((other) => majorOf(other) === majorOf(version)));
  if (removed || compareVersions(older, newer) > 0) return row("major", "api-removed");
  return compareVersions(older, newer) < 0 ? row("minor", "api-minor") : row("minor", "api-added");
}

function inner(part: string, rule: RuleId, from: string | undefined, to: string | undefined): BumpRow {
  const sides = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const make = (level: BumpLevel, id: RuleId): BumpRow => ({
    part,
    ...sides,
    level,
    rule: id,
    reason: RULES[id].text,
  });
  if (from === undefined || to === undefined) return make("unknown", "not-stated");
  return compareTags(from, to) === 0 ? make("none", "unchanged") : make("hotfix", rule);
}

function next(version: string, level: BumpLevel): string {
  const [major = "0", minor = "0", hotfix] = version.split(".");
  if (!isVersion(`${major}.${minor}`) || level === "none" || level === "unknown") return version;
  if (level === "major") return `${BigInt(major) + 1n}.0`;
  if (level === "minor") return `${major}.${BigInt(minor) + 1n}`;
  return `${major}.${minor}.${BigInt(hotfix ?? "0") + 1n}`;
}
