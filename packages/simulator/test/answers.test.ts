import { errorBody } from "@mojaloop-versioning/protocol";
import { expect, test } from "vitest";
import { conditionOf, type Message } from "../src/index.ts";
import { APIS } from "./apis.ts";
import { ask, PARTY, PAYMENT, requestOf, startScheme } from "./scheme.ts";

const [, V1_1, V2_0] = APIS;

test("an answer of one's own takes the place of the built-in one", async () => {
  const { payer } = await startScheme("1.1", {
    payee: {
      answers: {
        "GET /parties/{Type}/{ID}": ({ params }: Message) => ({
          party: { partyIdInfo: { partyIdType: params["Type"], partyIdentifier: "456", fspId: "payeefsp" } },
        }),
        "POST /quotes": () => errorBody("5101", "too dear"),
        "POST /transactionRequests": () => undefined,
      },
    },
  });
  const found = await payer.request({ method: "GET", path: "/parties/MSISDN/123" });
  expect(found).toMatchObject({ body: { party: { partyIdInfo: { partyIdentifier: "456" } } } });
  expect(await payer.pay(PAYMENT)).toMatchObject({
    ok: false,
    via: "callback",
    error: { errorCode: "5101", errorDescription: "too dear" },
  });
});

test("undefined leaves a request without a callback", async () => {
  const { payer } = await startScheme("1.1", {
    payer: { timeoutMs: 50 },
    payee: { answers: { "GET /parties/{Type}/{ID}": () => undefined } },
  });
  expect(await payer.pay(PAYMENT)).toMatchObject({ ok: false, via: "timeout", error: { errorCode: "2004" } });
});

test("an answer that its version does not allow is refused by the one who gets it, and told in failures", async () => {
  const { payer, payee } = await startScheme("1.1", {
    payee: { answers: { "POST /quotes": () => ({ nothing: true }) } },
  });
  await payer.send(requestOf(V1_1, "POST /quotes", "payeefsp"));
  const failure = await payee.until(() => payee.failures[0]);
  expect(failure?.message).toMatch(/^PUT \/quotes\/\S+ was answered 400: .*is missing/);
});

// API Definition 3.2.5.1
test("a resend gets the same answer, a request that only bears its id is refused with 3106", async () => {
  const { payer, payee } = await startScheme("1.1");
  payer.connect(payee.url);
  payee.connect(payer.url);
  const quote = requestOf(V1_1, "POST /quotes", "payeefsp", { payee: { partyIdInfo: {} } });
  const first = await payer.request(quote);
  const second = await payer.request(quote);
  expect(first).toMatchObject({ ok: true });
  expect(second.ok && second.body).toEqual(first.ok && first.body);
  const modified = { ...(quote.body as object), note: "another" };
  expect(await payer.request({ ...quote, body: modified })).toMatchObject({
    ok: false,
    via: "callback",
    error: { errorCode: "3106" },
  });
  // And a GET gives what the quote was.
  const { quoteId } = quote.body as { quoteId: string };
  const asked = await payer.request({ method: "GET", path: `/quotes/${quoteId}`, destination: "payeefsp" });
  expect(asked.ok && asked.body).toEqual(first.ok && first.body);
});

test("through the hub a transfer that comes again goes on once, a modified one is refused", async () => {
  const { payer, payee, hub } = await startScheme("1.1");
  await payer.pay(PAYMENT);
  const sent = hub.received.find(({ operation }) => operation === "POST /transfers");
  const again = { method: "POST", path: "/transfers", destination: "payeefsp", body: sent?.body } as const;
  expect(await payer.send(again)).toMatchObject({ status: 202 });
  const modified = { ...(sent?.body as object), extensionList: { extension: [{ key: "a", value: "b" }] } };
  expect(await payer.request({ ...again, body: modified })).toMatchObject({ error: { errorCode: "3106" } });
  expect(payee.received.filter(({ operation }) => operation === "POST /transfers")).toHaveLength(1);
});

test("every transfer of a bulk is fulfilled by the quote of its own, and a foreign condition is refused", async () => {
  const { payer } = await startScheme("2.0");
  const answer = await ask({ payer }, V2_0, "POST /bulkQuotes", "payeefsp");
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  const { individualQuoteResults: quotes } = answer.body as {
    individualQuoteResults: { transferAmount: object; ilpPacket: string; condition: string }[];
  };
  const [quote] = quotes;
  const transfer = (transferId: string, condition = quote?.condition): object => ({
    transferId,
    transferAmount: quote?.transferAmount,
    ilpPacket: quote?.ilpPacket,
    condition,
  });
  const ids = ["b51ec534-ee48-4575-b6a9-ead2955b8069", "b51ec534-ee48-4575-b6a9-ead2955b806a"] as const;
  const request = requestOf(V2_0, "POST /bulkTransfers", "payeefsp");
  const individualTransfers = [transfer(ids[0]), transfer(ids[1], conditionOf("AAAA"))];
  const done = await payer.request({
    ...request,
    body: { ...(request.body as object), individualTransfers },
  });
  expect(done).toMatchObject({
    ok: true,
    body: {
      bulkTransferState: "COMPLETED",
      individualTransferResults: [
        { transferId: ids[0], fulfilment: expect.any(String) as unknown },
        { transferId: ids[1], errorInformation: { errorCode: "5000" } },
      ],
    },
  });
});

test("a conversion is committed by a fulfilment that meets the condition of its quote", async () => {
  const { payer } = await startScheme("2.0");
  const quoted = await ask({ payer }, V2_0, "POST /fxQuotes", "payeefsp");
  const done = await ask({ payer }, V2_0, "POST /fxTransfers", "payeefsp");
  if (!quoted.ok || !done.ok) throw new Error("refused");
  const { condition } = quoted.body as { condition: string };
  const { fulfilment, conversionState } = done.body as { fulfilment: string; conversionState: string };
  expect([conversionState, condition]).toEqual(["COMMITTED", expect.stringMatching(/^[\w-]{43}$/)]);
  expect(conditionOf(fulfilment)).toMatch(/^[\w-]{43}$/);
});

test("a party is found below its SubId, and says it", async () => {
  const { payer } = await startScheme("1.0");
  const found = await payer.request({ method: "GET", path: `/parties/${PARTY.type}/${PARTY.id}/PASSPORT` });
  expect(found).toMatchObject({ body: { party: { partyIdInfo: { partySubIdOrType: "PASSPORT" } } } });
});
