import { VersioningError, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { Api, Validation } from "@mojaloop-versioning/types";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import { validateBody as validateV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0/validate";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { validateBody as validateV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import { validateBody as validateV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0/validate";

type Judge = (operation: never, body: unknown) => Validation<unknown>;

const APIS: readonly { readonly api: Api; readonly validateBody: Judge }[] = [
  { api: fspiopV1_0, validateBody: validateV1_0 },
  { api: fspiopV1_1, validateBody: validateV1_1 },
  { api: fspiopV2_0, validateBody: validateV2_0 },
];

/**
 * The API of a version, with some resources at another version if asked for.
 * @throws VersioningError `invalid-option`
 */
export function fspiopApi(version: Version | Api, resources: Readonly<Record<string, Version>> = {}): Api {
  if (typeof version === "object") return { ...version, resources: { ...version.resources, ...resources } };
  const api = APIS.find((known) => known.api.version === version)?.api;
  if (!api) {
    const known = APIS.map((each) => each.api.version).join(", ");
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

/** What is wrong with the body of an operation; `undefined` where nothing is, or where the API is none of the published ones. */
export function faultOf(api: Api, operation: Operation, body: unknown): string | undefined {
  const judge = APIS.find((known) => known.api.id === api.id);
  if (!judge || api.operations[operation]?.body === undefined) return undefined;
  const verdict = judge.validateBody(operation as never, body); // an operation of this very API that has a body
  return verdict.ok ? undefined : `${verdict.pointer || "The body"} ${verdict.message}`;
}
