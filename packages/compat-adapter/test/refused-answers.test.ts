import { formatMediaType, type Version } from "@mojaloop-versioning/protocol";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fields, QUOTE, send, startWire, TRANSFER, type Wire } from "./support/wire.ts";

// An answer that cannot be forwarded is refused, and its receiver gets an error callback.

let wire: Wire;
beforeAll(async () => {
  wire = await startWire();
});
afterAll(() => wire.close());
beforeEach(() => {
  for (const recorder of [wire.hub, wire.old, wire.mid, wire.new]) {
    recorder.received.length = 0;
    recorder.answer = () => ({});
  }
});

const QUOTE_PATH = `/quotes/${QUOTE.quoteId}`;
const TRANSFER_PATH = `/transfers/${TRANSFER.transferId}`;
const BULK_PATH = `/bulkTransfers/${TRANSFER.transferId}`;
const QUOTES = (version: Version): string => formatMediaType({ resource: "quotes", version });
const FULFILMENT = "WLctttbu2HvTsa1XWvUoGRcQozHsqeu9Ahl2JW9Bsu8";
/** What it protects cannot be read, so that no change is safe. */
const SIGNATURE = { "fspiop-signature": '{"signature":"x"}' };

type Row = [
  what: string,
  path: string,
  body: string,
  more: Readonly<Record<string, string>>,
  code: string,
  told: string | undefined,
  why: string,
];

test.each<Row>([
  [
    "a quote that lacks a member",
    QUOTE_PATH,
    "{}",
    {},
    "3102",
    `${QUOTE_PATH}/error`,
    "no money moves by a quote",
  ],
  ["a quote that is no JSON", QUOTE_PATH, "{", {}, "3101", `${QUOTE_PATH}/error`, "the same"],
  [
    "an error that lacks a member",
    `${QUOTE_PATH}/error`,
    "{}",
    {},
    "3102",
    `${QUOTE_PATH}/error`,
    "it failed anyhow",
  ],
  [
    "a signed answer that must change (Signature 1.1, section 2)",
    "/parties/MSISDN/1",
    JSON.stringify({ party: { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "1" } } }),
    SIGNATURE,
    "3105",
    "/parties/MSISDN/1/error",
    "nothing moves by a look-up",
  ],
  [
    "a transfer that has committed",
    TRANSFER_PATH,
    JSON.stringify({ transferState: "COMMITTED", fulfilment: "too short" }),
    {},
    "3100",
    undefined,
    "an error callback would take the payee's money; the sender may answer again until the transfer expires",
  ],
  [
    "a signed transfer that has committed",
    TRANSFER_PATH,
    JSON.stringify({ transferState: "COMMITTED", fulfilment: FULFILMENT }),
    SIGNATURE,
    "3105",
    undefined,
    "the same",
  ],
  [
    "a transfer of which nothing can be read",
    TRANSFER_PATH,
    "{",
    {},
    "3101",
    undefined,
    "it may have committed",
  ],
  ["a transfer without a state", TRANSFER_PATH, "{}", {}, "3102", undefined, "the same"],
  [
    "a transfer that says aborted and fulfils",
    TRANSFER_PATH,
    JSON.stringify({ transferState: "ABORTED", fulfilment: "x" }),
    {},
    "3100",
    undefined,
    "who knows which of them is true",
  ],
  [
    "a transfer that was aborted",
    TRANSFER_PATH,
    JSON.stringify({ transferState: "ABORTED", completedTimestamp: "x" }),
    {},
    "3100",
    `${TRANSFER_PATH}/error`,
    "no money has moved",
  ],
  [
    "an error about a transfer",
    `${TRANSFER_PATH}/error`,
    "{",
    {},
    "3101",
    `${TRANSFER_PATH}/error`,
    "its path says that it failed",
  ],
  [
    "a bulk transfer that completed",
    BULK_PATH,
    JSON.stringify({ bulkTransferState: "COMPLETED", completedTimestamp: "x" }),
    {},
    "3100",
    undefined,
    "money may have moved",
  ],
  [
    "a bulk transfer that was rejected",
    BULK_PATH,
    JSON.stringify({ bulkTransferState: "REJECTED", completedTimestamp: "x" }),
    {},
    "3100",
    `${BULK_PATH}/error`,
    "none has",
  ],
])("from a DFSP: %s (PUT %s %s)", async (_what, path, body, more, code, told) => {
  const resource = path.split("/")[1] ?? "";
  const headers = fields("PUT", resource, "1.0", "old", { "fspiop-destination": "new", ...more });
  const answer = await send(wire.urls.participants, "PUT", path, headers, body);
  expect(answer).toMatchObject({ code });
  expect(answer.status).toBe(400);
  expect(wire.new.received).toEqual([]);
  expect(wire.events.at(-1)).toMatchObject({ outcome: "refused", errorCallback: told !== undefined });
  expect(wire.hub.received.map(({ method, url }) => [method, url])).toEqual(
    told === undefined ? [] : [["PUT", told]],
  );
  if (told === undefined) return;
  const [got] = wire.hub.received;
  expect(got?.headers).toMatchObject({
    "content-type": formatMediaType({ resource, version: "2.0" }),
    "fspiop-source": "old",
    "fspiop-destination": "new",
  });
  expect(got?.headers).not.toHaveProperty("fspiop-signature");
  expect(JSON.parse(got?.body ?? "")).toEqual({
    errorInformation: {
      errorCode: code,
      errorDescription: expect.stringMatching(/^The answer of old cannot be forwarded: ./) as string,
    },
  });
});

