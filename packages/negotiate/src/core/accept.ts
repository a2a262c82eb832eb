import { isVersion, majorOf, type MediaRange, type Version } from "@mojaloop-versioning/protocol";

/** How Accept is judged where the texts are silent. */
export interface AcceptPolicy {
  /** Whether the ranges without a resource match. */
  readonly wildcard: boolean;
  /** Whether equal weights go to the newest version at once, whatever the client's ranges say. */
  readonly serverPrefers: boolean;
}

/** The version agreed on, or why there is none: no offered version is acceptable, every range is of another type, or a version is malformed. */
export type AcceptVerdict = Version | "unacceptable" | "foreign" | "malformed";

// How closely a range fits: type first, then version. The closest that covers a version gives its weight (RFC 9110 12.5.1).
const MALFORMED = -2;
const FOREIGN = -1;
const ANY = 0;
const ANY_APPLICATION = 3;
const THIS_RESOURCE = 6;
const WITH_MAJOR = 1;
const WITH_MINOR = 2;

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
  const only = ranges.length === 1 ? ranges[0] : undefined;
  if (only) return chooseByOne(only, fitOf(only, type, policy.wildcard), newestFirst);

  const fits = ranges.map((range) => fitOf(range, type, policy.wildcard));
  if (fits.includes(MALFORMED)) return "malformed";
  if (fits.every((fit) => fit === FOREIGN)) return "foreign";

  let best: Version | undefined;
  let bestRange = -1;
  for (const version of newestFirst) {
    const closest = closestRange(ranges, fits, version);
    if (closest < 0 || ranges[closest]?.weight === 0) continue;
    // Versions come newest first, so that the older of two equals never wins.
    if (bestRange >= 0 && !beats(ranges, fits, closest, bestRange, policy)) continue;
    best = version;
    bestRange = closest;
  }
  return best ?? "unacceptable";
}

// Most messages have one range, so there is nothing to compare.
function chooseByOne(range: MediaRange, fit: number, newestFirst: readonly Version[]): AcceptVerdict {
  if (fit === MALFORMED) return "malformed";
  if (fit === FOREIGN) return "foreign";
  const version = range.weight > 0 && newestFirst.find((candidate) => covers(range.version, fit, candidate));
  return version || "unacceptable";
}

// The range that gives `version` its weight, by its place; -1 where none fits. Of two that fit equally well, as when one stands
// twice, the weightier counts, and of those the first.
function closestRange(ranges: readonly MediaRange[], fits: readonly number[], version: Version): number {
  let closest = -1;
  for (let i = 0; i < ranges.length; i++) {
    const fit = fits[i] ?? FOREIGN;
    const range = ranges[i];
    if (fit === FOREIGN || !range || !covers(range.version, fit, version)) continue;
    const before = fits[closest] ?? FOREIGN;
    if (fit > before || (fit === before && range.weight > (ranges[closest]?.weight ?? 0))) closest = i;
  }
  return closest;
}

function covers(asked: string | undefined, fit: number, version: Version): boolean {
  const detail = fit % 3;
  if (detail === 0) return true;
  return detail === WITH_MINOR ? asked === version : asked === majorOf(version);
}

function beats(
  ranges: readonly MediaRange[],
  fits: readonly number[],
  challenger: number,
  best: number,
  policy: AcceptPolicy,
): boolean {
  const weight = (ranges[challenger]?.weight ?? 0) - (ranges[best]?.weight ?? 0);
  if (weight !== 0) return weight > 0;
  if (policy.serverPrefers) return false;
  const fit = (fits[challenger] ?? FOREIGN) - (fits[best] ?? FOREIGN);
  return fit === 0 ? challenger < best : fit > 0;
}

// How closely the range fits versions of this resource.
function fitOf({ type: asked, version, contradictory }: MediaRange, type: string, wildcard: boolean): number {
  let fit: number;
  if (asked === type) fit = THIS_RESOURCE;
  else if (wildcard && asked === "*/*") fit = ANY;
  else if (wildcard && asked === "application/*") fit = ANY_APPLICATION;
  else return FOREIGN;
  if (contradictory) return MALFORMED;
  if (version === undefined) return fit;
  if (isVersion(version)) return fit + WITH_MINOR;
  return isVersion(`${version}.0`) ? fit + WITH_MAJOR : MALFORMED;
}
