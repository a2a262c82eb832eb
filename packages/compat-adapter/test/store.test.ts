import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs, program } from "../../../tools/test-run/requirements.ts";
import { createMemoryStore, createRedisStore, type AdapterStore } from "../src/index.ts";
import { startRedis, type RedisServer } from "./support/redis-server.ts";
import { fields, QUOTE, send, startWire } from "./support/wire.ts";

let redis: RedisServer | undefined;
beforeAll(async () => {
  if (program("redis-server").found) redis = await startRedis();
});
afterAll(() => redis?.kill());

const NOON = Date.UTC(2026, 10, 21, 12);
const QUOTES = { participant: "a", resource: "quotes" };
let runs = 0;
const STORES: [name: string, programs: string[], create: (now: () => number) => AdapterStore][] = [
  ["memory", [], (now) => createMemoryStore({ now })],
  [
    "Redis",
    ["redis-server"],
    (now) => createRedisStore({ url: redis?.url ?? "", prefix: `test:${runs++}:`, now }),
  ],
];

for (const [name, programs, create] of STORES) {
  describe(`a store in ${name}`, needs(...programs), () => {
    const using = async (
      act: (store: AdapterStore) => Promise<void>,
      now: () => number = () => NOON,
    ): Promise<void> => {
      const store = create(now);
      await act(store);
      await store.close();
    };

    test("gives back what it was told to remember, and the latest of it", () =>
      using(async (store) => {
        await store.remember("a /quotes/1", "first", 60_000);
        await store.remember("a /quotes/1", "second", 60_000);
        await store.remember("b /quotes/1", "other", 60_000);
        expect(await store.recall("a /quotes/1")).toBe("second");
        expect(await store.recall("b /quotes/1")).toBe("other");
        expect(await store.recall("__proto__")).toBeUndefined();
      }));

    test("forgets when the time is over", () =>
      using(async (store) => {
        await store.remember("short", "x", 30);
        await store.remember("long", "x", 60_000);
        await expect.poll(async () => store.recall("short")).toBeUndefined();
        expect(await store.recall("long")).toBe("x");
      }, Date.now));

    test("returns the version that a participant is answered in after its last message", () =>
      using(async (store) => {
        await store.recordUse({ ...QUOTES, content: "1.1", accept: null, at: NOON });
        await store.recordUse({ ...QUOTES, content: "1.0", accept: null, at: NOON + 1 });
        await store.recordUse({
          ...QUOTES,
          resource: "transfers",
          content: "1.0",
          accept: "1.1",
          at: NOON + 2,
        });
        expect(await store.lastVersion("a", "quotes")).toBe("1.0");
        expect(await store.lastVersion("a", "transfers")).toBe("1.1");
        expect(await store.lastVersion("b", "quotes")).toBeUndefined();
      }));

    test("counts pairs of versions by hour for a day and by day for 90 days", () =>
      using(async (store) => {
        const HOUR = 3_600_000;
        const DAY = 24 * HOUR;
        const pair = { ...QUOTES, content: "1.0", accept: "1.1" } as const;
        const times = [NOON - 89 * DAY, NOON - 30 * HOUR, NOON - 2 * HOUR, NOON, NOON];
        for (const at of times) await store.recordUse({ ...pair, at });
        const { since, uses } = await store.countedUses();
        const hours = Array.from({ length: 24 }, (_, i) => (i === 21 ? 1 : i === 23 ? 2 : 0));
        const days = Array.from({ length: 90 }, (_, i) => (i === 0 || i === 88 ? 1 : i === 89 ? 3 : 0));
        expect(uses).toEqual([{ ...pair, lastSeen: NOON, messages: 5, hours, days }]);
        expect(since).toBe(NOON - 89 * DAY);
      }));
  });
}

test("the memory never holds more conversations than it may", async () => {
  const store = createMemoryStore({ maxConversations: 3, now: () => NOON });
  for (let i = 0; i < 10; i++) await store.remember(String(i), "x", 60_000);
  const kept = await Promise.all(Array.from({ length: 10 }, async (_, i) => store.recall(String(i))));
  expect(kept.map((value) => value ?? "")).toEqual(["", "", "", "", "", "", "", "x", "x", "x"]);
});

describe("adapters that share a Redis", needs("redis-server"), () => {
  test("a conversation begun at one is known to the other", async () => {
    const store = (): AdapterStore => createRedisStore({ url: redis?.url ?? "", prefix: "shared:" });
    const one = await startWire({ store: store() });
    const { participants } = one.options;
    const other = await startWire({ store: store(), participants });
    const asked = fields("POST", "quotes", "1.1", "new", { "fspiop-destination": "mid" });
    await send(one.urls.participants, "POST", "/quotes", asked, JSON.stringify(QUOTE));
    const callback = fields("PUT", "quotes", "2.0", "mid", { "fspiop-destination": "new" });
    const error = JSON.stringify({ errorInformation: { errorCode: "3205", errorDescription: "none" } });
    await send(other.urls.hub, "PUT", `/quotes/${QUOTE.quoteId}/error`, callback, error);
    expect(one.new.received[0]?.headers["content-type"]).toContain("quotes+json;version=1.1");
    await Promise.all([one.close(), other.close()]);
  });

  test("while Redis is away messages are refused, not taken; when it is back they pass", async () => {
    const own = await startRedis();
    const wire = await startWire({ store: createRedisStore({ url: own.url }) });
    const post = (): ReturnType<typeof send> =>
      send(
        wire.urls.participants,
        "POST",
        "/quotes",
        fields("POST", "quotes", "1.0", "old"),
        JSON.stringify(QUOTE),
      );
    expect(await post()).toMatchObject({ status: 202 });
    const health = async (): Promise<unknown> => {
      const response = await fetch(`${wire.urls.operations}/health`);
      return [response.status, await response.text()];
    };
    expect(await health()).toEqual([200, '{"status":"ok"}']);
    await own.kill();
    const refused = await post();
    expect(refused).toMatchObject({ status: 503, code: "2001", retryAfter: "1" });
    expect(JSON.stringify(refused.body)).toContain("The store of the adapter (Redis) cannot be reached");
    expect(JSON.stringify(refused.body)).not.toMatch(
      /MaxRetries|ECONNREFUSED|timed out|maxRetriesPerRequest/i,
    );
    expect(wire.hub.received).toHaveLength(1);
    expect(await health()).toEqual([503, '{"status":"store-unavailable","store":"Redis"}']);
    const versions = await fetch(`${wire.urls.operations}/versions`);
    expect([versions.status, versions.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await versions.text()).not.toMatch(/MaxRetries|ECONNREFUSED|maxRetriesPerRequest/i);
    const metrics = await (await fetch(`${wire.urls.operations}/metrics`)).text();
    expect(metrics).toContain('mojaver_adapter_store_errors_total{store="Redis"} 1');
    await own.restart();
    await expect.poll(post, { timeout: 5_000 }).toMatchObject({ status: 202 });
    await expect.poll(health).toEqual([200, '{"status":"ok"}']);
    await wire.close();
    await own.kill();
  });
});
