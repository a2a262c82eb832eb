import { VersioningError, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";

/** The published API versions. */
export const FSPIOP_APIS: readonly Api[] = [fspiopV1_0, fspiopV1_1, fspiopV2_0];

/** Every operation of any of the APIs. */
export function operationsOf(apis: readonly Api[]): Operation[] {
  return [...new Set(apis.flatMap(({ operations }) => Object.keys(operations) as Operation[]))]; // the keys of such tables
}

/**
 * The API of a version.
 * @throws VersioningError `invalid-option`
 */
export function apiOf(apis: readonly Api[], version: Version, option: string): Api {
  const found = apis.find((api) => api.version === version);
  if (found) return found;
  const known = apis.map((api) => api.version).join(", ");
  throw new VersioningError(
    "invalid-option",
    `${option}: there is no FSPIOP API ${version}; known are ${known}`,
  );
}
