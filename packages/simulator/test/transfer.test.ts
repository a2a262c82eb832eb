import type { Version } from "@mojaloop-versioning/protocol";
import { afterEach, expect, test } from "vitest";
import { conditionOf, createDfsp, createHub, readIlpPacket, type Dfsp, type Hub } from "../src/index.ts";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
});

async function scheme(
  version: Version,
  state?: "COMMITTED" | "RESERVED",
): Promise<{ hub: Hub; payer: Dfsp; payee: Dfsp }> {
  const hub = await createHub({ version });
  const payer = await createDfsp({ fspId: "payerfsp", version, hub });
  const parties = [{ type: "MSISDN", id: "123", party: { name: "Ada" } }];
  const payee = await createDfsp({
    fspId: "payeefsp",
    version,
    hub,
    parties,
    ...(state && { transferState: state }),
  });
  running.push(hub, payer, payee);
  return { hub, payer, payee };
}

const PAYMENT = { to: { type: "MSISDN", id: "123" }, amount: { amount: "10.5", currency: "USD" } };

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
  const { hub, payer, payee } = await scheme(version);
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
  const { payer, payee } = await scheme("1.1");
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

test("a party that nobody has comes back as an error callback", async () => {
  const { payer } = await scheme("1.1");
  const found = await payer.pay({ ...PAYMENT, to: { type: "MSISDN", id: "999" } });
  expect(found).toMatchObject({ ok: false, via: "callback", error: { errorCode: "3204" } });
});

test("a message in a version that the hub does not speak is refused at once with the list", async () => {
  const { payer } = await scheme("1.1");
  const answer = await payer.request({ method: "GET", path: "/parties/MSISDN/123", version: "9.0" });
  expect(answer).toMatchObject({
    ok: false,
    via: "response",
    status: 406,
    error: { errorCode: "3001" },
    versions: ["1.1"],
  });
});

test("faults happen once, to the operation they are for", async () => {
  const { payer, hub } = await scheme("1.1");
  hub.fault({ on: "POST /quotes", status: 503 });
  expect(await payer.pay(PAYMENT)).toMatchObject({ ok: false, via: "response", status: 503 });
  expect(await payer.pay(PAYMENT)).toMatchObject({ ok: true });
});
