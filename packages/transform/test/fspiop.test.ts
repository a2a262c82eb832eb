import { describe, expect, test } from "vitest";
import { isVersioningError, type Operation, type Version } from "@mojaloop-versioning/protocol";
import { createRegistry, fspiopChanges, type Conversion } from "../src/index.ts";

const registry = createRegistry(fspiopChanges);
const UUID_V4 = "b51ec534-ee48-4575-b6a9-ead2955b8069";
const UUID_V7 = "018f3c5a-7b2e-7c31-9d4f-0a1b2c3d4e5f";
const ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const extensionList = { extension: [{ key: "a", value: "b" }] };
const identifier = { partyIdType: "MSISDN", partyIdentifier: "123" };

function convert(from: Version, to: Version, operation: Operation, body: unknown): Conversion {
  const resource = operation.split("/")[1] ?? "";
  return registry.between(resource, from, to, operation)(body);
}

type Row = [from: Version, to: Version, operation: Operation, body: unknown, expected: unknown, why: string];

test.each<Row>([
  [
    "1.1",
    "1.0",
    "PUT /parties/{Type}/{ID}",
    { party: { partyIdInfo: { ...identifier, extensionList } } },
    { party: { partyIdInfo: identifier } },
    "docs/fspiop-facts.md 3.1, row 2: PartyIdInfo.extensionList came with 1.1",
  ],
  [
    "1.1",
    "1.0",
    "POST /participants",
    { requestId: UUID_V4, partyList: [identifier, { ...identifier, extensionList }] },
    { requestId: UUID_V4, partyList: [identifier, identifier] },
    "docs/fspiop-facts.md 3.1, row 2, in every item",
  ],
  [
    "1.1",
    "1.0",
    "POST /participants/{Type}/{ID}",
    { fspId: "a", extensionList },
    { fspId: "a" },
    "docs/fspiop-facts.md 3.1, row 3",
  ],
  [
    "2.0",
    "1.1",
    "PUT /parties/{Type}/{ID}",
    {
      party: {
        partyIdInfo: { ...identifier, extensionList },
        supportedCurrencies: ["USD"],
        personalInfo: { kycInformation: "x" },
      },
    },
    { party: { partyIdInfo: { ...identifier, extensionList }, personalInfo: {} } },
    "docs/fspiop-facts.md 3.2, rows 3 and 4",
  ],
])("%s to %s, %s: %j", (from, to, operation, body, expected) => {
  expect(convert(from, to, operation, body)).toEqual({ ok: true, body: expected });
});

type Refused = [
  from: Version,
  to: Version,
  operation: Operation,
  body: unknown,
  code: string,
  pointer: string | undefined,
  disposition: "error" | "swallow",
  why: string,
];

test.each<Refused>([
  [
    "2.0",
    "1.1",
    "POST /transfers",
    { transferId: ULID },
    "3100",
    "/transferId",
    "error",
    "docs/fspiop-facts.md 3.2, row 2",
  ],
  [
    "2.0",
    "1.0",
    "POST /transfers",
    { transferId: UUID_V7 },
    "3100",
    "/transferId",
    "error",
    "docs/fspiop-facts.md 3.2, row 2",
  ],
  [
    "2.0",
    "1.1",
    "POST /quotes",
    { converter: "PAYER" },
    "3100",
    "/converter",
    "error",
    "docs/fspiop-facts.md 3.2, row 5",
  ],
  [
    "1.1",
    "1.0",
    "POST /transactionRequests",
    { authenticationType: "U2F" },
    "3100",
    "/authenticationType",
    "error",
    "docs/fspiop-facts.md 3.1, row 4",
  ],
  ["2.0", "1.1", "POST /fxQuotes", {}, "3002", undefined, "error", "docs/fspiop-facts.md 3.2, row 1"],
  ["2.0", "1.0", "PUT /services/FXP", {}, "3002", undefined, "error", "docs/fspiop-facts.md 3.2, row 1"],
  [
    "1.1",
    "1.0",
    "PATCH /transfers/{ID}",
    {},
    "3002",
    undefined,
    "swallow",
    "docs/fspiop-facts.md 3.1, row 1",
  ],
  [
    "2.0",
    "1.0",
    "PATCH /transfers/{ID}",
    {},
    "3002",
    undefined,
    "swallow",
    "docs/fspiop-facts.md 3.1, row 1",
  ],
])("%s to %s, %s %j is refused with %s at %s", (from, to, operation, body, code, pointer, disposition) => {
  const outcome = convert(from, to, operation, body);
  if (outcome.ok) throw new Error("must be refused");
  const { refusal } = outcome;
  expect([refusal.errorCode, refusal.pointer, refusal.disposition]).toEqual([code, pointer, disposition]);
  expect(refusal.body.errorInformation.errorCode).toBe(code);
});

describe("path ids", () => {
  const down = registry.between("transfers", "2.0", "1.1", "PUT /transfers/{ID}/error");
  const body = { errorInformation: { errorCode: "5100", errorDescription: "no" } };

  test("a ULID in the path is refused by name (docs/fspiop-facts.md 3.2, row 2)", () => {
    const outcome = down(body, { params: { ID: ULID } });
    expect(!outcome.ok && outcome.refusal.pointer).toBe("/{ID}");
    expect(!outcome.ok && outcome.refusal.body.errorInformation.errorDescription).toContain(ULID);
  });

  test("a UUID of version 4 passes, and the very same body comes back", () => {
    const outcome = down(body, { params: { ID: UUID_V4 } });
    expect(outcome).toEqual({ ok: true, body });
    expect(outcome.ok && outcome.body).toBe(body);
  });
});

test("the same version is the identity, of one version and no change", () => {
  const same = registry.between("transfers", "1.1", "1.1", "POST /transfers");
  const body = { transferId: ULID };
  const outcome = same(body, { report: true, params: { ID: ULID } });
  expect(outcome.ok && outcome.body).toBe(body);
  expect([same.class, same.path, same.changes]).toEqual(["identity", ["1.1"], []]);
});

test("nothing is left to settle: no operation of any pair is missing", () => {
  const rows = registry.coverage();
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter((row) => row.class === "missing")).toEqual([]);
});

test.each<[resource: string, from: Version, to: Version, operation: Operation, named: string]>([
  ["tranfers", "1.0", "1.1", "POST /transfers", "tranfers"],
  ["transfers", "1.0", "9.0", "POST /transfers", "9.0"],
  ["transfers", "1.0", "1.1", "POST /transfer", "POST /transfer"],
])("asking for %s %s to %s %s is a broken promise that names %s", (resource, from, to, operation, named) => {
  try {
    registry.between(resource, from, to, operation);
    expect.unreachable();
  } catch (error) {
    expect(isVersioningError(error, "unknown-version")).toBe(true);
    expect(String(error)).toContain(named);
  }
});
