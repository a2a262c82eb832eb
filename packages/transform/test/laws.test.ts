import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import * as fspiop1_0 from "@mojaloop-versioning/types/fspiop/v1.0/schemas";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import * as fspiop1_1 from "@mojaloop-versioning/types/fspiop/v1.1/schemas";
import { transferQuoteId } from "@mojaloop-versioning/types/proposals/transfer-quote-id";
import * as proposed from "@mojaloop-versioning/types/proposals/transfer-quote-id/schemas";
import { describe, expect, test } from "vitest";
import {
  createRegistry,
  defineChange,
  fspiopChanges,
  settlementChanges,
  transferQuoteIdChanges,
  type Change,
} from "../src/index.ts";
import { laws, type LawOptions } from "../src/testing.ts";

// LAW_RUNS=1000 checks many more bodies; the default keeps the suite short.
const runs = Number(process.env["LAW_RUNS"] ?? 10);
const quoteId = "b51ec534-ee48-4575-b6a9-ead2955b8069";
const lookup: LawOptions["lookup"] = (name) => ({ settlementModel: "DEFERREDNET", quoteId })[name];

const proposal = [
  { api: fspiopV1_1, schemas: fspiop1_1 },
  { api: transferQuoteId, schemas: proposed },
];

// Disposals that put a stash into the extension list, of the operation itself and of its components.
const stashing = [
  defineChange({
    ...{ id: "quotes/stash", title: "t", because: "b" },
    ...({ resource: "quotes", from: "1.1", to: "2.0", operation: "POST /quotes" } as const),
    down: {
      lose: {
        "/converter": "stash",
        "/currencyConversion": "stash",
        "/payer/supportedCurrencies": "stash",
        "/payee/personalInfo/kycInformation": "stash",
      },
    },
  }),
];

describe.each([
  ["the built-in changes", createRegistry([...fspiopChanges, ...settlementChanges]), undefined, 70],
  ["the proposal alone", createRegistry(transferQuoteIdChanges), proposal, 1],
  [
    "the proposal on the built-in changes",
    createRegistry([...fspiopChanges, ...transferQuoteIdChanges]),
    // The published transfers 2.0 have no quoteId, so those of the proposal are tested.
    [{ api: fspiopV1_0, schemas: fspiop1_0 }, ...proposal],
    30,
  ],
  [
    "changes that stash",
    createRegistry([...fspiopChanges.filter(({ id }) => id !== "quotes/currency-conversion"), ...stashing]),
    undefined,
    60,
  ],
] as const)("%s", (_name, registry, versions, least) => {
  const all = laws(registry, { runs, lookup, ...(versions && { versions }) });

  test("have laws for every operation with a body and more than one version", () => {
    expect(all.length).toBeGreaterThan(least);
  });

  test.each(all.map((law) => [law.name, law] as const))("%s", (_law, law) => {
    law.check();
  });
});

test("a conversion that loses the body breaks a law", () => {
  const destructive = transferQuoteIdChanges.map((change) =>
    change.id === "transfers/require-quote-id"
      ? { ...change, up: undefined, down: undefined, map: { up: () => ({ quoteId }), down: () => ({}) } }
      : change,
  ) as Change[]; // no type stands in the way of plain data
  const [law] = laws(createRegistry(destructive), { runs, versions: proposal }).filter(({ name }) =>
    name.startsWith("POST /transfers"),
  );
  expect(law).toBeDefined();
  expect(() => law?.check()).toThrow("Property failed");
});
