import { formatMediaType, type Version } from "@mojaloop-versioning/protocol";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fields, QUOTE, send, startWire, TRANSFER, type Wire } from "./support/wire.ts";

let wire: Wire;
beforeAll(async () => {
  wire = await startWire({ validation: "strict" });
});
afterAll(() => wire.close());
beforeEach(() => {
  for (const recorder of [wire.hub, wire.old, wire.mid, wire.new]) {
    recorder.received.length = 0;
    recorder.answer = () => ({});
  }
});

const QUOTES = (version: Version): string => formatMediaType({ resource: "quotes", version });
const ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const TO_MID = { "fspiop-destination": "mid" };

test("to the hub: its version in Content-Type and Accept, its length, the sender's version in the answer (3.3.4)", async () => {
  const body = JSON.stringify(QUOTE);
  const answer = await send(
    wire.urls.participants,
    "POST",
    "/quotes",
    fields("POST", "quotes", "1.0", "old", TO_MID),
    body,
  );
  expect(answer).toEqual({ status: 202, type: QUOTES("1.0"), code: undefined, body: undefined });
  const [got] = wire.hub.received;
  expect(got).toMatchObject({
    method: "POST",
    url: "/quotes",
    body,
    headers: {
      "content-type": QUOTES("2.0"),
      accept: QUOTES("2.0"),
      "content-length": String(body.length),
      "fspiop-source": "old",
      "fspiop-destination": "mid",
    },
  });
});

test("to a participant: its configured version, and no Accept on a callback (API Definition 3.2.1, Table 1)", async () => {
  const party = {
    partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "1" },
    supportedCurrencies: ["USD"],
  };
  const headers = fields("PUT", "parties", "2.0", "new", { "fspiop-destination": "old", accept: "x" });
  const answer = await send(wire.urls.hub, "PUT", "/parties/MSISDN/1", headers, JSON.stringify({ party }));
  expect(answer).toMatchObject({ status: 200 });
  const [got] = wire.old.received;
  expect(got?.headers["content-type"]).toBe(formatMediaType({ resource: "parties", version: "1.0" }));
  expect(got?.headers).not.toHaveProperty("accept");
  expect(JSON.parse(got?.body ?? "")).toEqual({ party: { partyIdInfo: party.partyIdInfo } });
});

test("equal versions: the very bytes, the very media types", async () => {
  const own = await startWire();
  const body = ` {"quoteId" : "not looked at", "x": [1,2 , 3] } `;
  const accept = `${QUOTES("2.0")}, ${QUOTES("1.1")};q=0.5`;
  const headers = fields("POST", "quotes", "2.0", "new", { ...TO_MID, accept });
  expect(await send(own.urls.participants, "POST", "/quotes", headers, body)).toMatchObject({ status: 202 });
  expect(own.hub.received[0]).toMatchObject({ body, headers: { accept, "content-type": QUOTES("2.0") } });
  await own.close();
});

test("a callback has the version that its request asked for, whatever else is configured (3.3.4)", async () => {
  const asked = fields("POST", "quotes", "1.1", "new", TO_MID);
  await send(wire.urls.participants, "POST", "/quotes", asked, JSON.stringify(QUOTE));
  const callback = fields("PUT", "quotes", "2.0", "mid", { "fspiop-destination": "new" });
  const error = JSON.stringify({ errorInformation: { errorCode: "3205", errorDescription: "none" } });
  await send(wire.urls.hub, "PUT", `/quotes/${QUOTE.quoteId}/error`, callback, error);
  await send(wire.urls.hub, "PUT", `/quotes/${TRANSFER.transferId}/error`, callback, error);
  expect(wire.new.received.map(({ headers }) => headers["content-type"])).toEqual([
    QUOTES("1.1"),
    QUOTES("2.0"),
  ]);
});

