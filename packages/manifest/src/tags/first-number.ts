import semver from "semver";

/** The first number of a version as text, or the version where it has none. A range (`^18.26.2`) stands where a package is not pinned. */
export function firstNumber(version: string): string {
  return String(semver.coerce(version)?.major ?? version);
}
