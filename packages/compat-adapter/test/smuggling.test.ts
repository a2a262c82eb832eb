import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Recorded } from "./support/recorder.ts";
import { linesOf, speak as speakTo } from "./support/speak.ts";
import { fields, QUOTE, startWire, type Wire } from "./support/wire.ts";

let wire: Wire;
beforeAll(async () => {
  // Whoever says only half is sent away soon.
  wire = await startWire({ limits: { receiveMs: 1_500 } });
});
afterAll(() => wire.close());
beforeEach(() => {
  for (const { received } of recorders()) received.length = 0;
});

const recorders = (): Wire["hub"][] => [wire.hub, wire.old, wire.mid, wire.new];
const arrived = (): Recorded[] => recorders().flatMap(({ received }) => received);

const speak = (text: string): Promise<string> => speakTo(wire.urls.participants, text);

/** A message of `new`, in the hub's version: nothing but the proxying itself touches it. */
function post(more: string, body: string, path = "/transfers"): string {
  const own = linesOf(fields("POST", "transfers", "2.0", "new"));
  return `POST ${path} HTTP/1.1\r\nhost: a\r\n${own}${more}\r\n${body}`;
}

const SMUGGLED = `GET /transfers/smuggled HTTP/1.1\r\nhost: a\r\nfspiop-source: new\r\nconnection: close\r\n\r\n`;
const CHUNKED = `2\r\n{}\r\n0\r\n\r\n`;
const LENGTH = "content-length: 2\r\n";
const CHUNKS = "transfer-encoding: chunked\r\n";
const CLOSE = "connection: close\r\n";

type Trick = [name: string, authority: string, text: string];

test.each<Trick>([
  ["a length and chunks, the length first", "RFC 9112 6.1", post(LENGTH + CHUNKS, CHUNKED + SMUGGLED)],
  ["chunks and a length, the chunks first", "RFC 9112 6.1", post(CHUNKS + LENGTH, CHUNKED + SMUGGLED)],
  ["two lengths that differ", "RFC 9112 6.3", post(`${LENGTH}content-length: 200\r\n`, `{}${SMUGGLED}`)],
  ["two lengths in a list", "RFC 9110 8.6", post("content-length: 2, 200\r\n", `{}${SMUGGLED}`)],
  ["a length with a sign", "RFC 9110 8.6", post("content-length: +2\r\n", `{}${SMUGGLED}`)],
  ["a negative length", "RFC 9110 8.6", post("content-length: -1\r\n", SMUGGLED)],
  ["a hexadecimal length", "RFC 9110 8.6", post("content-length: 0x2\r\n", `{}${SMUGGLED}`)],
  ["a length in two words", "RFC 9110 8.6", post("content-length: 2 00\r\n", `{}${SMUGGLED}`)],
  [
    "a length beyond every number",
    "RFC 9110 8.6",
    post(`content-length: ${"9".repeat(40)}\r\n`, `{}${SMUGGLED}`),
  ],
  [
    "a blank before the colon",
    "RFC 9112 5.1",
    post(`${LENGTH}transfer-encoding : chunked\r\n`, CHUNKED + SMUGGLED),
  ],
  ["another coding", "RFC 9112 6.1", post(`${LENGTH}transfer-encoding: xchunked\r\n`, CHUNKED + SMUGGLED)],
  [
    "chunks that are not the last coding",
    "RFC 9112 6.1",
    post("transfer-encoding: chunked, identity\r\n", CHUNKED + SMUGGLED),
  ],
  [
    "chunks and another coding in two lines",
    "RFC 9112 6.1",
    post(`${CHUNKS}transfer-encoding: identity\r\n`, CHUNKED + SMUGGLED),
  ],
  [
    "a folded coding",
    "RFC 9112 5.2",
    post(`${LENGTH}transfer-encoding:\r\n chunked\r\n`, CHUNKED + SMUGGLED),
  ],
  [
    "a coding after a bare LF",
    "RFC 9112 2.2",
    post(`${LENGTH}x: 1\ntransfer-encoding: chunked\r\n`, CHUNKED + SMUGGLED),
  ],
  [
    "a coding after a bare CR",
    "RFC 9112 2.2",
    post(`${LENGTH}x: 1\rtransfer-encoding: chunked\r\n`, CHUNKED + SMUGGLED),
  ],
  ["a NUL in a value", "RFC 9110 5.5", post(`${LENGTH}x: a\0b\r\n`, `{}${SMUGGLED}`)],
  [
    "a chunk's size beyond every number",
    "RFC 9112 7.1",
    post(CHUNKS, `${"F".repeat(17)}2\r\n{}\r\n0\r\n\r\n${SMUGGLED}`),
  ],
  ["a chunk that is longer than it says", "RFC 9112 7.1", post(CHUNKS, `1\r\n{}\r\n0\r\n\r\n${SMUGGLED}`)],
  ["a chunk's size in words", "RFC 9112 7.1", post(CHUNKS, `0x2\r\n{}\r\n0\r\n\r\n${SMUGGLED}`)],
  ["a line that is no field", "RFC 9112 5", post(`${LENGTH}nothing\r\n`, `{}${SMUGGLED}`)],
  [
    "a line before the first field",
    "RFC 9112 2.2",
    post(LENGTH, `{}${SMUGGLED}`).replace("\r\nhost", "\r\n x: 1\r\nhost"),
  ],
  [
    "two media types",
    "RFC 9110 5.3",
    post(
      `${LENGTH}content-type: application/vnd.interoperability.transfers+json;version=1.0\r\n${CLOSE}`,
      "{}",
    ),
  ],
  ["two sources", "RFC 9110 5.3", post(`${LENGTH}fspiop-source: old\r\n${CLOSE}`, "{}")],
  ["no host", "RFC 9112 3.2", post(LENGTH, `{}${SMUGGLED}`).replace("host: a\r\n", "")],
  ["HTTP/2 without asking", "RFC 9113 3.4", `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${SMUGGLED}`],
  ["a tunnel", "RFC 9110 9.3.6", `CONNECT evil.example:80 HTTP/1.1\r\nhost: a\r\n\r\n${SMUGGLED}`],
])(
  "%s (%s): refused and the connection closed; nothing goes on, and nothing that stood behind it",
  async (...[, , text]) => {
    const heard = await speak(text);
    expect(heard).toMatch(/^(?:HTTP\/1\.1 400 |$)/);
    expect(heard.match(/HTTP\/1\.1 /g) ?? []).toHaveLength(heard === "" ? 0 : 1);
    expect(arrived()).toEqual([]);
  },
);