test("a far end that refuses the version: its versions come back to the source in an error callback (3.3.4.3, Note)", async () => {
  const extension = [{ key: "1", value: "0" }];
  const refusal = {
    errorInformation: { errorCode: "3001", errorDescription: "no", extensionList: { extension } },
  };
  wire.mid.answer = () => ({ status: 406, body: JSON.stringify(refusal) });
  const headers = fields("POST", "quotes", "2.0", "old", TO_MID);
  const answer = await send(wire.urls.hub, "POST", "/quotes", headers, JSON.stringify(QUOTE));
  expect(answer).toMatchObject({ status: 406, code: "3001", body: refusal });
  expect(wire.hub.received).toHaveLength(1);
  const [got] = wire.hub.received;
  expect(got).toMatchObject({
    method: "PUT",
    url: `/quotes/${QUOTE.quoteId}/error`,
    headers: { "content-type": QUOTES("2.0"), "fspiop-source": "mid", "fspiop-destination": "old" },
  });
  expect(JSON.parse(got?.body ?? "")).toEqual(refusal);
});

test("the same where the versions were equal and the body was not read", async () => {
  wire.new.answer = () => ({
    status: 406,
    body: '{"errorInformation":{"errorCode":"3001","errorDescription":"no","extensionList":[{"key":"1","value":"1"}]}}',
  });
  const headers = fields("POST", "quotes", "2.0", "old", { "fspiop-destination": "new" });
  expect(await send(wire.urls.hub, "POST", "/quotes", headers, JSON.stringify(QUOTE))).toMatchObject({
    status: 406,
  });
  expect(JSON.parse(wire.hub.received[0]?.body ?? "")).toMatchObject({
    errorInformation: { errorCode: "3001", extensionList: { extension: [{ key: "1", value: "1" }] } },
  });
});

test("a hub that does not take the error callback is passed by: it goes to the source itself, in its version", async () => {
  wire.hub.answer = () => ({ status: 503 });
  const headers = fields("POST", "quotes", "2.0", "old", TO_MID);
  const body = JSON.stringify({ ...QUOTE, quoteId: ULID });
  const answer = await send(wire.urls.hub, "POST", "/quotes", headers, body);
  expect(answer).toMatchObject({ status: 400, code: "3100" });
  expect(wire.old.received[0]).toMatchObject({
    url: `/quotes/${ULID}/error`,
    headers: { "content-type": QUOTES("1.0"), "fspiop-source": "hub", "fspiop-destination": "old" },
  });
  expect(wire.mid.received).toEqual([]);
});

type Refused = [
  name: string,
  method: string,
  path: string,
  resource: string,
  body: object | undefined,
  code: string,
  callback: string,
];

test.each<Refused>([
  [
    "an id that 1.1 does not take",
    "POST",
    "/transfers",
    "transfers",
    { ...TRANSFER, transferId: ULID },
    "3100",
    `/transfers/${ULID}/error`,
  ],
  [
    "an id in the path",
    "GET",
    `/transfers/${ULID}`,
    "transfers",
    undefined,
    "3100",
    `/transfers/${ULID}/error`,
  ],
  [
    "a resource that 1.1 does not have",
    "GET",
    "/fxQuotes/1",
    "fxQuotes",
    undefined,
    "3002",
    "/fxQuotes/1/error",
  ],
])(
  "%s: an error callback to the source, nothing to the destination",
  async (_name, method, path, resource, body, code, callback) => {
    const headers = fields(method, resource, "2.0", "new", TO_MID);
    const answer = await send(wire.urls.hub, method, path, headers, body && JSON.stringify(body));
    expect(answer.code).toBe(code);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(wire.mid.received).toEqual([]);
    expect(wire.hub.received.map(({ method: put, url }) => [put, url])).toEqual([["PUT", callback]]);
    expect(wire.events.at(-1)).toMatchObject({ outcome: "refused", errorCallback: true });
  },
);

test("PATCH to a payee of 1.0, who never asked for it, is acknowledged and told of", async () => {
  const headers = fields("PATCH", "transfers", "2.0", "hub", { "fspiop-destination": "old" });
  const body = JSON.stringify({ completedTimestamp: "2026-01-01T00:00:00.000Z", transferState: "COMMITTED" });
  expect(
    await send(wire.urls.hub, "PATCH", `/transfers/${TRANSFER.transferId}`, headers, body),
  ).toMatchObject({ status: 200 });
  expect(wire.old.received).toEqual([]);
  expect(wire.events.at(-1)).toMatchObject({ outcome: "swallowed", participant: "old" });
});

