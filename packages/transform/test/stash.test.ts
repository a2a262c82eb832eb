import { describe, expect, test } from "vitest";
import { createRegistry, fspiopChanges, type Conversion, type StashStore } from "../src/index.ts";

const registry = createRegistry(fspiopChanges);
const down = registry.between("quotes", "2.0", "1.1", "POST /quotes");
const up = registry.between("quotes", "1.1", "2.0", "POST /quotes");
const older = registry.between("quotes", "2.0", "1.0", "POST /quotes");
const newer = registry.between("quotes", "1.0", "2.0", "POST /quotes");

const money = { currency: "USD", amount: "1" };
const party = (fspId: string): object => ({
  partyIdInfo: {
    partyIdType: "MSISDN",
    partyIdentifier: "123",
    fspId,
    extensionList: { extension: [{ key: "k", value: "v" }] },
  },
  personalInfo: { kycInformation: "kyc of " + fspId, dateOfBirth: "1990-01-01" },
  supportedCurrencies: ["USD", "EUR"],
});
const quote = {
  quoteId: "b51ec534-ee48-4575-b6a9-ead2955b8069",
  transactionId: "85feac2f-39b2-491b-817e-4a03203d4f14",
  payer: party("payer"),
  payee: party("payee"),
  amountType: "SEND",
  amount: money,
  converter: "PAYER",
  currencyConversion: { sourceAmount: money, targetAmount: { currency: "EUR", amount: "2" } },
  transactionType: { scenario: "TRANSFER", initiator: "PAYER", initiatorType: "CONSUMER" },
  extensionList: { extension: [{ key: "own", value: "entry" }] },
};

function bodyOf(outcome: Conversion): Record<string, unknown> {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.body as Record<string, unknown>; // every body here is an object
}
function entriesOf(body: Record<string, unknown>): { key: string; value: string }[] {
  return (body["extensionList"] as { extension: { key: string; value: string }[] }).extension; // put there by the stash
}

describe("a full quote (docs/fspiop-facts.md 3.2, rows 3 to 5)", () => {
  test.each([
    ["2.0 to 1.1 and back", down, up],
    ["2.0 to 1.0 and back", older, newer],
  ])("%s is the original, byte by byte in canonical order", (_way, there, back) => {
    const away = bodyOf(there(quote, { stash: true }));
    expect(away).not.toHaveProperty("converter");
    expect(bodyOf(back(away))).toEqual(quote);
  });

  test("the stash keeps the limits of API Definition 7.4.3 and 7.4.4", () => {
    const entries = entriesOf(bodyOf(older(quote, { stash: true })));
    expect(entries.length).toBeLessThanOrEqual(16);
    expect(entries[0]).toEqual({ key: "own", value: "entry" });
    for (const { key, value } of entries) {
      expect(key.length).toBeLessThanOrEqual(32);
      expect(value.length).toBeLessThanOrEqual(128);
      expect(value.length).toBeGreaterThan(0);
    }
  });

  test("through 1.0, 1.1 and 2.0 one by one, each version restores the values that it has a place for", () => {
    const at1_0 = bodyOf(older(quote, { stash: true }));
    const at1_1 = bodyOf(registry.between("quotes", "1.0", "1.1", "POST /quotes")(at1_0));
    expect(at1_1).toHaveProperty("payer.partyIdInfo.extensionList");
    expect(at1_1).not.toHaveProperty("payer.supportedCurrencies");
    expect(bodyOf(up(at1_1))).toEqual(quote);
  });

  test("is refused without a stash, since 1.1 has no quotes across currencies", () => {
    expect(down(quote)).toMatchObject({ ok: false, refusal: { pointer: "/converter" } });
  });
});

