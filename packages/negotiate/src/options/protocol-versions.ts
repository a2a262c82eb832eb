import { isVersion, majorOf, type Version } from "@mojaloop-versioning/protocol";
import { invalidOption } from "./invalid-option.ts";

/** The versions for Content-Type or for Accept in {@link ProtocolVersions}. */
export interface ProtocolVersionList {
  readonly DEFAULT?: unknown;
  /** `["1", "1.0", "1.1"]`, or the same as JSON text, as in an environment variable. */
  readonly VALIDATELIST: unknown;
}

/** The `PROTOCOL_VERSIONS` member of a Mojaloop service's configuration (`config/default.json`). */
export interface ProtocolVersions {
  readonly CONTENT: ProtocolVersionList;
  readonly ACCEPT: ProtocolVersionList;
}

/** The options that correspond to a `PROTOCOL_VERSIONS` member. */
export interface ProtocolVersionOptions {
  readonly offer: Readonly<Record<string, readonly Version[]>>;
  readonly content: Readonly<Record<string, readonly Version[]>>;
}

/** The default resources of central-services-shared 18.38.2. */
export const DEFAULT_RESOURCES = [
  "parties",
  "participants",
  "quotes",
  "transfers",
  "bulkTransfers",
  "bulkQuotes",
  "transactionRequests",
  "authorizations",
  "fxQuotes",
  "fxTransfers",
] as const;

/**
 * Converts the configuration of a Mojaloop service: `versioning({ ...fromProtocolVersions(config.PROTOCOL_VERSIONS) })`. A bare
 * major in the Accept list stands for its minors in either list, or for minor 0 where neither has one.
 * @throws VersioningError `invalid-option` that names the member
 */
export function fromProtocolVersions(
  protocolVersions: ProtocolVersions,
  resources: readonly string[] = DEFAULT_RESOURCES,
): ProtocolVersionOptions {
  const content = readList(protocolVersions, "CONTENT");
  const accept = readList(protocolVersions, "ACCEPT");
  const known = [...accept, ...content].filter(isVersion);
  const offered = accept.flatMap((entry): readonly Version[] => {
    if (isVersion(entry)) return [entry];
    const minors = known.filter((version) => majorOf(version) === entry);
    return minors.length > 0 ? minors : [`${entry}.0` as Version]; // readList has checked that the entry is decimal
  });
  const each = (versions: readonly Version[]): Record<string, readonly Version[]> =>
    Object.fromEntries(resources.map((resource) => [resource, Array.from(new Set(versions))]));
  return {
    offer: each(offered),
    content: each(content.map((entry) => (isVersion(entry) ? entry : (`${entry}.0` as Version)))), // as above
  };
}

function readList(protocolVersions: ProtocolVersions, half: keyof ProtocolVersions): string[] {
  const path = `PROTOCOL_VERSIONS.${half}.VALIDATELIST`;
  const given = (protocolVersions as Partial<ProtocolVersions>)[half]?.VALIDATELIST; // unchecked configuration
  const list = typeof given === "string" ? parseJson(given) : given;
  const entries = Array.isArray(list) ? list.map(String) : [];
  const wrong = entries.find((entry) => !isVersion(entry) && !isVersion(`${entry}.0`));
  if (entries.length > 0 && wrong === undefined) return entries;
  throw invalidOption(path, given, 'write versions as text, like ["1", "1.0", "1.1"]');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
