import { subpaths } from "@mojaloop-versioning/types";
import * as schemas1_0 from "@mojaloop-versioning/types/fspiop/v1.0/schemas";
import * as validate1_0 from "@mojaloop-versioning/types/fspiop/v1.0/validate";
import * as schemas1_1 from "@mojaloop-versioning/types/fspiop/v1.1/schemas";
import * as validate1_1 from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import * as isoSchemas from "@mojaloop-versioning/types/fspiop/v2.0-iso20022/schemas";
import * as iso from "@mojaloop-versioning/types/fspiop/v2.0-iso20022/validate";
import * as schemas2_0 from "@mojaloop-versioning/types/fspiop/v2.0/schemas";
import * as validate2_0 from "@mojaloop-versioning/types/fspiop/v2.0/validate";
import * as proposal from "@mojaloop-versioning/types/proposals/transfer-quote-id/validate";
import * as settlementSchemas from "@mojaloop-versioning/types/settlement/v1.1/schemas";
import * as settlement from "@mojaloop-versioning/types/settlement/v1.1/validate";
import * as thirdparty from "@mojaloop-versioning/types/thirdparty/v1.0/validate";
import { describe, expect, test } from "vitest";
import type { ZodType } from "zod";

import type { Validator } from "@mojaloop-versioning/types";

const UUID_4 = "b51ec534-ee48-4575-b6a9-ead2955b8069";
const UUID_7 = "01890a5d-ac96-774b-bcce-b302099a8057";
const ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

const transfer = {
  transferId: UUID_4,
  payerFsp: "MobileMoney",
  payeeFsp: "BankNrOne",
  amount: { currency: "USD", amount: "100" },
  ilpPacket: "AQAAAAAAAABkEGcuZXhhbXBsZS5iYW5r",
  condition: "fH9pAYDQbmoZLPbvv3CSW2RfjU4jvM4ApG_fqGnR7Xs",
  expiration: "2030-05-24T08:38:08.699-04:00",
};

type Row = [what: string, schema: ZodType, validator: Validator<unknown>, value: unknown, valid: boolean];

// API Definition 7.2.3 and 7.3 unless the row says otherwise; the same verdict is asked of zod and validator.
test.each<Row>([
  ["a Swedish name", schemas1_0.FirstName, validate1_0.FirstName, "Henrik Åström", true],
  ["an Amharic name", schemas1_0.Name, validate1_0.Name, "ዳዊት", true],
  ["a Swedish name", schemas1_1.FirstName, validate1_1.FirstName, "Henrik Åström", true],
  ["an Amharic name", schemas1_1.LastName, validate1_1.LastName, "ዳዊት", true],
  ["a Swedish name", schemas2_0.MiddleName, validate2_0.MiddleName, "Henrik Åström", true],
  ["an Amharic name", schemas2_0.FirstName, validate2_0.FirstName, "ዳዊት", true],
  ["what only looks like a class of letters", schemas2_0.FirstName, validate2_0.FirstName, "}r{", false],
  ["nothing but blanks", schemas2_0.FirstName, validate2_0.FirstName, "   ", false],
  ["128 characters of two units each", schemas1_1.Note, validate1_1.Note, "😀".repeat(128), true],
  ["129 of them", schemas1_1.Note, validate1_1.Note, "😀".repeat(129), false],
  ["a line break at the end", schemas1_1.Amount, validate1_1.Amount, "1\n", false],
  ["a trailing zero", schemas1_1.Amount, validate1_1.Amount, "1.10", false],
  ["a UUID of version 4", schemas1_1.CorrelationId, validate1_1.CorrelationId, UUID_4, true],
  ["a UUID of version 7, unknown to 1.1", schemas1_1.CorrelationId, validate1_1.CorrelationId, UUID_7, false],
  ["a ULID, unknown to 1.1", schemas1_1.CorrelationId, validate1_1.CorrelationId, ULID, false],
  ["a UUID of version 7", schemas2_0.CorrelationId, validate2_0.CorrelationId, UUID_7, true],
  ["a ULID", schemas2_0.CorrelationId, validate2_0.CorrelationId, ULID, true],
  ["a UUID in upper case", schemas2_0.CorrelationId, validate2_0.CorrelationId, UUID_4.toUpperCase(), false],
  // ISO 20022: a choice is one of its members.
  [
    "a choice by code",
    isoSchemas.AccountSchemeName1Choice,
    iso.AccountSchemeName1Choice,
    { Cd: "BBAN" },
    true,
  ],
  [
    "a choice by name",
    isoSchemas.AccountSchemeName1Choice,
    iso.AccountSchemeName1Choice,
    { Prtry: "MSISDN" },
    true,
  ],
  ["no choice", isoSchemas.AccountSchemeName1Choice, iso.AccountSchemeName1Choice, {}, false],
  ["a leap day", isoSchemas.ISODate, iso.ISODate, "2024-02-29", true],
  ["a day that is none", isoSchemas.ISODate, iso.ISODate, "2023-02-29", false],
  // The overlay of settlement 1.1.
  [
    "windows in a list",
    settlementSchemas.Settlement,
    settlement.Settlement,
    { settlementWindows: [window()] },
    true,
  ],
  [
    "windows in a list of lists",
    settlementSchemas.Settlement,
    settlement.Settlement,
    { settlementWindows: [[window()]] },
    false,
  ],
  [
    "a window twice",
    settlementSchemas.SettlementEventPayload,
    settlement.SettlementEventPayload,
    event(1, 1),
    false,
  ],
  [
    "two windows",
    settlementSchemas.SettlementEventPayload,
    settlement.SettlementEventPayload,
    event(1, 2),
    true,
  ],
])("%s", (_what, schema, validator, value, valid) => {
  expect([schema.safeParse(value).success, validator(value).ok]).toEqual([valid, valid]);
});

