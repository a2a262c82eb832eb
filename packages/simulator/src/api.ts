import { VersioningError, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { Api, Validation } from "@mojaloop-versioning/types";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import { validateBody as validateV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0/validate";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { validateBody as validateV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import { fspiopV2_0Iso20022 } from "@mojaloop-versioning/types/fspiop/v2.0-iso20022";
import { validateBody as validateV2_0Iso20022 } from "@mojaloop-versioning/types/fspiop/v2.0-iso20022/validate";
import { validateBody as validateV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0/validate";
import { transferQuoteId } from "@mojaloop-versioning/types/proposals/transfer-quote-id";
import { validateBody as validateTransferQuoteId } from "@mojaloop-versioning/types/proposals/transfer-quote-id/validate";
import * as z from "zod";
import { minimalBody, type KnownValues } from "./minimal-body.ts";

type Judge = (operation: never, body: unknown) => Validation<unknown>;

interface KnownApi {
  readonly api: Api;
  readonly validateBody: Judge;
  /** Read when the first body must be made: most schemes never need one. */
  readonly schemas: () => Promise<object>;
}

/** The published versions in the dialect of FSPIOP come first, since a version's number names those. */
const APIS: readonly KnownApi[] = [
  {
    api: fspiopV1_0,
    validateBody: validateV1_0,
    schemas: () => import("@mojaloop-versioning/types/fspiop/v1.0/schemas"),
  },
  {
    api: fspiopV1_1,
    validateBody: validateV1_1,
    schemas: () => import("@mojaloop-versioning/types/fspiop/v1.1/schemas"),
  },
  {
    api: fspiopV2_0,
    validateBody: validateV2_0,
    schemas: () => import("@mojaloop-versioning/types/fspiop/v2.0/schemas"),
  },
  {
    api: fspiopV2_0Iso20022,
    validateBody: validateV2_0Iso20022,
    schemas: () => import("@mojaloop-versioning/types/fspiop/v2.0-iso20022/schemas"),
  },
  {
    api: transferQuoteId,
    validateBody: validateTransferQuoteId,
    schemas: () => import("@mojaloop-versioning/types/proposals/transfer-quote-id/schemas"),
  },
];

/**
 * The API of a version, with some resources at another version if asked for.
 * @throws VersioningError `invalid-option`
 */
export function fspiopApi(version: Version | Api, resources: Readonly<Record<string, Version>> = {}): Api {
  if (typeof version === "object") return { ...version, resources: { ...version.resources, ...resources } };
  const api = APIS.find((known) => known.api.version === version)?.api;
  if (!api) {
    const known = Array.from(new Set(APIS.map((each) => each.api.version))).join(", ");
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

/** What is wrong with the body of an operation; `undefined` where nothing is, or where the API is none of those known here. */
export function faultOf(api: Api, operation: Operation, body: unknown): string | undefined {
  const judge = APIS.find((known) => known.api.id === api.id);
  if (!judge || api.operations[operation]?.body === undefined) return undefined;
  const verdict = judge.validateBody(operation as never, body); // an operation of this very API that has a body
  return verdict.ok ? undefined : `${verdict.pointer || "The body"} ${verdict.message}`;
}

/** The least body that an operation takes, of known values where they fit; `undefined` where the API is none of those known here. */
export async function leastBody(api: Api, operation: Operation, values: KnownValues): Promise<unknown> {
  const component = api.operations[operation]?.body ?? "";
  const schemas = await APIS.find((known) => known.api.id === api.id)?.schemas();
  const schema = new Map<string, unknown>(Object.entries(schemas ?? {})).get(component);
  return schema instanceof z.ZodType ? minimalBody(schema, values) : undefined;
}
