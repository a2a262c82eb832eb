import { isVersion, majorOf, type MediaRange, type Version } from "@mojaloop-versioning/protocol";

/** How Accept is judged where the texts are silent. */
export interface AcceptPolicy {
  /** Whether the ranges without a resource match. */
  readonly wildcard: boolean;
  /** Whether equal weights go to the newest version at once, whatever the client's ranges say. */
  readonly serverPrefers: boolean;
}

/** The version agreed on, or why there is none: nothing offered is acceptable, nothing asked for is ours, or a version is no version. */
export type AcceptVerdict = Version | "unacceptable" | "foreign" | "malformed";

// How closely a range fits; the closest that matches a version gives its weight (RFC 9110 12.5.1).
const ANY = 0;
const ANY_APPLICATION = 3;
const THIS_RESOURCE = 6;
const WITH_MAJOR = 1;
const WITH_MINOR = 2;

interface Candidate {
  readonly version: Version;
  closeness: number;
  weight: number;
  position: number;
}

/**
 * Picks the version for the callback (API Definition 3.3.4.1): each version takes the weight of the range that fits it most
 * closely, then weight decides, then closeness, then the order of the ranges, then the higher version.
 */
export function chooseVersion(
  ranges: readonly MediaRange[],
  type: string,
  newestFirst: readonly Version[],
  policy: AcceptPolicy,
): AcceptVerdict {
  const candidates = newestFirst.map((version): Candidate => ({
    version,
    closeness: -1,
    weight: 0,
    position: 0,
  }));
  let ours = false;
  for (let position = 0; position < ranges.length; position++) {
    const range = ranges[position];
    const base = range && closenessOf(range.type, type, policy.wildcard);
    if (!range || base === undefined) continue;
    ours = true;
    if (range.contradictory) return "malformed";
    const { version, weight } = range;
    if (version === undefined) {
      for (const candidate of candidates) weigh(candidate, base, weight, position);
    } else if (isVersion(version)) {
      for (const candidate of candidates) {
        if (candidate.version === version) weigh(candidate, base + WITH_MINOR, weight, position);
      }
    } else if (isVersion(`${version}.0`)) {
      for (const candidate of candidates) {
        if (majorOf(candidate.version) === version) weigh(candidate, base + WITH_MAJOR, weight, position);
      }
    } else {
      return "malformed";
    }
  }
  if (!ours) return "foreign";

  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (candidate.weight > 0 && (!best || beats(candidate, best, policy))) best = candidate;
  }
  return best ? best.version : "unacceptable";
}

function closenessOf(asked: string, type: string, wildcard: boolean): number | undefined {
  if (asked === type) return THIS_RESOURCE;
  if (!wildcard) return undefined;
  return asked === "*/*" ? ANY : asked === "application/*" ? ANY_APPLICATION : undefined;
}

// Of two ranges that fit equally well, as when one stands twice, the weightier counts, and of those the first.
function weigh(candidate: Candidate, closeness: number, weight: number, position: number): void {
  if (closeness < candidate.closeness) return;
  if (closeness === candidate.closeness && weight <= candidate.weight) return;
  candidate.closeness = closeness;
  candidate.weight = weight;
  candidate.position = position;
}

// Candidates come newest first, so that the older of two equals never wins.
function beats(candidate: Candidate, best: Candidate, policy: AcceptPolicy): boolean {
  if (candidate.weight !== best.weight) return candidate.weight > best.weight;
  if (policy.serverPrefers) return false;
  if (candidate.closeness !== best.closeness) return candidate.closeness > best.closeness;
  return candidate.position < best.position;
}
