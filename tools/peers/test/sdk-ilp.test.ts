import { conditionOf, createIlp, isFulfilled, transferMismatch } from "@mojaloop-versioning/client/ilp";
import { Ilp } from "@mojaloop/sdk-standard-components";
import currencyDecimals from "@mojaloop/sdk-standard-components/src/lib/ilp/currency.json" with { type: "json" };
import { describe, expect, test } from "vitest";
import { SDK_LOGGER } from "./support/sdk.ts";

// A payee that changes from the SDK to the client, or back, must be able to fulfil its open quotes.
const SECRET = "a secret of the payee";

const payee = {
  partyIdInfo: {
    partyIdType: "MSISDN",
    partyIdentifier: "123456789",
    partySubIdOrType: "Home",
    fspId: "payeefsp",
  },
};
const payer = { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "987654321", fspId: "payerfsp" } };

function transaction(amount: string, currency: string) {
  return {
    transactionId: "85feac2f-39b2-491b-817e-4a03203d4f14",
    quoteId: "7c23e80c-d078-4077-8263-2c047876fcf6",
    payee,
    payer,
    amount: { amount, currency },
    transactionType: { scenario: "TRANSFER", initiator: "PAYER", initiatorType: "CONSUMER" },
    expiration: "2030-01-02T03:04:05.678Z",
    note: "für Ünïcode 😀",
  } as const;
}

const CONVERSION = {
  conversionRequestId: "b51ec534-ee48-4575-b6a9-ead2955b8069",
  conversionTerms: {
    conversionId: "581f68ef-b54f-416f-9161-ac34e889a84b",
    initiatingFsp: "payerfsp",
    counterPartyFsp: "FxpFsp",
    amountType: "SEND",
    sourceAmount: { amount: "1.5", currency: "USD" },
    targetAmount: { currency: "TZS" },
    expiration: "2030-01-02T03:04:05.678Z",
  },
} as const;

const AMOUNTS = [
  ["100", "USD"],
  ["100.50", "USD"],
  ["0.1", "USD"],
  ["12345678901234", "USD"],
  ["7", "UGX"],
  ["7.125", "TND"],
] as const;

describe.each(["v1", "v4"] as const)("ILP %s", (version) => {
  const sdk = Ilp.ilpFactory(version, { secret: SECRET, logger: SDK_LOGGER });
  const ilp = createIlp({ secret: SECRET, version });

  test.each(AMOUNTS)("packet, condition and fulfilment are the SDK's: %s %s", (amount, currency) => {
    const agreed = transaction(amount, currency);
    const terms = ilp.terms(agreed);
    expect(terms).toEqual(sdk.getResponseIlp(agreed));
    expect(sdk.validateFulfil(terms.fulfilment, terms.condition)).toBe(true);
    expect(sdk.calculateFulfil(terms.ilpPacket)).toBe(terms.fulfilment);
    expect(ilp.fulfilmentOf(terms)).toBe(terms.fulfilment);
    expect(sdk.getTransactionObject(terms.ilpPacket)).toEqual(agreed);
  });

  test("the terms of a currency conversion are the SDK's", () => {
    const terms = sdk.getFxQuoteResponseIlp(CONVERSION, CONVERSION);
    expect(ilp.terms(CONVERSION)).toEqual(terms);
    expect(ilp.fulfilmentOf(terms)).toBe(terms.fulfilment);
  });

  test("the secret decides: another payee's condition is not fulfilled", () => {
    const terms = createIlp({ secret: "another", version }).terms(transaction("1", "USD"));
    expect(ilp.fulfilmentOf(terms)).toBeUndefined();
    expect(isFulfilled(terms.condition, ilp.terms(transaction("1", "USD")).fulfilment)).toBe(false);
    expect(conditionOf(terms.fulfilment)).toBe(sdk.calculateConditionFromFulfil(terms.fulfilment));
  });

  test("both judge a transfer against its packet alike", () => {
    const { ilpPacket } = ilp.terms(transaction("100", "USD"));
    const transfer = {
      ilpPacket,
      payerFsp: "payerfsp",
      payeeFsp: "payeefsp",
      amount: { amount: "100", currency: "USD" },
    };
    const rows = [
      [transfer, undefined],
      [{ ...transfer, payerFsp: "otherfsp" }, "/payerFsp"],
      [{ ...transfer, payeeFsp: "otherfsp" }, "/payeeFsp"],
      [{ ...transfer, amount: { amount: "100", currency: "EUR" } }, "/amount/currency"],
      [{ ...transfer, amount: { amount: "101", currency: "USD" } }, "/amount/amount"],
    ] as const;
    for (const [sent, mismatch] of rows) {
      expect(transferMismatch(sent)).toBe(mismatch);
      expect(sdk.validateIlpAgainstTransferRequest(sent as never)).toBe(mismatch === undefined); // its type is that of a packet
    }
  });
});

// Where ISO 4217 (list one) and the SDK's table differ, a payee of the one still fulfils what it quoted itself, since the packet
// keeps its amount.
const OTHER_DIGITS = ["XXX", "XTS"]; // no currency and a code for tests, without digits in ISO 4217

test("every currency of the SDK has the same smallest unit", () => {
  const sdk = Ilp.ilpFactory("v1", { secret: SECRET, logger: SDK_LOGGER });
  const ilp = createIlp({ secret: SECRET });
  const different = Object.keys(currencyDecimals).filter((currency) => {
    const agreed = transaction("5", currency);
    return ilp.terms(agreed).ilpPacket !== sdk.getResponseIlp(agreed).ilpPacket;
  });
  expect(different.filter((currency) => !OTHER_DIGITS.includes(currency))).toEqual([]);
});
