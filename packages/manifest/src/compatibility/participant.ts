import { VersioningError, type Version } from "@mojaloop-versioning/protocol";
import data from "../../data/api-resources.json" with { type: "json" };

/** What a participant speaks: the versions of each resource that it sends and reads. */
export interface Speaker {
  /** How it is named in answers: `"the payer"`, an FSP id. */
  readonly name?: string;
  readonly versions: Readonly<Record<string, readonly Version[]>>;
}

/** What a participant speaks, in the form that is at hand: FSPIOP API versions, or the versions of each resource. */
export type Spoken = Speaker | string | readonly string[];

/** API version → resource → resource version. */
export type ApiResources = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The resource versions of each FSPIOP API version: the numbers part in `authorizations` and `transactions`, which stay 1.0. */
export const FSPIOP_RESOURCES: ApiResources = Object.fromEntries(
  Object.entries(data.fspiop).map(([version, { resources }]) => [version, resources]),
);

/**
 * What a participant speaks that implements the given FSPIOP API versions: `speakerOf("1.1")`, `speakerOf(["1.1", "2.0"])`.
 * @throws VersioningError `unknown-release` for an API version that the table does not hold
 */
export function speakerOf(spoken: Spoken, resources: ApiResources = FSPIOP_RESOURCES): Speaker {
  if (isSpeaker(spoken)) return spoken;
  const apiVersions = typeof spoken === "string" ? [spoken] : spoken;
  const versions: Record<string, Version[]> = {};
  for (const apiVersion of apiVersions) {
    const table = Object.hasOwn(resources, apiVersion) ? resources[apiVersion] : undefined;
    if (!table) {
      const known = Object.keys(resources).join(", ");
      throw new VersioningError("unknown-release", `no FSPIOP API "${apiVersion}"; known are ${known}`);
    }
    for (const [resource, version] of Object.entries(table)) {
      // The table is data of ours, or of a caller who names versions x.y.
      (versions[resource] ??= []).push(version as Version);
    }
  }
  return { versions };
}

function isSpeaker(spoken: Spoken): spoken is Speaker {
  return typeof spoken === "object" && "versions" in spoken;
}
