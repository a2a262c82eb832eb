import type { Operation, Version } from "@mojaloop-versioning/protocol";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import * as fspiop1_0 from "@mojaloop-versioning/types/fspiop/v1.0/schemas";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import * as fspiop1_1 from "@mojaloop-versioning/types/fspiop/v1.1/schemas";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import * as fspiop2_0 from "@mojaloop-versioning/types/fspiop/v2.0/schemas";
import { settlementV1_1 } from "@mojaloop-versioning/types/settlement/v1.1";
import * as settlement1_1 from "@mojaloop-versioning/types/settlement/v1.1/schemas";
import { settlementV2_0 } from "@mojaloop-versioning/types/settlement/v2.0";
import * as settlement2_0 from "@mojaloop-versioning/types/settlement/v2.0/schemas";
import type { Api } from "@mojaloop-versioning/types";
import * as z from "zod";

/** An API version with the zod schemas of its components, as the types package exports them. */
export interface ApiWithSchemas {
  readonly api: Api;
  readonly schemas: Readonly<Record<string, unknown>>;
}

/** The API versions of the built-in changes. */
export const builtInVersions: readonly ApiWithSchemas[] = [
  { api: fspiopV1_0, schemas: fspiop1_0 },
  { api: fspiopV1_1, schemas: fspiop1_1 },
  { api: fspiopV2_0, schemas: fspiop2_0 },
  { api: settlementV1_1, schemas: settlement1_1 },
  { api: settlementV2_0, schemas: settlement2_0 },
];

/** A kind of body: an operation of one version of a resource, with its schema. */
export interface BodyKind {
  readonly resource: string;
  readonly version: Version;
  readonly operation: Operation;
  readonly schema: z.ZodType;
}

/** The bodies of some API versions: requests, and responses as `"GET /x 200"`. */
export function bodyKinds(versions: readonly ApiWithSchemas[]): BodyKind[] {
  return versions.flatMap(({ api, schemas }) =>
    Object.entries(api.operations).flatMap(([key, { resource, version, body, responses }]) => {
      const operation = key as Operation; // the keys of an API object are its operations
      const answers = api.dialect === undefined ? Object.entries(responses) : [];
      const named: [Operation, string | undefined][] = [
        [operation, body],
        ...answers
          .filter(([status]) => status.startsWith("2"))
          .map(([status, name]): [Operation, string | undefined] => [`${operation} ${status}`, name]),
      ];
      return named.flatMap(([asked, name]) => {
        const schema = name === undefined ? undefined : schemas[name];
        return schema instanceof z.ZodType ? [{ resource, version, operation: asked, schema }] : [];
      });
    }),
  );
}
