import { expect, test } from "vitest";
import type { Operation, Version } from "@mojaloop-versioning/protocol";
import { createRegistry, settlementChanges, type ConversionContext } from "../src/index.ts";

const registry = createRegistry(settlementChanges);
const window = { id: 1, state: "CLOSED", reason: "end of day" };
const content = [
  { id: 7, state: "CLOSED", ledgerAccountType: "POSITION", currencyId: "USD", createdDate: "2026-11-21" },
];
const asked = { reason: "end of day", settlementWindows: [{ id: 1 }] };
const lookup = (name: string): unknown => (name === "settlementModel" ? "DEFERREDNET" : undefined);

type Row = [
  from: Version,
  operation: Operation,
  body: unknown,
  context: ConversionContext,
  expected: unknown,
  why: string,
];

// From 1.1 to 2.0 or back, whichever `from` is not.
test.each<Row>([
  [
    "1.1",
    "POST /settlements",
    asked,
    { lookup },
    { ok: true, body: { ...asked, settlementModel: "DEFERREDNET" } },
    "docs/fspiop-facts.md 3.4, row 2: from configuration",
  ],
  [
    "2.0",
    "POST /settlements",
    { ...asked, settlementModel: "DEFERREDNET" },
    {},
    { ok: true, body: asked },
    "docs/fspiop-facts.md 3.4, row 2",
  ],
  [
    "2.0",
    "GET /settlementWindows/{id} 200",
    { ...window, content },
    {},
    { ok: true, body: window },
    "docs/fspiop-facts.md 3.4, row 3",
  ],
  [
    "2.0",
    "GET /settlementWindows 200",
    [{ ...window, content }, window],
    {},
    { ok: true, body: [window, window] },
    "docs/fspiop-facts.md 3.4, row 3, in a list",
  ],
  [
    "2.0",
    "GET /settlements/{id} 200",
    { id: 3, settlementWindows: [{ ...window, content }] },
    {},
    { ok: true, body: { id: 3, settlementWindows: [window] } },
    "docs/fspiop-facts.md 3.4, row 3, inside a settlement",
  ],
  [
    "2.0",
    "GET /settlementWindows",
    undefined,
    { query: { currency: "USD", state: "OPEN" } },
    { ok: true, body: undefined, query: { state: "OPEN" } },
    "docs/fspiop-facts.md 3.4, row 4",
  ],
  [
    "1.1",
    "GET /settlements/{settlementId}/participants/{participantId}",
    undefined,
    { params: { settlementId: "3", participantId: "4" } },
    { ok: true, body: undefined, params: { sid: "3", pid: "4" } },
    "docs/fspiop-facts.md 3.4, row 5",
  ],
  [
    "2.0",
    "GET /settlements/{sid}/participants/{pid}",
    undefined,
    { params: { sid: "3", pid: "4" } },
    { ok: true, body: undefined, params: { settlementId: "3", participantId: "4" } },
    "docs/fspiop-facts.md 3.4, row 5, the same operation by its other name",
  ],
])("from %s, %s %j with %j", (from, operation, body, context, expected) => {
  const resource = /\/(\w+)/.exec(operation)?.[1] ?? "";
  const to = from === "1.1" ? "2.0" : "1.1";
  expect(registry.between(resource, from, to, operation)(body, context)).toEqual(expected);
});

test("without configuration a settlement cannot be asked for, and the refusal says what is missing", () => {
  const outcome = registry.between("settlements", "1.1", "2.0", "POST /settlements")(asked);
  expect(outcome).toMatchObject({
    ok: false,
    refusal: { errorCode: "3102", pointer: "/settlementModel", status: 400 },
  });
});

test("nothing is left to settle", () => {
  expect(registry.coverage().filter((row) => row.class === "missing")).toEqual([]);
});
