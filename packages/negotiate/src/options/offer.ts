import { isVersion, newestFirst, VersioningError, type Version } from "@mojaloop-versioning/protocol";
import { invalidOption } from "./invalid-option.ts";

/** A version in an offer; a bare major `"1"` is read as `"1.0"`, as services' older configuration writes it. */
export type OfferedVersion = Version | `${number}`;

/** Resource → versions, in any order: `{ transfers: ["1.0", "1.1"], quotes: ["1.0"] }`. */
export type Offer = Readonly<Record<string, readonly OfferedVersion[]>>;

/** The resources of an offer. */
export type ResourceOf<O extends Offer> = keyof O & string;

/** The versions of a resource in an offer: a literal union where the offer is written in place or `as const`. */
export type VersionOf<O extends Offer, R extends string> = R extends keyof O ? Normal<O[R][number]> : never;

// "1" is "1.0"; the type `${number}` of an offer that is not literal is any version.
type Normal<V extends string> = V extends Version
  ? V
  : `${number}` extends V
    ? Version
    : V extends `${infer Major extends number}`
      ? `${Major}.0`
      : never;

/**
 * The versions of each resource, newest first and without duplicates.
 * @throws VersioningError `invalid-option` that names the path of the wrong entry below `path`
 */
export function readOffer(offer: unknown, path: string): Map<string, readonly Version[]> {
  if (typeof offer !== "object" || offer === null || Array.isArray(offer)) {
    throw invalidOption(
      path,
      offer,
      `write resources with their versions, like { transfers: ["1.0", "1.1"] }`,
    );
  }
  return new Map(
    Object.entries(offer).map(([resource, versions]) => [
      readResource(resource, path),
      readVersions(versions, `${path}.${resource}`),
    ]),
  );
}

// A resource stands in a path segment and in a media type alike (API Definition 3.1.3.3, 3.3.4.1).
function readResource(resource: string, path: string): string {
  if (/^[A-Za-z0-9_-]+$/.test(resource)) return resource;
  throw new VersioningError(
    "invalid-option",
    `${path} names the resource "${resource}"; a resource is the first segment of a path, like "transfers"`,
  );
}

function readVersions(versions: unknown, path: string): Version[] {
  if (!Array.isArray(versions) || versions.length === 0) {
    throw invalidOption(path, versions, `list at least one version, like ["1.0", "1.1"]`);
  }
  return newestFirst(versions.map((version: unknown, i) => readVersion(version, `${path}[${i}]`)));
}

/**
 * A version of an option; a bare major is read as its minor 0.
 * @throws VersioningError `invalid-option` that names `path`
 */
export function readVersion(version: unknown, path: string): Version {
  const text = typeof version === "string" && !version.includes(".") ? `${version}.0` : version;
  if (typeof text === "string" && isVersion(text)) return text;
  throw invalidOption(path, version, `write the version as text, major.minor, like "1.1"`);
}

/**
 * Checks an offer that comes from outside, such as a configuration file: JSON text, or the value of one.
 *
 * ```ts
 * versioning({ offer: parseOffer(readFileSync("offer.json", "utf8")) });
 * ```
 * @throws VersioningError `invalid-option` that names the entry
 */
export function parseOffer(json: unknown): Offer {
  const offer = readOffer(typeof json === "string" ? readJson(json) : json, "offer");
  if (offer.size > 0) return Object.fromEntries(offer);
  throw invalidOption("offer", {}, 'name at least one resource, like { transfers: ["1.1"] }');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new VersioningError("invalid-option", "offer is not JSON", { cause: error });
  }
}
