import { readErrorBody } from "@mojaloop-versioning/protocol";
import fc from "fast-check";
import { request } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linesOf, speak } from "./support/speak.ts";
import { fields, QUOTE, startWire, TRANSFER, type Wire } from "./support/wire.ts";

let wire: Wire;
const faults: unknown[] = [];
const note = (fault: unknown): void => void faults.push(fault);
beforeAll(async () => {
  process.on("unhandledRejection", note).on("uncaughtException", note);
  // Whoever says only half is sent away soon.
  wire = await startWire({ limits: { receiveMs: 1_500 } });
});
afterAll(async () => {
  process.off("unhandledRejection", note).off("uncaughtException", note);
  await wire.close();
});

// Statuses of API Definition 3.2.4.
const STATUSES = new Set([200, 202, 400, 401, 403, 404, 405, 406, 501, 503]);

const segment = fc.oneof(
  fc.constantFrom(
    "quotes",
    "transfers",
    "parties",
    "participants",
    "MSISDN",
    "error",
    TRANSFER.transferId,
    "..",
    "__proto__",
    "",
  ),
  fc.string({ maxLength: 12 }).map(encodeURIComponent),
);
const path = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join("/")}`);
const value = fc.oneof(
  fc.constantFrom("", "*/*", "application/json", "application/vnd.interoperability.quotes+json;version=1.0"),
  fc.stringMatching(/^[\x20-\x7e]{0,60}$/),
  fc.stringMatching(
    /^application\/vnd\.interoperability\.[a-z]{1,9}\+json(;version=\d\d?(\.\d)?){0,2}(, ?\*\/\*(;q=[\d.]{1,3})?)?$/,
  ),
);
const odd = fc.dictionary(
  fc.constantFrom(
    "accept",
    "content-type",
    "date",
    "fspiop-source",
    "fspiop-destination",
    "fspiop-signature",
    "fspiop-uri",
  ),
  value,
  { maxKeys: 3 },
);
const mutated = fc
  .tuple(
    fc.constantFrom<object>(QUOTE, TRANSFER),
    fc.dictionary(fc.constantFrom(...Object.keys({ ...QUOTE, ...TRANSFER })), fc.jsonValue(), { maxKeys: 3 }),
  )
  .map(([base, change]) => JSON.stringify({ ...base, ...change }));
const body = fc.oneof(mutated, fc.json(), fc.string(), fc.constant(JSON.stringify(QUOTE)));
const message = fc.record({
  side: fc.constantFrom("participants" as const, "hub" as const),
  method: fc.constantFrom(
    "GET" as const,
    "POST" as const,
    "PUT" as const,
    "PATCH" as const,
    "DELETE" as const,
  ),
  path: fc.oneof(path, fc.constantFrom("/quotes", "/transfers", `/transfers/${TRANSFER.transferId}`)),
  resource: fc.constantFrom("quotes", "transfers", "parties"),
  version: fc.constantFrom("1.0" as const, "1.1" as const, "2.0" as const),
  source: fc.constantFrom("old", "mid", "new"),
  destination: fc.constantFrom("old", "mid", "new", "nobody"),
  odd,
  body,
});

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 400);

test(
  `${RUNS} odd messages: each is answered with a status of FSPIOP and, where refused, with an FSPIOP error`,
  { timeout: 600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(message, async (sent) => {
        const { method, side } = sent;
        const hasBody = method !== "GET" && method !== "DELETE";
        const headers = {
          ...fields(method, sent.resource, sent.version, sent.source, {
            "fspiop-destination": sent.destination,
          }),
          ...sent.odd,
        };
        const reply = await request(wire.urls[side] + sent.path, {
          method,
          headers,
          body: hasBody ? sent.body : null,
        });
        const text = await reply.body.text();
        expect(STATUSES).toContain(reply.statusCode);
        if (reply.statusCode >= 400)
          expect(readErrorBody(JSON.parse(text))?.errorCode).toMatch(/^[1-5]\d{3}$/);
        else expect(text).toBe("");
        expect(reply.headers).not.toHaveProperty("x-powered-by");
      }),
      { numRuns: RUNS, seed: 7 },
    );
    expect(wire.events.filter(({ error }) => error?.errorCode === "2001")).toEqual([]);
    expect(faults).toEqual([]);
  },
);

const BYTES = Math.ceil(RUNS / 2);
const bytes = fc.constantFrom(
  ...[
    "\r",
    "\n",
    "\r\n",
    "\0",
    " ",
    "\t",
    ":",
    ",",
    ";",
    "0",
    "9",
    "\x7f",
    "\xff",
    "chunked",
    "HTTP/1.1",
    "",
  ],
);

test(
  `${BYTES} messages with odd bytes: each is answered or cut off, and none becomes part of another`,
  { timeout: 600_000 },
  async () => {
    const head = linesOf(fields("POST", "transfers", "2.0", "new", { connection: "close" }));
    const valid = `POST /transfers HTTP/1.1\r\nhost: a\r\n${head}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`;
    const behind = `GET /transfers/behind HTTP/1.1\r\nhost: a\r\nfspiop-source: new\r\nconnection: close\r\n\r\n`;
    const edit = fc.record({ at: fc.nat(valid.length - 1), cut: fc.nat(3), bytes });
    const { received } = wire.hub;
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        received.length = 0;
        const odd = edits.reduce(
          (text, { at, cut, bytes: put }) => text.slice(0, at) + put + text.slice(at + cut),
          valid,
        );
        const heard = await speak(wire.urls.participants, odd + behind);
        for (const [, status] of heard.matchAll(/HTTP\/1\.1 (\d+) /g))
          expect(STATUSES).toContain(Number(status));
        for (const { url, headers, rawHeaders } of received) {
          if (url !== "/transfers/behind") expect(JSON.stringify([url, headers])).not.toContain("behind");
          const framing = rawHeaders.filter((name) => /^(?:content-length|transfer-encoding)$/i.test(name));
          expect(framing.length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: BYTES, seed: 7 },
    );
    expect(wire.events.filter(({ error }) => error?.errorCode === "2001")).toEqual([]);
    expect(faults).toEqual([]);
  },
);
