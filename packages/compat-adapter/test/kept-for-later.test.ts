import { formatMediaType } from "@mojaloop-versioning/protocol";
import { describe, expect, test } from "vitest";
import { needs } from "../../../tools/test-run/requirements.ts";
import { createMemoryStore, type AdapterStore, type CompatAdapterOptions } from "../src/index.ts";
import { SHARED_STORES, startTwo } from "./support/shared-stores.ts";
import { fields, QUOTE, send, startWire, TRANSFER, type Wire } from "./support/wire.ts";

const ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const TO_MID = { "fspiop-destination": "mid" };

/** What `mid`, a payee of 1.1, gets of a transfer whose id is a ULID. */
async function prepare(wire: Wire, to: Wire = wire): Promise<string> {
  const headers = fields("POST", "transfers", "2.0", "new", TO_MID);
  const body = JSON.stringify({ ...TRANSFER, transferId: ULID });
  expect(await send(to.urls.hub, "POST", "/transfers", headers, body)).toMatchObject({ status: 202 });
  return wire.mid.received.at(-1)?.body ?? "";
}

for (const [name, programs, create] of SHARED_STORES) {
  describe(`ids in ${name}`, needs(...programs), () => {
    test("a payee of 1.1 sees a UUID, the same each time, and its callback reaches the hub under the ULID, by either adapter", async () => {
      const { one, other, close } = await startTwo(create(), { ids: true });
      const first = await prepare(one);
      const { transferId, ...rest } = JSON.parse(first) as typeof TRANSFER; // what the hub sent, with another id
      expect(transferId).toMatch(UUID);
      expect(rest).toEqual({ ...TRANSFER, transferId: undefined });
      // A resend is byte-equal (API Definition 3.2.5.1), whichever adapter it goes by.
      expect(await prepare(one, other)).toBe(first);

      const callbacks: [method: string, path: string, body: object][] = [
        ["PUT", `/transfers/${transferId}`, { transferState: "COMMITTED" }],
        [
          "PUT",
          `/transfers/${transferId}/error`,
          { errorInformation: { errorCode: "5100", errorDescription: "no" } },
        ],
      ];
      for (const [method, path, body] of callbacks) {
        const headers = fields(method, "transfers", "1.1", "mid", { "fspiop-destination": "new" });
        expect(
          await send(other.urls.participants, method, path, headers, JSON.stringify(body)),
        ).toMatchObject({ status: 200 });
        const got = one.hub.received.at(-1);
        expect(got).toMatchObject({ method, url: path.replace(transferId, ULID) });
        expect(JSON.parse(got?.body ?? "")).toEqual(body);
      }
      await close();
    });

    test("a GET of the payee's own has its answer in its version and under its id", async () => {
      const { one, other, close } = await startTwo(create(), { ids: true });
      const { transferId } = JSON.parse(await prepare(one)) as typeof TRANSFER; // the same
      // It asks in 1.0 this once, which only the conversation tells.
      const asked = fields("GET", "transfers", "1.0", "mid");
      await send(one.urls.participants, "GET", `/transfers/${transferId}`, asked);
      expect(one.hub.received.at(-1)).toMatchObject({ method: "GET", url: `/transfers/${ULID}` });
      const answer = fields("PUT", "transfers", "2.0", "new", TO_MID);
      await send(other.urls.hub, "PUT", `/transfers/${ULID}`, answer, '{"transferState":"RESERVED"}');
      expect(one.mid.received.at(-1)).toMatchObject({
        method: "PUT",
        url: `/transfers/${transferId}`,
        headers: { "content-type": formatMediaType({ resource: "transfers", version: "1.0" }) },
      });
      await close();
    });
  });

  describe(`a stash in ${name}`, needs(...programs), () => {
    // Hub on 1.1 between two DFSPs of 2.0: what 1.1 cannot say comes back where the message goes up again.
    const hub11 = (url: string): Partial<CompatAdapterOptions> => ({ hub: { url, version: "1.1" } });
    const full = Array.from({ length: 16 }, (_, i) => ({ key: `k${i}`, value: "v" }));
    type Row = [
      what: string,
      stash: boolean | undefined,
      extension: typeof full,
      entries: number | "refused",
    ];

    test.each<Row>([
      ["travels in the extension list", true, full.slice(0, 2), 3],
      ["waits in the store where that is full", true, full, 16],
      ["is refused where nothing is stashed", false, full.slice(0, 2), "refused"],
      ["is refused where nothing is said, as its change declares", undefined, full, "refused"],
    ])("what 1.1 cannot say %s", async (_what, stash, extension, entries) => {
      const spare = await startWire();
      const { one, other, close } = await startTwo(create(), {
        ...hub11(spare.hub.url),
        ...(stash !== undefined && { stash }),
        participants: { ...spare.options.participants, next: { url: spare.mid.url, version: "2.0" } },
      });
      const quote = { ...QUOTE, converter: "PAYER", extensionList: { extension } };
      const sent = fields("POST", "quotes", "2.0", "new", { "fspiop-destination": "next" });
      const answer = await send(one.urls.participants, "POST", "/quotes", sent, JSON.stringify(quote));
      if (entries === "refused") {
        expect(answer).toMatchObject({ status: 400, code: "3100" });
        expect(JSON.stringify(answer.body)).toContain("converter");
        expect(spare.hub.received).toEqual([]);
        await Promise.all([close(), spare.close()]);
        return;
      }
      const between = JSON.parse(spare.hub.received.at(-1)?.body ?? "") as typeof quote; // a quote of 1.1
      expect(between).not.toHaveProperty("converter");
      expect(between.extensionList.extension).toHaveLength(entries);

      const onward = fields("POST", "quotes", "1.1", "new", { "fspiop-destination": "next" });
      await send(other.urls.hub, "POST", "/quotes", onward, JSON.stringify(between));
      const arrived: unknown = JSON.parse(spare.mid.received.at(-1)?.body ?? "");
      expect(arrived).toEqual(quote);
      await Promise.all([close(), spare.close()]);
    });
  });
}