function window(): object {
  return { id: 1, state: "OPEN", createdDate: "2030-01-01T00:00:00.000Z" };
}

function event(...ids: number[]): object {
  return { reason: "closing", settlementWindows: ids.map((id) => ({ id })) };
}

describe("the first fault", () => {
  type Fault = [body: unknown, pointer: string, message: string];

  test.each<Fault>([
    [[], "", "must be an object"],
    [{ ...transfer, transferId: undefined }, "/transferId", "is missing"],
    [{ ...transfer, amount: { currency: "USD" } }, "/amount/amount", "is missing"],
    [
      { ...transfer, amount: { currency: "usd", amount: "1" } },
      "/amount/currency",
      "must be one of 164 codes",
    ],
    [{ ...transfer, payerFsp: "" }, "/payerFsp", "must have at least 1 character"],
    [{ ...transfer, payerFsp: "x".repeat(33) }, "/payerFsp", "must have at most 32 characters"],
    [{ ...transfer, payerFsp: null }, "/payerFsp", "must be text"],
    [{ ...transfer, expiration: "tomorrow" }, "/expiration", "must be written as DateTime is"],
    [
      { ...transfer, extensionList: { extension: [] } },
      "/extensionList/extension",
      "must have at least 1 item",
    ],
    [
      { ...transfer, extensionList: { extension: [{ key: "a", value: "b" }, { key: "a" }] } },
      "/extensionList/extension/1/value",
      "is missing",
    ],
  ])("of %j is at %s: %s", (body, pointer, message) => {
    expect(validate1_1.TransfersPostRequest(body)).toEqual({ ok: false, pointer, message });
  });

  test.each<[Validator<unknown>, unknown, string, string]>([
    [thirdparty.ConsentsPostRequest, { consentId: "x" }, "/consentId", "both forms refuse that member"],
    [iso.AccountSchemeName1Choice, { Prtry: 7 }, "/Prtry", "only one form is begun"],
    [iso.AccountSchemeName1Choice, {}, "", "neither form is begun"],
  ])("of a choice, %o with %j, is at %s: %s", (validator, body, pointer) => {
    expect(validator(body)).toMatchObject({ ok: false, pointer });
  });
});

describe("a member that the document does not describe", () => {
  const body = { ...transfer, amount: { ...transfer.amount, "a/b~c": 1 } };

  test("passes (API Definition 3.3.2), and is still there after zod has parsed", () => {
    expect(validate1_1.TransfersPostRequest(body)).toEqual({ ok: true, value: body });
    expect(schemas1_1.TransfersPostRequest.parse(body)).toEqual(body);
  });

  test("is refused by a strict validator, wherever it stands", () => {
    expect(validate1_1.TransfersPostRequest(body, { strict: true })).toEqual({
      ok: false,
      pointer: "/amount/a~1b~0c",
      message: "is not described by the API",
    });
    expect(validate1_1.TransfersPostRequest(transfer, { strict: true }).ok).toBe(true);
  });

  test("is never looked for among an object's own methods", () => {
    const hostile: unknown = JSON.parse(`{ "__proto__": 1, "constructor": 2 }`);
    expect(validate1_1.ErrorInformationResponse(hostile).ok).toBe(true);
    expect(validate1_1.ErrorInformationResponse(hostile, { strict: true }).ok).toBe(false);
  });
});

test("validateBody knows the body of each operation", () => {
  expect(validate1_1.validateBody("POST /transfers", transfer)).toEqual({ ok: true, value: transfer });
  expect(validate1_1.validateBody("PUT /transfers/{ID}", transfer)).toMatchObject({
    pointer: "/transferState",
  });
});

test("the proposal asks a transfer for its quoteId", () => {
  expect(proposal.TransfersPostRequest(transfer)).toMatchObject({
    pointer: "/quoteId",
    message: "is missing",
  });
  expect(proposal.TransfersPostRequest({ ...transfer, quoteId: UUID_4 }).ok).toBe(true);
});

test("the subpaths are listed", () => {
  expect(subpaths).toContain("fspiop/v2.0-iso20022");
  expect(subpaths).toContain("proposals/transfer-quote-id");
});
