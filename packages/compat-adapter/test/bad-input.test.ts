import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { speak } from "./support/speak.ts";
import { fields, QUOTE, send, startWire, type Wire } from "./support/wire.ts";

let wire: Wire;
beforeAll(async () => {
  wire = await startWire({ limits: { bodyBytes: 4096 } });
});
afterAll(() => wire.close());
beforeEach(() => {
  for (const { received } of [wire.hub, wire.old, wire.mid, wire.new]) received.length = 0;
});

const quote = (change: object): string => JSON.stringify({ ...QUOTE, ...change });
const long = "x".repeat(5000);

type Row = [body: string, status: number, code: string, why: string];

test.each<Row>([
  ["{", 400, "3101", "not JSON"],
  ["\u0000", 400, "3101", "not JSON either"],
  ["", 400, "3102", "a POST has a body, API Definition 3.2.2"],
  ["null", 400, "3101", "JSON, but no object"],
  ["[]", 400, "3101", "JSON, but no object"],
  ["{}", 400, "3102", "quoteId is mandatory, API Definition 6.5.3.2"],
  [quote({ amount: 100 }), 400, "3101", "amount is an object, API Definition 7.4.8"],
  [quote({ quoteId: 7 }), 400, "3101", "an id is a text"],
  [quote({ amountType: "GIVE" }), 400, "3100", "no value of the enumeration, API Definition 7.5.1"],
  [quote({ quoteId: "7" }), 400, "3100", "not the pattern of a CorrelationId, API Definition 7.3.8"],
  [quote({ note: long }), 400, "3104", "longer than the limit"],
  [
    quote({ extensionList: { extension: Array(17).fill({ key: "k", value: "v" }) } }),
    400,
    "3103",
    "16 extensions at most, API Definition 7.4.3",
  ],
])(
  "a quote of 1.0 with the body %.40s is answered %i and %s, and goes no further: %s",
  async (body, status, code) => {
    const answer = await send(
      wire.urls.participants,
      "POST",
      "/quotes",
      fields("POST", "quotes", "1.0", "old"),
      body,
    );
    expect(answer).toMatchObject({ status, code });
    expect(answer.type).toBe("application/vnd.interoperability.quotes+json;version=1.0");
    expect(wire.hub.received).toEqual([]);
  },
);

type HeadRow = [
  method: string,
  path: string,
  headers: Record<string, string>,
  status: number,
  code: string,
  why: string,
];

test.each<HeadRow>([
  ["POST", "/quotes", fields("POST", "quotes", "9.0", "old"), 406, "3001", "API Definition 3.3.4.3"],
  [
    "POST",
    "/quotes",
    { ...fields("POST", "quotes", "1.0", "old"), accept: "*/;" },
    400,
    "3101",
    "API Definition 7.6",
  ],
  [
    "POST",
    "/quotes",
    fields("POST", "quotes", "1.0", "stranger"),
    400,
    "3200",
    "no participant of the scheme",
  ],
  [
    "POST",
    "/quotes",
    fields("POST", "quotes", "1.0", "constructor"),
    400,
    "3200",
    "names of Object.prototype are just unknown",
  ],
  [
    "POST",
    "/quotes",
    fields("POST", "quotes", "1.0", ""),
    400,
    "3101",
    "FSPIOP-Source is mandatory, API Definition 3.2.1",
  ],
  ["POST", "/nothing", fields("POST", "nothing", "1.0", "old"), 404, "3002", "no resource of the API"],
  ["PATCH", "/quotes", fields("PATCH", "quotes", "1.0", "old"), 404, "3002", "no operation of the API"],
  [
    "GET",
    "/transfers/%2e%2e",
    fields("GET", "transfers", "1.0", "old"),
    404,
    "3002",
    "a dot segment, RFC 3986 5.2.4",
  ],
  ["GET", "/QUOTES/1", fields("GET", "quotes", "1.0", "old"), 404, "3002", "names are matched exactly"],
  [
    "GET",
    "//quotes/1",
    fields("GET", "quotes", "1.0", "old"),
    404,
    "3002",
    "an empty segment is no resource",
  ],
])("%s %s with %j is answered %i and %s: %s", async (method, path, headers, status, code) => {
  const body = method === "GET" ? undefined : JSON.stringify(QUOTE);
  const answer = await send(wire.urls.participants, method, path, headers, body);
  expect(answer).toMatchObject({ status, code });
  expect(wire.hub.received).toEqual([]);
});

test("a body that outgrows the limit on its way is cut off: the far end gets no whole message", async () => {
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode(long)),
  });
  const headers = fields("POST", "quotes", "2.0", "new");
  // Node's fetch asks for half-duplex where the body is a stream; the type of RequestInit does not know it yet.
  const init = { method: "POST", headers, body: endless, duplex: "half" } as RequestInit;
  const answer = await fetch(`${wire.urls.participants}/quotes`, init).then(
    async (response) => ({ status: response.status, body: await response.text() }),
    () => ({ status: 400, body: '"3104"' }), // the connection is closed while we still write
  );
  expect(answer.status).toBe(400);
  expect(answer.body).toContain('"3104"');
  expect(wire.hub.received).toEqual([]);
});

test("a header too large is an FSPIOP error, and nothing is forwarded (API Definition 3.2.1: 65,536 bytes)", async () => {
  const text = `GET /quotes/1 HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(70_000)}\r\n\r\n`;
  expect(await speak(wire.urls.participants, text)).toMatch(/^HTTP\/1\.1 400 [^]*"errorCode":"3104"/);
  expect(wire.hub.received).toEqual([]);
});

test("a header of 60,000 bytes passes (API Definition 3.2.1)", async () => {
  const headers = fields("GET", "transfers", "2.0", "new", { tracestate: "y".repeat(60_000) });
  expect(await send(wire.urls.participants, "GET", "/transfers/1", headers)).toMatchObject({ status: 202 });
});

test("the adapter is still there after all that", async () => {
  const answer = await send(
    wire.urls.participants,
    "POST",
    "/quotes",
    fields("POST", "quotes", "1.0", "old"),
    quote({}),
  );
  expect(answer.status).toBe(202);
  expect(wire.hub.received).toHaveLength(1);
});
