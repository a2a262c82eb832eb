import { compareVersions, type Version } from "@mojaloop-versioning/protocol";
import type { Routing } from "../message/routing.ts";
import { TREND_HOURS, type Sighting } from "../conversations/store.ts";

/** Who speaks what: a row for each participant, resource and version that was heard, or configured and never heard. */
export interface VersionsReport {
  /** ISO 8601 time of the report. */
  readonly at: string;
  /** The version of the hub, and of each of its resources. */
  readonly hub: { readonly version: Version; readonly resources: Readonly<Record<string, Version>> };
  /** The version that `behind` and `share` are held against; the hub's unless asked otherwise. */
  readonly below: Version;
  /** Messages of the last 24 hours, and how many of them were in an older version. */
  readonly share: { readonly messages: number; readonly behind: number };
  /** How many participants there are. */
  readonly known: number;
  /** Those that would be cut off if everything below that version were dropped; the one heard last comes first. */
  readonly still: readonly StillBehind[];
  readonly participants: readonly VersionsRow[];
}

/** A participant that has not moved on from an older version. */
export interface StillBehind {
  readonly participant: string;
  /** What it was heard in, or all that it is configured for where it was never heard in any. */
  readonly resources: readonly { readonly resource: string; readonly version: Version }[];
  /** ISO 8601; null where it is configured so and was never heard. */
  readonly lastSeen: string | null;
}

/** One participant's use of one version of one resource. */
export interface VersionsRow {
  readonly participant: string;
  readonly resource: string;
  readonly version: Version;
  /** Whether the configuration says so; otherwise it was heard only. */
  readonly configured: boolean;
  /** ISO 8601; null where it was never heard. */
  readonly lastSeen: string | null;
  readonly messages: number;
  /** Messages in each of the last 24 hours, this one last. */
  readonly hours: readonly number[];
  /** Whether it is older than what it is held against. */
  readonly behind: boolean;
}

/** Answers the question before a version is dropped: who still speaks it, and when last. */
export function reportVersions(
  routing: Routing,
  sightings: readonly Sighting[],
  { now, below }: { readonly now: number; readonly below: Version | undefined },
): VersionsReport {
  const { version, resources } = routing.hub.api;
  const measure = below ?? version;
  const rows = new Map<string, VersionsRow>();
  const put = (row: Omit<VersionsRow, "behind">): void => {
    // A resource may never have come so far: in FSPIOP 2.0 authorizations is still 1.0 (API Definition 3.3, Table 6).
    const newest = resources[row.resource] ?? measure;
    const bar = compareVersions(newest, measure) < 0 ? newest : measure;
    const behind = compareVersions(row.version, bar) < 0;
    rows.set(`${row.participant} ${row.resource} ${row.version}`, { ...row, behind });
  };
  for (const { fspId: participant, configured } of routing.participants.values()) {
    for (const [resource, spoken] of Object.entries(configured ?? {})) {
      const hours = new Array<number>(TREND_HOURS).fill(0);
      put({ participant, resource, version: spoken, configured: true, lastSeen: null, messages: 0, hours });
    }
  }
  for (const { lastSeen, ...heard } of sightings) {
    const configured =
      routing.participants.get(heard.participant)?.configured?.[heard.resource] === heard.version;
    put({ ...heard, configured, lastSeen: new Date(lastSeen).toISOString() });
  }
  const participants = [...rows.values()].sort(byName);
  const names = new Set([...routing.participants.keys(), ...participants.map((row) => row.participant)]);
  return {
    at: new Date(now).toISOString(),
    hub: { version, resources },
    below: measure,
    share: { messages: today(participants), behind: today(participants.filter(({ behind }) => behind)) },
    known: names.size,
    still: Array.from(names, (name) =>
      stillBehind(
        name,
        participants.filter(({ participant }) => participant === name),
      ),
    )
      .filter((each) => each !== undefined)
      .sort((a, b) => (b.lastSeen ?? "").localeCompare(a.lastSeen ?? "")),
    participants,
  };
}

function stillBehind(participant: string, rows: readonly VersionsRow[]): StillBehind | undefined {
  const behind = rows.filter((row) => row.behind && !movedOn(row, rows));
  const heard = behind.filter(({ lastSeen }) => lastSeen !== null);
  const times = heard.map(({ lastSeen }) => lastSeen ?? "").sort();
  const resources = (heard.length > 0 ? heard : behind).map(({ resource, version }) => ({
    resource,
    version,
  }));
  return behind.length === 0 ? undefined : { participant, resources, lastSeen: times.at(-1) ?? null };
}

/** Whether a day has gone without a message in this version, and a later one of its resource was newer. */
function movedOn(row: VersionsRow, rows: readonly VersionsRow[]): boolean {
  if (row.configured || today([row]) > 0) return false;
  return rows.some(
    ({ resource, version, lastSeen }) =>
      resource === row.resource &&
      compareVersions(version, row.version) > 0 &&
      (lastSeen ?? "") > (row.lastSeen ?? ""),
  );
}

function today(rows: readonly VersionsRow[]): number {
  return rows.reduce((sum, { hours }) => sum + hours.reduce((a, b) => a + b, 0), 0);
}

function byName(a: VersionsRow, b: VersionsRow): number {
  return (
    a.participant.localeCompare(b.participant) ||
    a.resource.localeCompare(b.resource) ||
    compareVersions(a.version, b.version)
  );
}
