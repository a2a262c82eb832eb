import { VersioningError } from "./versioning-error.ts";

/** A version as on the wire, major and minor in decimal without leading zeros: `"1.1"` (API Definition 3.3). */
export type Version = `${number}.${number}`;

/** Whether `text` is a version `x.y`. `"1"`, `"01.1"`, `"1.1.0"` and `"v1"` are not. */
export function isVersion(text: string): text is Version {
  const dot = text.indexOf(".");
  return dot > 0 && isDecimal(text, 0, dot) && isDecimal(text, dot + 1, text.length);
}

/**
 * Checks and returns a version.
 * @throws VersioningError `invalid-version`
 */
export function parseVersion(text: string): Version {
  if (isVersion(text)) return text;
  throw new VersioningError(
    "invalid-version",
    `"${text}" is not a version; write it as major.minor, like "1.1"`,
  );
}

/** The part before the dot, as text: two majors too large for a number stay different. */
export function majorOf(version: Version): string {
  return version.slice(0, version.indexOf("."));
}

/** The part after the dot, as text. */
export function minorOf(version: Version): string {
  return version.slice(version.indexOf(".") + 1);
}

/** Orders versions, oldest first: `"1.2"` before `"1.10"` before `"2.0"`. */
export function compareVersions(a: Version, b: Version): number {
  return compareDecimals(majorOf(a), majorOf(b)) || compareDecimals(minorOf(a), minorOf(b));
}

/** The given versions without duplicates, newest first. */
export function newestFirst<V extends Version>(versions: Iterable<V>): V[] {
  return [...new Set(versions)].sort((a, b) => compareVersions(b, a));
}

// Digits are compared as text, so that no version is rounded to another one.
function compareDecimals(a: string, b: string): number {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function isDecimal(text: string, start: number, end: number): boolean {
  if (start >= end) return false;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i);
    if (digit < 48 || digit > 57) return false;
  }
  return end - start === 1 || text.charCodeAt(start) !== 48;
}