type FarEnd = [status: number, body: string, answered: number, code: string, why: string];

test.each<FarEnd>([
  [
    400,
    '{"errorInformation":{"errorCode":"3103","errorDescription":"too many"}}',
    400,
    "3103",
    "an FSPIOP error is told as it is",
  ],
  [400, "oops", 400, "1001", "another one becomes one"],
  [301, "", 503, "1001", "a redirection is never followed, API Definition 3.2.4"],
  [500, "", 503, "1001", "500 is not among the statuses of API Definition 3.2.4"],
  [413, "", 503, "1001", "nor is 413"],
])("the hub answers %i %s: the sender gets %i and %s (%s)", async (status, body, answered, code) => {
  wire.hub.answer = () => ({ status, body, headers: { location: wire.old.url } });
  const headers = fields("GET", "transfers", "1.0", "old");
  const answer = await send(wire.urls.participants, "GET", "/transfers/1", headers);
  expect(answer).toMatchObject({ status: answered, code });
  expect(wire.hub.received).toHaveLength(1);
  expect(wire.old.received).toEqual([]);
});

test("a far end that cannot be reached is 503 and 1001, never a 202", async () => {
  const lonely = await startWire({
    participants: { old: { url: "http://127.0.0.1:9", version: "1.0" } },
    limits: { retries: 0 },
  });
  const headers = fields("POST", "quotes", "2.0", "new", { "fspiop-destination": "old" });
  const answer = await send(lonely.urls.hub, "POST", "/quotes", headers, JSON.stringify(QUOTE));
  await lonely.close();
  expect(answer).toMatchObject({ status: 503, code: "1001" });
});

test("a far end that never answers holds its sender no longer than the limit, and others not at all", async () => {
  const slow = await startWire({ limits: { timeoutMs: 100, inFlight: 2 } });
  slow.old.answer = () => ({ silent: true });
  const post = (to: string): ReturnType<typeof send> => {
    const headers = fields("POST", "quotes", "2.0", "new", { "fspiop-destination": to });
    return send(slow.urls.hub, "POST", "/quotes", headers, JSON.stringify(QUOTE));
  };
  const answers = await Promise.all([post("old"), post("old"), post("old"), post("mid")]);
  await slow.close();
  expect(
    answers
      .slice(0, 3)
      .map(({ code }) => code)
      .sort(),
  ).toEqual(["2003", "2004", "2004"]);
  expect(answers[3]).toMatchObject({ status: 202 });
});

test("a message that is sent again is the same, byte for byte (API Definition 3.2.5.1)", async () => {
  const body = JSON.stringify({ ...QUOTE, note: "once more" });
  for (let i = 0; i < 2; i++) {
    await send(
      wire.urls.participants,
      "POST",
      "/quotes",
      fields("POST", "quotes", "1.0", "old", TO_MID),
      body,
    );
  }
  const [first, second] = wire.hub.received;
  expect(second?.body).toBe(first?.body);
  expect(second?.rawHeaders).toEqual(first?.rawHeaders);
});

test("a participant of which nothing is configured is written to as it was last heard, else as the scheme says", async () => {
  const learned = await startWire({
    schemeVersion: "1.1",
    participants: { ...wire.options.participants, any: { url: wire.old.url } },
  });
  const put = async (): Promise<string | undefined> => {
    const headers = fields("PUT", "quotes", "2.0", "mid", { "fspiop-destination": "any" });
    const error = JSON.stringify({ errorInformation: { errorCode: "3205", errorDescription: "none" } });
    await send(learned.urls.hub, "PUT", `/quotes/${QUOTE.quoteId}/error`, headers, error);
    return wire.old.received.at(-1)?.headers["content-type"];
  };
  expect(await put()).toBe(QUOTES("1.1"));
  await send(learned.urls.participants, "GET", "/quotes/2", fields("GET", "quotes", "1.0", "any"));
  expect(await put()).toBe(QUOTES("1.0"));
  await learned.close();
});
