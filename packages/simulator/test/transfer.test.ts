import type { Version } from "@mojaloop-versioning/protocol";
import { expect, test } from "vitest";
import { conditionOf, readIlpPacket } from "../src/index.ts";
import { PAYMENT, startScheme } from "./scheme.ts";

type Row = [version: Version, operations: string[], why: string];

test.each<Row>([
  ["1.0", ["PUT /transfers/{ID}"], "API Definition 1.0 has no PATCH"],
  [
    "1.1",
    ["PUT /transfers/{ID}", "PATCH /transfers/{ID}"],
    "the payee answers RESERVED, API Definition 1.1, 6.7.1.3",
  ],
  ["2.0", ["PUT /transfers/{ID}", "PATCH /transfers/{ID}"], "the same in FSPIOP API 2.0"],
])("in %s a transfer ends with %j: %s", async (version, operations) => {
  const { hub, payer, payee } = await startScheme(version);
  const paid = await payer.pay(PAYMENT);
  if (!paid.ok) throw new Error(JSON.stringify(paid.error));
  const { transferId, fulfilment = "" } = paid.body;
  await payee.until(() => (payee.transfers.get(transferId)?.state === "COMMITTED" ? true : undefined));

  expect([payer, payee].map(({ transfers }) => transfers.get(transferId)?.state)).toEqual([
    "COMMITTED",
    "COMMITTED",
  ]);
  expect(hub.transfers.get(transferId)).toMatchObject({
    state: "COMMITTED",
    payerFsp: "payerfsp",
    payeeFsp: "payeefsp",
  });
  expect(hub.transfers.get(transferId)?.condition).toBe(conditionOf(fulfilment));
  const closing = [...payer.received, ...payee.received]
    .map((message) => message.operation)
    .filter((operation) => operation.endsWith(" /transfers/{ID}"));
  expect(closing).toEqual(operations);
  expect([hub, payer, payee].flatMap(({ failures }) => failures)).toEqual([]);
});

test("the ILP packet of a quote holds its transaction, and the transfer carries it unchanged (API Definition 7.4.17)", async () => {
  const { payer, payee } = await startScheme("1.1");
  await payer.pay(PAYMENT);
  const quoted = payer.received.find(({ operation }) => operation === "PUT /quotes/{ID}")?.body;
  const prepared = payee.received.find(({ operation }) => operation === "POST /transfers")?.body;
  const asked = payee.received.find(({ operation }) => operation === "POST /quotes")?.body;
  const { ilpPacket } = quoted as { ilpPacket: string };
  expect(prepared).toMatchObject({ ilpPacket });
  const payment = readIlpPacket(ilpPacket);
  const { quoteId } = asked as { quoteId: string };
  expect(payment).toMatchObject({
    amount: 1050n,
    account: "g.payeefsp.msisdn.123",
    transaction: { quoteId },
  });
});
