import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fields, QUOTE, send, startWire, TRANSFER, type Answered, type Wire } from "./support/wire.ts";

// What central-services-shared 18.38.2 (src/util/id.js) makes ids with: version 7 by default, and ULIDs.
const DEPLOYED = ["0190163d-8694-739b-aea5-966c26f8ad90", "01ARZ3NDEKTSV4RRFFQ69G5FAV"];
const NOT_DEPLOYED = ["B51EC534-EE48-4575-B6A9-EAD2955B8069", "7"];

let deployed: Wire, strict: Wire, off: Wire;
beforeAll(async () => {
  [deployed, strict, off] = await Promise.all([
    startWire(),
    startWire({ validation: "strict" }),
    startWire({ validation: "off" }),
  ]);
});
afterAll(() => Promise.all([deployed, strict, off].map((wire) => wire.close())));
beforeEach(() => {
  for (const wire of [deployed, strict, off])
    for (const party of [wire.hub, wire.old, wire.mid]) party.received.length = 0;
});

function fromOld(wire: Wire, body: object): Promise<Answered> {
  const headers = fields("POST", "transfers", "1.0", "old", { "fspiop-destination": "mid" });
  return send(wire.urls.participants, "POST", "/transfers", headers, JSON.stringify(body));
}

function toOld(wire: Wire, body: object, more: object = {}): Promise<Answered> {
  const headers = { ...fields("POST", "transfers", "2.0", "new", { "fspiop-destination": "old" }), ...more };
  return send(wire.urls.hub, "POST", "/transfers", headers, JSON.stringify(body));
}

test.each(DEPLOYED)("the id %s passes unchanged in both directions, in body and path", async (transferId) => {
  const body = { ...TRANSFER, transferId };
  expect(await fromOld(deployed, body)).toMatchObject({ status: 202 });
  expect(JSON.parse(deployed.hub.received[0]?.body ?? "")).toEqual(body);
  expect(await toOld(deployed, body)).toMatchObject({ status: 202 });
  expect(JSON.parse(deployed.old.received[0]?.body ?? "")).toEqual(body);
  const asked = fields("GET", "transfers", "2.0", "new", { "fspiop-destination": "old" });
  const answer = await send(deployed.urls.hub, "GET", `/transfers/${transferId}`, asked);
  expect(answer).toMatchObject({ status: 202 });
  expect(deployed.old.received[1]?.url).toBe(`/transfers/${transferId}`);
});

test.each(DEPLOYED)("strict refuses the id %s of 1.x by name", async (transferId) => {
  const answer = await fromOld(strict, { ...TRANSFER, transferId });
  expect(answer).toMatchObject({ status: 400, code: "3100" });
  expect(JSON.stringify(answer.body)).toContain("/transferId");
  expect(strict.hub.received).toEqual([]);
});

test.each(NOT_DEPLOYED)(
  "an id that no version accepts, %s, is refused by deployed and passed by off",
  async (transferId) => {
    expect(await fromOld(deployed, { ...TRANSFER, transferId })).toMatchObject({ status: 400, code: "3100" });
    expect(await fromOld(off, { ...TRANSFER, transferId })).toMatchObject({ status: 202 });
    expect(await toOld(off, { ...TRANSFER, transferId })).toMatchObject({ status: 202 });
    expect(JSON.parse(off.old.received[0]?.body ?? "")).toMatchObject({ transferId });
  },
);

test("equal versions: strict validates the body, deployed passes it on", async () => {
  const headers = fields("POST", "quotes", "2.0", "new");
  const post = (wire: Wire): Promise<Answered> =>
    send(wire.urls.participants, "POST", "/quotes", headers, "{}");
  expect(await post(strict)).toMatchObject({ status: 400, code: "3102" });
  expect(await post(deployed)).toMatchObject({ status: 202 });
});

describe("a body nested 5,000 levels", () => {
  const text = JSON.stringify({ ...QUOTE, note: 0 }).replace(
    '"note":0',
    `"note":${"[".repeat(5_000)}${"]".repeat(5_000)}`,
  );

  test("of a DFSP is refused with 3101", async () => {
    const headers = fields("POST", "quotes", "1.0", "old");
    const answer = await send(deployed.urls.participants, "POST", "/quotes", headers, text);
    expect(answer).toMatchObject({ status: 400, code: "3101" });
  });
  test("of the hub is refused with 3101, and its source gets an error callback", async () => {
    const headers = fields("POST", "quotes", "2.0", "new", { "fspiop-destination": "old" });
    const answer = await send(deployed.urls.hub, "POST", "/quotes", headers, text);
    expect(answer).toMatchObject({ status: 400, code: "3101" });
    expect(deployed.hub.received[0]?.url).toBe(`/quotes/${QUOTE.quoteId}/error`);
    expect(deployed.old.received).toEqual([]);
  });
});

test.each(["gzip", "br", "identity, gzip"])("Content-Encoding %s is refused with 3101", async (encoding) => {
  const answer = await toOld(deployed, TRANSFER, { "content-encoding": encoding });
  expect(answer).toMatchObject({ status: 400, code: "3101" });
  expect(JSON.stringify(answer.body)).toContain(`Content-Encoding ${encoding}`);
  expect(deployed.old.received).toEqual([]);
});

test.each(["12345678901234567890", "0.12345678901234567890", "1e400", "-9007199254740993"])(
  "the number %s survives a conversion (RFC 8259 6)",
  async (number) => {
    const text = JSON.stringify({ ...QUOTE, own: 0 }).replace('"own":0', `"own":[${number},1]`);
    const headers = fields("POST", "quotes", "2.0", "new", { "fspiop-destination": "old" });
    const newer = text.replace('"payer":{', '"payer":{"supportedCurrencies":["USD"],');
    expect(await send(deployed.urls.hub, "POST", "/quotes", headers, newer)).toMatchObject({ status: 202 });
    expect(deployed.old.received[0]?.body).toContain(`"own":[${number},1]`);
    expect(deployed.old.received[0]?.body).not.toContain("supportedCurrencies");
  },
);
