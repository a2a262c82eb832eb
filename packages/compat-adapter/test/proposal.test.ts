import { createDfsp, createHub } from "@mojaloop-versioning/simulator";
import { createRegistry, fspiopChanges, requireQuoteId } from "@mojaloop-versioning/transform";
import { transferQuoteId } from "@mojaloop-versioning/types/proposals/transfer-quote-id";
import { TransfersPostRequest } from "@mojaloop-versioning/types/proposals/transfer-quote-id/validate";
import { expect, test } from "vitest";
import { createCompatAdapter, FSPIOP_APIS } from "../src/index.ts";

test("a hub on the proposal that a transfer names its quote: payers of 1.x need not know (issue 7, item 6)", async () => {
  const hub = await createHub({ version: transferQuoteId });
  const payers = await Promise.all([
    createDfsp({ fspId: "payer10", version: "1.0" }),
    createDfsp({ fspId: "payer11", version: "1.1" }),
  ]);
  const payee = await createDfsp({ fspId: "payee", version: "1.1", parties: [{ type: "MSISDN", id: "1" }] });
  const dfsps = [...payers, payee];
  const adapter = createCompatAdapter({
    hub: { url: hub.url, version: transferQuoteId },
    participants: Object.fromEntries(
      dfsps.map(({ fspId, url, api }) => [fspId, { url, version: api.version }]),
    ),
    registry: createRegistry([...fspiopChanges, requireQuoteId]),
    apis: [...FSPIOP_APIS.filter(({ api }) => api.version !== "2.0"), { api: transferQuoteId }],
  });
  const urls = await adapter.listen();
  for (const dfsp of dfsps) {
    dfsp.connect(urls.participants);
    hub.register({ fspId: dfsp.fspId, parties: dfsp.parties, url: urls.hub });
  }
  for (const payer of payers) {
    expect(
      await payer.pay({ to: { type: "MSISDN", id: "1" }, amount: { amount: "5", currency: "USD" } }),
    ).toMatchObject({
      ok: true,
      body: { state: "COMMITTED" },
    });
  }
  const quotes = hub.received.filter(({ operation }) => operation === "POST /quotes");
  const transfers = hub.received.filter(({ operation }) => operation === "POST /transfers");
  expect(transfers.map(({ version, body }) => [version, TransfersPostRequest(body).ok])).toEqual([
    ["2.0", true],
    ["2.0", true],
  ]);
  const quoteIds = (messages: typeof quotes): unknown[] =>
    messages.map(({ body }) => (body as { quoteId?: string }).quoteId); // both are judged
  expect(quoteIds(transfers)).toEqual(quoteIds(quotes));
  await Promise.all([...dfsps, hub].map((each) => each.close()));
  await adapter.close();
});