type Head = [what: string, more: Record<string, string>, status: number, code: string, told: boolean];

test.each<Head>([
  ["in a version that nobody speaks", { "content-type": QUOTES("7.0") }, 406, "3001", true],
  [
    "of another resource",
    { "content-type": "application/vnd.interoperability.parties+json;version=1.0" },
    400,
    "3101",
    true,
  ],
  [
    "whose version is no version",
    { "content-type": QUOTES("1.0").replace("1.0", "01.0") },
    400,
    "3101",
    true,
  ],
  ["from nobody that is known", { "fspiop-source": "stranger" }, 400, "3200", false],
  [
    "from nobody that is known, in a version that nobody speaks",
    { "fspiop-source": "stranger", "content-type": QUOTES("7.0") },
    406,
    "3001",
    false,
  ],
])("an answer %s", async (_what, more, status, code, told) => {
  const headers = fields("PUT", "quotes", "1.0", "old", { "fspiop-destination": "new", ...more });
  const answer = await send(wire.urls.participants, "PUT", QUOTE_PATH, headers, "{}");
  expect(answer).toMatchObject({ status, code });
  expect(wire.hub.received.map(({ url, headers: { "fspiop-source": source } }) => [url, source])).toEqual(
    told ? [[`${QUOTE_PATH}/error`, "old"]] : [],
  );
  expect(wire.events.at(-1)).toMatchObject({ outcome: "refused", errorCallback: told });
});

test("a transfer in a version that nobody speaks may have committed", async () => {
  const headers = fields("PUT", "transfers", "7.0", "old", { "fspiop-destination": "new" });
  expect(await send(wire.urls.participants, "PUT", TRANSFER_PATH, headers, "{}")).toMatchObject({
    status: 406,
  });
  expect(wire.hub.received).toEqual([]);
});

test("a participant cannot end the conversation of another (decision 36)", async () => {
  const own = await startWire({ identify: () => "mid" });
  for (const version of ["1.0", "7.0"] as const) {
    const headers = fields("PUT", "quotes", version, "old", { "fspiop-destination": "new" });
    const answer = await send(own.urls.participants, "PUT", QUOTE_PATH, headers, "{}");
    expect(answer.status).toBe(version === "1.0" ? 403 : 406);
  }
  expect(own.hub.received).toEqual([]);
  await own.close();
});

