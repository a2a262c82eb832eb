import { VersioningError, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";

const APIS: readonly Api[] = [fspiopV1_0, fspiopV1_1, fspiopV2_0];

/**
 * The API of a version, with some resources at another version if asked for.
 * @throws VersioningError `invalid-option`
 */
export function fspiopApi(version: Version | Api, resources: Readonly<Record<string, Version>> = {}): Api {
  if (typeof version === "object") return { ...version, resources: { ...version.resources, ...resources } };
  const api = APIS.find((known) => known.version === version);
  if (!api) {
    const known = APIS.map((each) => each.version).join(", ");
    throw new VersioningError(
      "invalid-option",
      `version: there is no FSPIOP API ${version}; known are ${known}`,
    );
  }
  return { ...api, resources: { ...api.resources, ...resources } };
}

/** Whether an API version has an operation. */
export function hasOperation(api: Api, operation: Operation): boolean {
  return Object.hasOwn(api.operations, operation);
}
