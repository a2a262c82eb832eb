import { VersioningError } from "@mojaloop-versioning/protocol";
import { daysBetween, parseDate } from "../text/calendar-date.ts";
import { helmVersion, type Manifest } from "../manifest/manifest.ts";
import { shippedReleases, withManifests, type Release } from "./release.ts";
import { lineFor, supportWindows, type SupportPolicy, type SupportWindow } from "./support-policy.ts";
import { bareVersion } from "../tags/tag.ts";

/** Whether a release is kept on a day. */
export interface SupportStatus {
  readonly version: string;
  readonly on: string;
  readonly policy: string;
  /** `uncovered`: the policy says nothing of this line. */
  readonly state: "supported" | "ended" | "not-released" | "uncovered";
  readonly window?: SupportWindow;
  /** Days until the end, or since it. */
  readonly daysLeft?: number;
  /** The newest release of the same line on that day. */
  readonly newest?: string;
}

/** A time in which no line is kept, from the day `from` until the day before `to`. */
export interface SupportGap {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** The line whose support ended last, and the one that ends the gap. */
  readonly after: string;
  readonly before: string;
}

/**
 * Whether a version, or the release of a manifest, is kept under a policy on a day.
 * @throws VersioningError `unreadable-input` for an impossible date, `unknown-release` for a version whose day is not known
 */
export function supportStatus(
  version: string | Manifest,
  policy: SupportPolicy,
  on: string,
  known: readonly Release[] = shippedReleases(),
): SupportStatus {
  const releases = typeof version === "string" ? known : withManifests(known, [version]);
  const day = parseDate(on);
  const bare = bareVersion(typeof version === "string" ? version : (helmVersion(version) ?? version.id));
  const release = releases.find((candidate) => candidate.version === bare);
  if (!release) {
    const known = releases.map((candidate) => candidate.version).join(", ");
    throw new VersioningError("unknown-release", `the day of "${bare}" is not known; known are ${known}`);
  }
  const status = { version: bare, on: day, policy: policy.id };
  const line = lineFor(bare, policy);
  const window = supportWindows(releases, policy).find((candidate) => candidate.line === line);
  if (!window) return { ...status, state: "uncovered" };
  if (day < release.date) return { ...status, state: "not-released", window };
  const newest = window.releases.filter(({ date }) => date <= day).at(-1)?.version;
  return {
    ...status,
    state: window.end === undefined || day < window.end ? "supported" : "ended",
    window,
    ...(window.end !== undefined && { daysLeft: daysBetween(day, window.end) }),
    ...(newest !== undefined && { newest }),
  };
}

/** The times in which no line is kept, between the first and the last release. */
export function supportGaps(releases: readonly Release[], policy: SupportPolicy): SupportGap[] {
  const gaps: SupportGap[] = [];
  let last: SupportWindow | undefined;
  for (const window of supportWindows(releases, policy)) {
    if (last && last.end === undefined) break;
    if (last?.end !== undefined && last.end < window.start) {
      gaps.push({
        from: last.end,
        to: window.start,
        days: daysBetween(last.end, window.start),
        after: last.line,
        before: window.line,
      });
    }
    if (!last?.end || window.end === undefined || window.end > last.end) last = window;
  }
  return gaps;
}