test("towards a DFSP that waits: the error comes in its version, in the hub's name", async () => {
  const answer = fields("PUT", "quotes", "2.0", "new", { "fspiop-destination": "old", ...SIGNATURE });
  const body = JSON.stringify({
    transferAmount: { amount: "1", currency: "USD" },
    expiration: "2116-05-24T08:38:08.699-04:00",
    ilpPacket: TRANSFER.ilpPacket,
    condition: TRANSFER.condition,
  });
  expect(await send(wire.urls.hub, "PUT", QUOTE_PATH, answer, body)).toMatchObject({
    status: 400,
    code: "3105",
  });
  expect(wire.old.received).toMatchObject([
    {
      method: "PUT",
      url: `${QUOTE_PATH}/error`,
      headers: { "content-type": QUOTES("1.0"), "fspiop-source": "hub", "fspiop-destination": "old" },
    },
  ]);
  expect(JSON.parse(wire.old.received[0]?.body ?? "")).toMatchObject({
    errorInformation: { errorCode: "3105" },
  });
});

test("towards a payer whose transfer has been committed nothing says that it has not", async () => {
  const answer = fields("PUT", "transfers", "2.0", "new", { "fspiop-destination": "old", ...SIGNATURE });
  const body = JSON.stringify({ transferState: "COMMITTED", fulfilment: FULFILMENT });
  expect(await send(wire.urls.hub, "PUT", TRANSFER_PATH, answer, body)).toMatchObject({ code: "3105" });
  expect(wire.old.received).toEqual([]);
  expect(wire.events.at(-1)).toMatchObject({ outcome: "refused", errorCallback: false });
});

test("an answer larger than the limit, of equal versions or not, ends its conversation too", async () => {
  const small = await startWire({ limits: { bodyBytes: 200 } });
  for (const version of ["1.0", "2.0"] as const) {
    const source = version === "1.0" ? "old" : "new";
    const headers = fields("PUT", "quotes", version, source, { "fspiop-destination": "mid" });
    const answer = await send(small.urls.participants, "PUT", QUOTE_PATH, headers, `"${"x".repeat(300)}"`);
    expect(answer).toMatchObject({ status: 400, code: "3104" });
    expect(small.hub.received.at(-1)).toMatchObject({
      url: `${QUOTE_PATH}/error`,
      headers: { "fspiop-source": source, "content-type": QUOTES("2.0") },
    });
  }
  await small.close();
});

test("the same where it was already on its way when it outgrew the limit", async () => {
  const own = await startWire({ limits: { bodyBytes: 100_000 } });
  const body = ReadableStream.from(Array.from({ length: 30 }, () => Buffer.alloc(5_000, " ")));
  const headers = fields("PUT", "quotes", "2.0", "new", { "fspiop-destination": "mid" });
  const url = own.urls.participants + QUOTE_PATH;
  const answer = await fetch(url, { method: "PUT", headers, body, duplex: "half" });
  expect(await answer.text()).toContain('"3104"');
  expect(own.hub.received.at(-1)).toMatchObject({ url: `${QUOTE_PATH}/error` });
  await own.close();
});

test("the conversation ends under the id that the hub knows", async () => {
  const own = await startWire({ ids: true });
  const ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  const asked = fields("POST", "quotes", "2.0", "new", { "fspiop-destination": "mid" });
  await send(own.urls.hub, "POST", "/quotes", asked, JSON.stringify({ ...QUOTE, quoteId: ulid }));
  const { quoteId } = JSON.parse(own.mid.received[0]?.body ?? "") as typeof QUOTE; // what was sent, with another id
  const headers = fields("PUT", "quotes", "1.1", "mid", { "fspiop-destination": "new" });
  expect(await send(own.urls.participants, "PUT", `/quotes/${quoteId}`, headers, "{}")).toMatchObject({
    code: "3102",
  });
  expect(own.hub.received.at(-1)).toMatchObject({ url: `/quotes/${ulid}/error` });
  await own.close();
});

test("without anybody to tell, and where the hub does not take it, the sender alone is told", async () => {
  const nobody = fields("PUT", "quotes", "1.0", "old");
  expect(await send(wire.urls.participants, "PUT", QUOTE_PATH, nobody, "{}")).toMatchObject({ code: "3102" });
  expect(wire.hub.received).toEqual([]);
  wire.hub.answer = () => ({ status: 400 });
  const headers = fields("PUT", "quotes", "1.0", "old", { "fspiop-destination": "new" });
  expect(await send(wire.urls.participants, "PUT", QUOTE_PATH, headers, "{}")).toMatchObject({
    code: "3102",
  });
  expect(wire.events.at(-1)).toMatchObject({ errorCallback: false });
});
