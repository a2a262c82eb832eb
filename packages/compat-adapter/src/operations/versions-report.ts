import { compareVersions, type Version } from "@mojaloop-versioning/protocol";
import {
  COUNTED_DAYS,
  COUNTED_HOURS,
  type CountedUses,
  type VersionUse,
} from "../conversations/version-use.ts";
import type { Routing } from "../message/routing.ts";

/** Periods that a {@link VersionsReport} can cover, in days. */
export const REPORT_DAYS = [1, 30, 90] as const;
/** A period of {@link REPORT_DAYS}. */
export type ReportDays = (typeof REPORT_DAYS)[number];

/** Which participants use which versions, and what happens if everything below a version is dropped. */
export interface VersionsReport {
  /** ISO 8601 time of the report. */
  readonly at: string;
  /** The version of the hub, and of each of its resources. */
  readonly hub: { readonly version: Version; readonly resources: Readonly<Record<string, Version>> };
  /** The version that uses are compared with; the hub's unless another is asked for. */
  readonly below: Version;
  /** The days before `at` that the report covers; 90 unless another period is asked for. */
  readonly days: ReportDays;
  /** ISO 8601 time since which messages are counted; a report cannot cover what was before. */
  readonly countedSince: string;
  /** `blocks`: some participant is affected. `unknown`: none is, as far as is known. `ok`: none is, over the whole period. */
  readonly verdict: "ok" | "blocks" | "unknown";
  /** Messages in the period, and how many of them had or accepted an older version. */
  readonly share: { readonly messages: number; readonly behind: number };
  /** How many participants there are. */
  readonly known: number;
  /** Participants that could not go on if everything below that version were dropped; the last active first. */
  readonly affected: readonly AffectedParticipant[];
  /** Participants without a configured version that sent nothing in the period. */
  readonly unknown: readonly string[];
  readonly participants: readonly VersionsRow[];
}

/** A participant that uses a version below the one in question. */
export interface AffectedParticipant {
  readonly participant: string;
  readonly resources: readonly AffectedResource[];
  /** ISO 8601; null for a participant that sent no such message in the period, but is configured for such a version. */
  readonly lastSeen: string | null;
}

/** What breaks in one resource. */
export interface AffectedResource extends Pick<VersionsRow, "resource" | "version" | "accept"> {
  /** `requests`: its messages would be refused. `callbacks`: it accepts no newer ones. */
  readonly breaks: readonly ("requests" | "callbacks")[];
}

/** One participant's use of one pair of versions of one resource. */
export interface VersionsRow {
  readonly participant: string;
  readonly resource: string;
  /** The version of its messages (Content-Type), or the configured one. */
  readonly version: Version;
  /** The newest version that it accepts in callbacks; `null` if its messages have no Accept. */
  readonly accept: Version | null;
  /** Whether the configuration has this version. */
  readonly configured: boolean;
  /** ISO 8601; null if no such message was received. */
  readonly lastSeen: string | null;
  readonly messages: number;
  /** Messages in the period of the report. */
  readonly inPeriod: number;
  /** Messages in each of the last 24 hours, the current one last. */
  readonly hours: readonly number[];
  /** Whether the version, or the newest accepted one, is older than the one in question. */
  readonly behind: boolean;
}

/** What a report is asked for. */
export interface VersionsQuestion {
  readonly below?: Version | undefined;
  readonly days?: ReportDays | undefined;
}

