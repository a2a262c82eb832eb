import { kindOf, type Operation } from "@mojaloop-versioning/protocol";
import type { Api, Validation, ValidationOptions } from "@mojaloop-versioning/types";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import * as schemasV1_0 from "@mojaloop-versioning/types/fspiop/v1.0/schemas";
import { validateBody as validateV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0/validate";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import * as schemasV1_1 from "@mojaloop-versioning/types/fspiop/v1.1/schemas";
import { validateBody as validateV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import { fspiopV2_0Iso20022 } from "@mojaloop-versioning/types/fspiop/v2.0-iso20022";
import * as schemasIso from "@mojaloop-versioning/types/fspiop/v2.0-iso20022/schemas";
import { validateBody as validateIso } from "@mojaloop-versioning/types/fspiop/v2.0-iso20022/validate";
import * as schemasV2_0 from "@mojaloop-versioning/types/fspiop/v2.0/schemas";
import { validateBody as validateV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0/validate";
import { transferQuoteId } from "@mojaloop-versioning/types/proposals/transfer-quote-id";
import * as schemasProposal from "@mojaloop-versioning/types/proposals/transfer-quote-id/schemas";
import { validateBody as validateProposal } from "@mojaloop-versioning/types/proposals/transfer-quote-id/validate";

type Judge = (operation: never, body: unknown, options: ValidationOptions) => Validation<unknown>;

/** An API version with what judges its bodies and what they are made by. */
export interface Spoken {
  readonly api: Api;
  readonly validateBody: Judge;
  readonly schemas: object;
}

/** Every version that a simulator speaks. */
export const APIS: readonly [Spoken, Spoken, Spoken, Spoken, Spoken] = [
  { api: fspiopV1_0, validateBody: validateV1_0, schemas: schemasV1_0 },
  { api: fspiopV1_1, validateBody: validateV1_1, schemas: schemasV1_1 },
  { api: fspiopV2_0, validateBody: validateV2_0, schemas: schemasV2_0 },
  { api: fspiopV2_0Iso20022, validateBody: validateIso, schemas: schemasIso },
  { api: transferQuoteId, validateBody: validateProposal, schemas: schemasProposal },
];

/** The operations of an API version, as its table has them. */
export function operationsOf({ operations }: Api): Operation[] {
  return Object.keys(operations) as Operation[]; // the keys of every operations table
}

/** Those that ask for something. */
export function requestsOf(api: Api): Operation[] {
  return operationsOf(api).filter((operation) => kindOf(operation) === "request");
}