type Framed = [name: string, authority: string, text: string, body: string];

// What looks like a message inside a body is body; fields after the body are none of the head.
test.each<Framed>([
  ["chunks", "RFC 9112 7.1", post(CHUNKS + CLOSE, CHUNKED), "{}"],
  ["chunks with extensions", "RFC 9112 7.1.1", post(CHUNKS + CLOSE, `2;a=b\r\n{}\r\n0\r\n\r\n`), "{}"],
  [
    "trailers",
    "RFC 9112 7.1.2",
    post(CHUNKS + CLOSE, `2\r\n{}\r\n0\r\nfspiop-source: old\r\nx-smuggled: 1\r\n\r\n`),
    "{}",
  ],
  [
    "a body like a message",
    "RFC 9112 6.3",
    post(`content-length: ${SMUGGLED.length}\r\n${CLOSE}`, SMUGGLED),
    SMUGGLED,
  ],
  ["a body that goes on", "RFC 9112 6.3", post(LENGTH, `{}${SMUGGLED}`), "{}"],
])("%s (%s): one message, framed anew", async (_name, _authority, text, body) => {
  expect(await speak(text)).toMatch(/^HTTP\/1\.1 202 /);
  expect(arrived()).toHaveLength(1);
  const { body: came, headers, url } = wire.hub.received[0] ?? {};
  expect([url, came, headers?.["fspiop-source"]]).toEqual(["/transfers", body, "new"]);
  expect(headers).not.toHaveProperty("x-smuggled");
  expect(headers).not.toHaveProperty("trailer");
  expect("content-length" in (headers ?? {})).not.toBe("transfer-encoding" in (headers ?? {}));
});

test("a GET with a body goes on without it, and the body is no message", async () => {
  const own = linesOf(fields("GET", "transfers", "2.0", "new"));
  const head = `GET /transfers/1 HTTP/1.1\r\nhost: a\r\n${own}${CLOSE}`;
  expect(await speak(`${head}content-length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`)).toMatch(
    /^HTTP\/1\.1 202 /,
  );
  expect(arrived().map(({ url, body }) => [url, body])).toEqual([["/transfers/1", ""]]);
});

type Elsewhere = [name: string, target: string, more: string, status: number];