type Edit = [what: string, edit: (body: Record<string, unknown>) => unknown];
test.each<Edit>([
  ["the amount", (body) => ({ ...body, amount: { currency: "USD", amount: "9" } })],
  ["a member added", (body) => ({ ...body, note: "new" })],
  [
    "an entry of the stash",
    (body) => ({
      ...body,
      extensionList: {
        extension: entriesOf(body).map(({ key, value }) => ({ key, value: value.replace("EUR", "GBP") })),
      },
    }),
  ],
  [
    "an entry of the stash lost",
    (body) => ({ ...body, extensionList: { extension: entriesOf(body).slice(0, -1) } }),
  ],
])("with %s edited, nothing old is revived and the stash is gone", (_what, edit) => {
  const edited = edit(bodyOf(down(quote, { stash: true })));
  const outcome = up(edited, { report: true });
  const body = bodyOf(outcome);
  expect(body).not.toHaveProperty("converter");
  expect(body).not.toHaveProperty("payer.supportedCurrencies");
  expect(body["extensionList"]).toEqual(quote.extensionList);
  expect(outcome.ok && outcome.report?.dropped).toEqual([{ pointer: "/extensionList", changeId: "stash" }]);
});

test("a reordered message is the same message", () => {
  const away = bodyOf(down(quote, { stash: true }));
  const reordered = Object.fromEntries(Object.entries(away).reverse());
  expect(bodyOf(up(reordered))).toEqual(quote);
});

describe("a stash from outside", () => {
  // Anyone can compute the guard: what it guards must still be something that this version lost.
  const forge = (visible: object, content: object): unknown => {
    const store = new Map<string, string>();
    const spy: StashStore = {
      get: (key) => store.get(key) ?? JSON.stringify(content),
      set: () => undefined,
    };
    return bodyOf(up(visible, { stash: spy }));
  };
  test.each<[content: object, why: string]>([
    [{ "2.0": { "/amount": { currency: "USD", amount: "1000000" } } }, "not a pointer that 1.1 loses"],
    [{ "2.0": { "/__proto__/polluted": true } }, "a path into a prototype"],
    [{ "2.0": { "/payer/__proto__": {} } }, "a prototype"],
    [{ "2.0": { "/payer/supportedCurrencies": "USD" } }, "not what 2.0 says of it"],
    [{ "2.0": { "/payer/supportedCurrencies": ["NOPE!"] } }, "no currency"],
    [{ "1.1": { "/payer/supportedCurrencies": ["USD"] } }, "not of this version"],
    [{ "2.0": ["USD"] }, "no pointers at all"],
    [["2.0"], "no versions at all"],
  ])("%j puts nothing back: %s", (content) => {
    const visible = { payer: { partyIdInfo: {} }, amount: money };
    expect(forge(visible, content)).toEqual(visible);
    expect("polluted" in {}).toBe(false);
  });

  test("an existing member is never overwritten", () => {
    const visible = { payer: { supportedCurrencies: ["GBP"] } };
    expect(forge(visible, { "2.0": { "/payer/supportedCurrencies": ["USD"] } })).toEqual(visible);
  });
});

describe("what does not fit", () => {
  const long = {
    ...quote,
    payer: { personalInfo: { kycInformation: "😀".repeat(2000) } },
    converter: undefined,
    currencyConversion: undefined,
  };

  test("is refused where there is no store", () => {
    expect(down(long, { stash: true })).toMatchObject({
      ok: false,
      refusal: { errorCode: "3103", changeId: "stash", pointer: "/extensionList" },
    });
  });

  test("goes to the store, and comes back from it", () => {
    const stash = new Map<string, string>();
    const away = bodyOf(down(long, { stash }));
    expect(away["extensionList"]).toEqual(quote.extensionList);
    expect(stash.size).toBe(1);
    expect(bodyOf(up(away, { stash }))).toEqual(JSON.parse(JSON.stringify(long)));
    expect(bodyOf(up(away, { stash: new Map() }))).not.toHaveProperty("payer.personalInfo.kycInformation");
  });

  test("goes to the store where the older body has no extension list (PUT /parties of 1.0)", () => {
    const stash = new Map<string, string>();
    const body = { party: { partyIdInfo: { partyIdType: "MSISDN" }, supportedCurrencies: ["USD"] } };
    const put = "PUT /parties/{Type}/{ID}";
    const away = bodyOf(registry.between("parties", "2.0", "1.0", put)(body, { stash }));
    expect(away).toEqual({ party: { partyIdInfo: { partyIdType: "MSISDN" } } });
    expect(bodyOf(registry.between("parties", "1.0", "2.0", put)(away, { stash }))).toEqual(body);
  });
});