/** Reports which participants still use versions below one, before that one is the oldest. `now` is in milliseconds since 1970. */
export function reportVersions(
  routing: Routing,
  { since, uses }: CountedUses,
  { below, days = COUNTED_DAYS }: VersionsQuestion,
  now: number,
): VersionsReport {
  const { version, resources } = routing.hub.api;
  const measure = below ?? version;
  const rows = new Map<string, VersionsRow>();
  for (const { fspId: participant, configured } of routing.participants.values()) {
    for (const [resource, version] of Object.entries(configured ?? {})) {
      const hours = new Array<number>(COUNTED_HOURS).fill(0);
      const counts = { lastSeen: null, messages: 0, inPeriod: 0, hours };
      const behind = isOlder(version, resource);
      rows.set(`${participant} ${resource} ${version}`, {
        ...{ participant, resource, version, accept: null, configured: true, behind },
        ...counts,
      });
    }
  }
  for (const use of uses) {
    const { participant, resource, content, accept, lastSeen, messages, hours } = use;
    const configured = routing.participants.get(participant)?.configured?.[resource] === content;
    if (configured) rows.delete(`${participant} ${resource} ${content}`);
    rows.set(`${participant} ${resource} ${content} ${accept ?? ""}`, {
      ...{ participant, resource, version: content, accept, configured, messages, hours },
      lastSeen: new Date(lastSeen).toISOString(),
      inPeriod: countIn(use, days),
      behind: isOlder(content, resource) || (accept !== null && isOlder(accept, resource)),
    });
  }

  // A resource may not exist at the version in question: authorizations is still 1.0 in FSPIOP 2.0 (API Definition 3.3, Table 6).
  function isOlder(version: Version, resource: string): boolean {
    const newest = resources[resource] ?? measure;
    return compareVersions(version, compareVersions(newest, measure) < 0 ? newest : measure) < 0;
  }
  function affectedOf(participant: string): AffectedParticipant | undefined {
    const affected = participants.filter(
      (row) => row.participant === participant && row.behind && (row.configured || row.inPeriod > 0),
    );
    const heard = affected.filter(({ inPeriod }) => inPeriod > 0);
    const counted = heard.length > 0 ? heard : affected;
    if (counted.length === 0) return undefined;
    const lastSeen =
      heard
        .map((row) => row.lastSeen ?? "")
        .sort()
        .at(-1) ?? null;
    const broken = counted.map((row) => ({
      ...{ resource: row.resource, version: row.version, accept: row.accept },
      breaks: [
        ...(isOlder(row.version, row.resource) ? (["requests"] as const) : []),
        ...(isOlder(row.accept ?? row.version, row.resource) ? (["callbacks"] as const) : []),
      ],
    }));
    return { participant, resources: broken, lastSeen };
  }

  const participants = [...rows.values()].sort(byName);
  const names = new Set([...routing.participants.keys(), ...participants.map((row) => row.participant)]);
  const affected = Array.from(names, affectedOf)
    .filter((each) => each !== undefined)
    .sort((a, b) => (b.lastSeen ?? "").localeCompare(a.lastSeen ?? ""));
  const unknown = Array.from(names).filter((name) => {
    const own = participants.filter((row) => row.participant === name);
    return !own.some((row) => row.configured || row.inPeriod > 0);
  });
  const complete = unknown.length === 0 && since <= now - days * DAY_MS;
  return {
    at: new Date(now).toISOString(),
    hub: { version, resources },
    below: measure,
    days,
    countedSince: new Date(since).toISOString(),
    verdict: affected.length > 0 ? "blocks" : complete ? "ok" : "unknown",
    share: {
      messages: sum(participants.map((row) => row.inPeriod)),
      behind: sum(participants.filter((row) => row.behind).map((row) => row.inPeriod)),
    },
    known: names.size,
    affected,
    unknown,
    participants,
  };
}

const DAY_MS = 86_400_000;

// One day is the last 24 hours; more are days of UTC, the current one included.
function countIn({ hours, days }: VersionUse, period: ReportDays): number {
  return period === 1 ? sum(hours) : sum(days.slice(-period));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((a, b) => a + b, 0);
}

function byName(a: VersionsRow, b: VersionsRow): number {
  return (
    a.participant.localeCompare(b.participant) ||
    a.resource.localeCompare(b.resource) ||
    compareVersions(a.version, b.version) ||
    (a.accept ?? "").localeCompare(b.accept ?? "")
  );
}