// The hub alone gets what participants send, and gets it under its own name.
test.each<Elsewhere>([
  ["an absolute target", "http://evil.example/transfers", "", 404],
  ["an absolute target of another participant", "http://mid/transfers", "", 404],
  ["a target that begins with two slashes", "//evil.example/transfers", "", 404],
  ["a target with user information", "/@evil.example/transfers", "", 404],
  ["a target with a backslash", "/\\evil.example/transfers", "", 404],
  ["a target that climbs", "/transfers/../../evil", "", 404],
  ["a target that climbs in code", "/transfers/%2e%2e/evil", "", 404],
  ["an asterisk", "*", "", 404],
  ["a second host", "/transfers", "host: evil.example\r\n", 202],
  ["another host", "/transfers", "x-forwarded-host: evil.example\r\nforwarded: host=evil.example\r\n", 202],
  ["another path in a field", "/transfers", "x-original-url: /quotes\r\nx-rewrite-url: /quotes\r\n", 202],
  ["another method in a field", "/transfers", "x-http-method-override: DELETE\r\n", 202],
  ["a destination that is a URL", "/transfers", "fspiop-destination: http://evil.example\r\n", 202],
  ["a destination that all objects have", "/transfers", "fspiop-destination: __proto__\r\n", 202],
  ["another URI under signature", "/transfers", "fspiop-uri: http://evil.example/\r\n", 202],
])("%s does not choose where a message goes", async (_name, target, more, status) => {
  const text = post(`${more}${LENGTH}${CLOSE}`, "{}", target).replace("host: a", "host: evil.example");
  expect(await speak(text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect([wire.old, wire.mid, wire.new].flatMap(({ received }) => received)).toEqual([]);
  const seen = wire.hub.received.map(({ method, url, headers }) => [method, url, headers.host]);
  expect(seen).toEqual(status === 202 ? [["POST", "/transfers", new URL(wire.hub.url).host]] : []);
});

// RFC 9110 7.6.1 and 11.7, RFC 9112 9.6; an upgrade is not taken.
const OF_THE_CONNECTION = [
  "keep-alive: timeout=5",
  "proxy-connection: keep-alive",
  "proxy-authenticate: Basic",
  "proxy-authorization: Basic eDp5",
  "te: trailers",
  "trailer: x-late",
  "upgrade: h2c",
  "http2-settings: AAMAAABkAAQAAP__",
  "x-mine: 1",
  "X-Other: 2",
];

test.each([
  "connection: close, upgrade, http2-settings, x-mine, X-OTHER",
  "Connection: Close\r\nCONNECTION:\tX-Mine ,x-other,",
])("what concerns one connection stays behind, with what is named in %j", async (connection) => {
  const more = `${OF_THE_CONNECTION.join("\r\n")}\r\n${connection}\r\ntracestate: kept\r\n${LENGTH}`;
  expect(await speak(post(more, "{}"))).toMatch(/^HTTP\/1\.1 202 /);
  const { headers = {}, rawHeaders = [] } = wire.hub.received[0] ?? {};
  expect(headers).toMatchObject({ tracestate: "kept", "fspiop-source": "new" });
  for (const field of OF_THE_CONNECTION)
    expect(headers).not.toHaveProperty(field.split(":")[0]?.toLowerCase() ?? "");
  // The connection to the hub has a field of its own.
  expect(rawHeaders.join(" ")).not.toMatch(/x-mine|x-other|close/i);
});

test.each([
  ["a line break in a path", "/transfers/%0d%0ax-injected:%201", 404],
  ["a line break in an id", `/transfers/a%0d%0ax-injected:%201`, 404],
  ["a line break in a query", "/transfers?a=%0d%0ax-injected:%201", 202],
])("%s becomes no field, neither onward nor back", async (_name, target, status) => {
  const heard = await speak(post(LENGTH + CLOSE, "{}", target));
  expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(heard.split("\r\n\r\n")[0]).not.toContain("x-injected");
  for (const { headers } of arrived()) expect(headers).not.toHaveProperty("x-injected");
});

test("members, queries, fields and ids named like those of Object.prototype change nothing but themselves", async () => {
  const names = Object.getOwnPropertyNames(Object.prototype);
  const polluted = JSON.stringify({ ...QUOTE, note: "x" }).replace(
    '"payer":{',
    '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"payer":{"__proto__":{"supportedCurrencies":["USD"],"polluted":1},',
  );
  const head = linesOf(fields("POST", "quotes", "1.0", "old"));
  const target = "/quotes?__proto__[polluted]=1&constructor=1";
  const text = `POST ${target} HTTP/1.1\r\nhost: a\r\n${head}__proto__: 1\r\nconstructor: 1\r\n${CLOSE}content-length: ${polluted.length}\r\n\r\n${polluted}`;
  expect(await speak(text)).toMatch(/^HTTP\/1\.1 202 /);
  expect(JSON.parse(wire.hub.received[0]?.body ?? "")).toEqual(JSON.parse(polluted));
  const get = linesOf(fields("GET", "transfers", "1.0", "old"));
  for (const id of ["__proto__", "constructor", "toString"]) {
    expect(await speak(`GET /transfers/${id} HTTP/1.1\r\nhost: a\r\n${get}${CLOSE}\r\n`)).toMatch(
      /^HTTP\/1\.1 (?:202|400) /,
    );
  }
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(names);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined(); // would be inherited
});