test("a DFSP of 1.1 that sends a message of the hub back sends all of it", async () => {
  const wire = await startWire({ stash: true });
  const quote = JSON.stringify({ ...QUOTE, converter: "PAYER" });
  await send(wire.urls.hub, "POST", "/quotes", fields("POST", "quotes", "2.0", "new", TO_MID), quote);
  const got = wire.mid.received.at(-1)?.body ?? "";
  expect(got).toContain('"mojaver-stash-1"');
  await send(wire.urls.participants, "POST", "/quotes", fields("POST", "quotes", "1.1", "mid"), got);
  expect(JSON.parse(wire.hub.received.at(-1)?.body ?? "")).toEqual(JSON.parse(quote));
  await wire.close();
});

test("without ids the refusal names the id, and nothing goes on", async () => {
  const wire = await startWire({ validation: "strict" });
  const headers = fields("POST", "transfers", "2.0", "new", TO_MID);
  const body = JSON.stringify({ ...TRANSFER, transferId: ULID });
  const answer = await send(wire.urls.hub, "POST", "/transfers", headers, body);
  expect(answer).toMatchObject({ status: 400, code: "3100" });
  expect(JSON.stringify(answer.body)).toContain("transferId");
  expect(wire.mid.received).toEqual([]);
  await wire.close();
});

test("an id is kept as long as its message lives, and the store is not asked for what it does not hold", async () => {
  const memory = createMemoryStore();
  const kept: [key: string, ttl: number][] = [];
  const asked: string[] = [];
  const store: AdapterStore = {
    ...memory,
    remember(key, value, ttl) {
      kept.push([key, ttl]);
      return memory.remember(key, value, ttl);
    },
    recall(key) {
      asked.push(key);
      return memory.recall(key);
    },
  };
  const wire = await startWire({ ids: true, store });
  const expiration = new Date(Date.now() + 600_000).toISOString();
  const headers = fields("POST", "transfers", "2.0", "new", TO_MID);
  await send(
    wire.urls.hub,
    "POST",
    "/transfers",
    headers,
    JSON.stringify({ ...TRANSFER, transferId: ULID, expiration }),
  );
  const ids = kept.filter(([key]) => key.startsWith("id "));
  expect(ids).toHaveLength(1);
  expect(ids[0]?.[1]).toBeGreaterThan(600_000 - 60_000);
  expect(ids[0]?.[1]).toBeLessThanOrEqual(660_000);
  asked.length = 0;
  const reply = fields("PUT", "transfers", "1.1", "mid", { "fspiop-destination": "new" });
  await send(
    wire.urls.participants,
    "PUT",
    `/transfers/${TRANSFER.transferId}`,
    reply,
    '{"transferState":"COMMITTED"}',
  );
  expect(asked).toEqual([`id ${TRANSFER.transferId}`]);
  expect(wire.hub.received.at(-1)?.url).toBe(`/transfers/${TRANSFER.transferId}`);
  await wire.close();
});
