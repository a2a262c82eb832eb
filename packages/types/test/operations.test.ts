import type { Api } from "@mojaloop-versioning/types";
import { adminV1_0 } from "@mojaloop-versioning/types/admin/v1.0";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import { settlementV1_1 } from "@mojaloop-versioning/types/settlement/v1.1";
import { settlementV2_0 } from "@mojaloop-versioning/types/settlement/v2.0";
import { describe, expect, test } from "vitest";

const apis: readonly Api[] = [fspiopV1_0, fspiopV1_1, fspiopV2_0, settlementV1_1, settlementV2_0, adminV1_0];

// Counted in the published documents, less the operations that our overlays remove.
test.each<[Api, number]>([
  [fspiopV1_0, 45],
  [fspiopV1_1, 46],
  [fspiopV2_0, 59],
  [settlementV1_1, 12],
  [settlementV2_0, 12],
  [adminV1_0, 26],
])("$id has $1 operations", (api, count) => {
  expect(Object.keys(api.operations)).toHaveLength(count);
});

describe.each(apis)("$id", ({ operations, resources }) => {
  test("gives every operation its resource and that resource's version", () => {
    for (const [operation, { resource, version }] of Object.entries(operations)) {
      expect(operation.split("/")[1]).toBe(resource);
      expect(version).toBe(resources[resource]);
    }
  });
});

type Row = [api: Api, operation: string, version: string, kind: string, body: string | undefined];

test.each<Row>([
  [fspiopV1_1, "POST /transfers", "1.1", "request", "TransfersPostRequest"],
  [fspiopV1_1, "PATCH /transfers/{ID}", "1.1", "notification", "TransfersIDPatchResponse"],
  [fspiopV1_1, "GET /transfers/{ID}", "1.1", "request", undefined],
  // API Definition 1.1, Table 6: these two stayed behind.
  [fspiopV1_1, "PUT /authorizations/{ID}", "1.0", "callback", "AuthorizationsIDPutResponse"],
  [fspiopV1_1, "PUT /transactions/{ID}/error", "1.0", "errorCallback", "ErrorInformationObject"],
  // API Definition 2.0-alpha, Table 7: and again.
  [fspiopV2_0, "GET /authorizations/{ID}", "1.0", "request", undefined],
  [fspiopV2_0, "POST /fxQuotes", "2.0", "request", "FxQuotesPostRequest"],
  // Settlement and Admin answer in the response: nothing is called back.
  [settlementV2_0, "PUT /settlements/{id}", "2.0", "request", "SettlementUpdateBySettlementIdPayload"],
])("%o %s is version %s, a %s with the body %s", ({ operations }, operation, version, kind, body) => {
  expect(operations[operation]).toMatchObject({ version, kind, body });
});

test("a transfer of 1.1 may be answered 202, 400 or 406, an error with its body", () => {
  expect(fspiopV1_1.operations["POST /transfers"].responses).toMatchObject({
    "202": undefined,
    "400": "ErrorInformationResponse",
    "406": "ErrorInformationResponse",
  });
});
