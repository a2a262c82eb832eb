import { describe, expect, test } from "vitest";
import { fulfilmentFault } from "../src/exchange/fulfilment-check.ts";
import { createIlp } from "../src/ilp.ts";
import { createClient } from "../src/index.ts";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { fulfilment, transfer, UUID } from "./support/messages.ts";
import { sendCallback, serve, startPeer, typed } from "./support/peer.ts";

const good = fulfilment.fulfilment;
const wrong = "A".repeat(43);
const { condition } = transfer;

// API Definition 4.4 and 6.7.4: only the preimage of the condition shows that the payee has the money.
const ROWS = [
  ["the preimage", "POST /transfers", { condition }, { fulfilment: good, transferState: "COMMITTED" }, true],
  [
    "another preimage",
    "POST /transfers",
    { condition },
    { fulfilment: wrong, transferState: "COMMITTED" },
    false,
  ],
  ["none, but COMMITTED", "POST /transfers", { condition }, { transferState: "COMMITTED" }, false],
  ["none, and ABORTED", "POST /transfers", { condition }, { transferState: "ABORTED" }, true],
  [
    "a wrong one, RESERVED",
    "POST /transfers",
    { condition },
    { fulfilment: wrong, transferState: "RESERVED" },
    false,
  ],
  [
    "16 octets",
    "POST /transfers",
    { condition },
    { fulfilment: "AAAAAAAAAAAAAAAAAAAAAA", transferState: "COMMITTED" },
    false,
  ],
  [
    "a conversion's",
    "POST /fxTransfers",
    { condition },
    { fulfilment: good, conversionState: "COMMITTED" },
    true,
  ],
  [
    "a wrong conversion's",
    "POST /fxTransfers",
    { condition },
    { fulfilment: wrong, conversionState: "COMMITTED" },
    false,
  ],
  [
    "a bulk's, one failed",
    "POST /bulkTransfers",
    {
      individualTransfers: [
        { transferId: "1", condition },
        { transferId: "2", condition },
      ],
    },
    { individualTransferResults: [{ transferId: "1", fulfilment: good }, { transferId: "2" }] },
    true,
  ],
  [
    "a bulk's, one wrong",
    "POST /bulkTransfers",
    { individualTransfers: [{ transferId: "1", condition }] },
    { individualTransferResults: [{ transferId: "1", fulfilment: wrong }] },
    false,
  ],
  ["a quote has none", "POST /quotes", { condition }, { fulfilment: wrong }, true],
] as const;

test.each(ROWS)("%s", (_name, operation, sent, answer, isGood) => {
  expect(fulfilmentFault(operation, sent, answer) === undefined).toBe(isGood);
});

test("a payer gets an error, not data, for a fulfilment that does not match", async () => {
  const hub = await startPeer();
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url });
  const callbacks = await serve(client.callbacks);
  const answer = client.transfers.prepare(transfer);
  await hub.until(1);
  const sent = { type: typed("transfers", "1.1"), body: { ...fulfilment, fulfilment: wrong } };
  expect((await sendCallback(callbacks, `/transfers/${UUID}`, sent)).status).toBe(200);
  expect(await answer).toMatchObject({
    error: { via: "fulfilment", errorInformation: { errorCode: "3100" } },
    source: "payeefsp",
  });
});

describe("terms that cannot be written are an error that says what can", () => {
  const party = { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "1", fspId: "a" } };
  const agreed = { transactionId: UUID, quoteId: UUID, payee: party, payer: party };
  test.each([
    ["v1", { ...agreed, amount: { amount: "1.001", currency: "USD" } }, "at most 2 decimals"],
    ["v1", { ...agreed, amount: { amount: "1.5", currency: "UGX" } }, "at most 0 decimals"],
    ["v1", { ...agreed, amount: { amount: "184467440737095516.16", currency: "USD" } }, "64 bits"],
    ["v4", { ...agreed, amount: { amount: "1", currency: "USD" } }, "expiration"],
  ] as const)("ILP %s: %j", (version, transaction, message) => {
    expect(() => createIlp({ secret: "s", version }).terms(transaction)).toThrow(
      expect.objectContaining({
        code: "invalid-option",
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  test("what is not a packet has no fulfilment", () => {
    expect(createIlp({ secret: "s" }).fulfilmentOf({ ilpPacket: "AAAA", condition })).toBeUndefined();
    expect(() => createIlp({ secret: "" })).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});
