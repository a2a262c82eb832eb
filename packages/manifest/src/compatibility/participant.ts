import { isVersion, VersioningError, type Version } from "@mojaloop-versioning/protocol";
import data from "../../data/api-resources.json" with { type: "json" };

/** The two forms of FSPIOP bodies. */
export type Dialect = "fspiop" | "iso20022";

/** The versions of each resource that a participant sends and reads. */
export interface Speaker {
  /** Its name in answers: `"the payer"`, an FSP id. */
  readonly name?: string;
  /** Resource → versions. An empty list: it supports none. An absent resource: not known. */
  readonly versions: Readonly<Record<string, readonly Version[]>>;
  /** The default is `fspiop`. */
  readonly dialect?: Dialect;
}

/** What a participant supports: FSPIOP API versions (`"1.1"`, `"v1.1"`, `"1"`, `"2.0-iso20022"`), or the versions of each resource. */
export type Spoken = Speaker | string | readonly string[];

/** API version → resource → resource version. */
export type ApiResources = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The resource versions of each FSPIOP API version: the numbers differ for `authorizations` and `transactions`, which stay 1.0. */
export const FSPIOP_RESOURCES: ApiResources = Object.fromEntries(
  Object.entries(data.fspiop).map(([version, { resources }]) => [version, resources]),
);

/** Every resource that some FSPIOP API version has. */
export const KNOWN_RESOURCES: readonly string[] = [
  ...new Set(Object.values(FSPIOP_RESOURCES).flatMap((resources) => Object.keys(resources))),
];

/**
 * What a participant supports that implements the given FSPIOP API versions: `speakerOf("1.1")`, `speakerOf(["1.1", "2.0"])`.
 * A resource that none of them has is an empty list.
 * @throws VersioningError `unknown-release` for an API version that is not in the table, or for two dialects at once
 */
export function speakerOf(spoken: Spoken, resources: ApiResources = FSPIOP_RESOURCES): Speaker {
  if (isSpeaker(spoken)) return spoken;
  const apiVersions = typeof spoken === "string" ? [spoken] : spoken;
  const names = new Set(Object.values(resources).flatMap((table) => Object.keys(table)));
  const versions: Record<string, Version[]> = Object.fromEntries([...names].map((name) => [name, []]));
  const dialects = new Set<Dialect>();
  for (const text of apiVersions) {
    const { version, dialect } = parseApiVersion(text);
    const table = Object.hasOwn(resources, version) ? resources[version] : undefined;
    if (!table) {
      const known = Object.keys(resources).join(", ");
      throw new VersioningError(
        "unknown-release",
        `no FSPIOP API "${text}"; known are ${known}, 2.0-iso20022`,
      );
    }
    dialects.add(dialect);
    for (const [resource, own] of Object.entries(table)) {
      if (isVersion(own)) (versions[resource] ??= []).push(own);
    }
  }
  const [dialect = "fspiop", other] = dialects;
  if (other !== undefined) {
    throw new VersioningError("unknown-release", "one participant with two dialects; ask for each of them");
  }
  return { versions, dialect };
}

// `1`, `1.1`, `v1.1`, `2.0-iso20022`: a major alone is its minor 0.
function parseApiVersion(text: string): { readonly version: string; readonly dialect: Dialect } {
  const [, number = "", dialect] = /^v?(\d+(?:\.\d+)?)(?:-(iso20022))?$/i.exec(text.trim()) ?? [];
  return {
    version: number.includes(".") ? number : `${number}.0`,
    dialect: dialect === undefined ? "fspiop" : "iso20022",
  };
}

function isSpeaker(spoken: Spoken): spoken is Speaker {
  return typeof spoken === "object" && "versions" in spoken;
}
