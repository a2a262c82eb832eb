import { VersioningError, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { Api, Validation } from "@mojaloop-versioning/types";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import { validateBody as validateV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0/validate";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { validateBody as validateV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import { validateBody as validateV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0/validate";

/** An API version that participants or the hub may use. */
export interface SpokenApi {
  readonly api: Api;
  /** Validates the body of an operation of this API. Absent: every body is valid. */
  readonly validateBody?: (operation: Operation, body: unknown) => Validation<unknown>;
}

/** The published API versions. */
export const FSPIOP_APIS: readonly SpokenApi[] = [
  spoken(fspiopV1_0, validateV1_0),
  spoken(fspiopV1_1, validateV1_1),
  spoken(fspiopV2_0, validateV2_0),
];

function spoken(api: Api, validate: (operation: never, body: unknown) => Validation<unknown>): SpokenApi {
  return {
    api,
    validateBody: (operation, body) =>
      api.operations[operation]?.body === undefined
        ? { ok: true, value: body }
        : validate(operation as never, body), // an operation of this very API that has a body
  };
}

/** The versions that a resource has in any of the APIs. */
export function resourceVersionsIn(apis: readonly SpokenApi[], resource: string): Version[] {
  return apis.flatMap(({ api }) => api.resources[resource] ?? []);
}

/** Every operation of any of the APIs. */
export function operationsIn(apis: readonly SpokenApi[]): Operation[] {
  return [...new Set(apis.flatMap(({ api }) => Object.keys(api.operations) as Operation[]))]; // the keys of such tables
}

/**
 * The API of a version, or the API object itself.
 * @throws VersioningError `invalid-option`
 */
export function apiOf(apis: readonly SpokenApi[], version: Version | Api, option: string): Api {
  if (typeof version === "object") return version;
  const found = apis.find(({ api }) => api.version === version);
  if (found) return found.api;
  const known = apis.map(({ api }) => api.version).join(", ");
  throw new VersioningError(
    "invalid-option",
    `${option}: unknown FSPIOP API version ${version}; known: ${known}`,
  );
}
