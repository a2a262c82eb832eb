import { compareVersions, type Version } from "@mojaloop-versioning/protocol";
import type { Routing } from "./routing.ts";
import type { Sighting } from "./store.ts";

/** Who speaks what: a row for each participant, resource and version that was heard, or configured and never heard. */
export interface VersionsReport {
  /** The version of the hub, and of each of its resources. */
  readonly hub: { readonly version: Version; readonly resources: Readonly<Record<string, Version>> };
  readonly participants: readonly VersionsRow[];
}

/** One participant's use of one version of one resource. */
export interface VersionsRow {
  readonly participant: string;
  readonly resource: string;
  readonly version: Version;
  /** Whether the configuration says so; otherwise it was heard. */
  readonly configured: boolean;
  /** ISO 8601; null where it was never heard. */
  readonly lastSeen: string | null;
  readonly messages: number;
  /** Whether the hub's version of the resource is newer. */
  readonly behind: boolean;
}

/** Answers the question before a version is dropped: who still speaks it, and when last. */
export function reportVersions(routing: Routing, sightings: readonly Sighting[]): VersionsReport {
  const { version, resources } = routing.hub.api;
  const rows = new Map<string, VersionsRow>();
  const put = (row: Omit<VersionsRow, "behind">): void => {
    const newest = resources[row.resource];
    const behind = newest !== undefined && compareVersions(row.version, newest) < 0;
    rows.set(`${row.participant} ${row.resource} ${row.version}`, { ...row, behind });
  };
  for (const { fspId, configured } of routing.participants.values()) {
    for (const [resource, spoken] of Object.entries(configured ?? {})) {
      put({ participant: fspId, resource, version: spoken, configured: true, lastSeen: null, messages: 0 });
    }
  }
  for (const { participant, resource, version: spoken, lastSeen, messages } of sightings) {
    const configured = routing.participants.get(participant)?.configured?.[resource] === spoken;
    put({
      participant,
      resource,
      version: spoken,
      configured,
      lastSeen: new Date(lastSeen).toISOString(),
      messages,
    });
  }
  return { hub: { version, resources }, participants: [...rows.values()].sort(byName) };
}

function byName(a: VersionsRow, b: VersionsRow): number {
  return (
    a.participant.localeCompare(b.participant) ||
    a.resource.localeCompare(b.resource) ||
    compareVersions(a.version, b.version)
  );
}
