import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { needs } from "../../../tools/test-run/requirements.ts";
import { createMemoryStore, createRedisStore } from "../src/index.ts";
import type { Reply } from "./support/recorder.ts";
import { startRedis } from "./support/redis-server.ts";
import { fields, QUOTE, send, startWire } from "./support/wire.ts";

test("a sender that is gone before its body is looked at leaves nothing behind: close() still ends", async () => {
  const memory = createMemoryStore();
  let asked = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  let answer = (): void => undefined;
  const isGone = new Promise<void>((resolve) => (answer = resolve));
  const store = {
    ...memory,
    // A store that takes its time: the version of the receiver is asked for before the body is read.
    lastVersion: async () => {
      asked();
      await isGone;
      return undefined;
    },
  };
  const wire = await startWire({ store, participants: { any: { url: "http://127.0.0.1:9" } } });
  const { hostname, port } = new URL(wire.urls.hub);
  const socket = connect(Number(port), hostname);
  const head = Object.entries(fields("POST", "quotes", "2.0", "new", { "fspiop-destination": "any" }));
  socket.write(
    `POST /quotes HTTP/1.1\r\nhost: a\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}content-length: 9\r\n\r\n{`,
  );
  await isAsked;
  socket.destroy();
  await once(socket, "close");
  // The server sees the end of the connection before the next one that is opened after it.
  await fetch(`${wire.urls.hub}/nothing`);
  answer();
  await wire.close();
  expect(wire.events.map(({ outcome }) => outcome)).toEqual(["refused", "refused"]);
});

type Away = [what: string, mid: Partial<Reply>, body: object];

test.each<Away>([
  ["its destination refuses the version", { status: 406 }, QUOTE],
  ["its destination's version has no such id", {}, { ...QUOTE, quoteId: "01ARZ3NDEKTSV4RRFFQ69G5FAV" }],
])(
  "%s, and neither hub nor source can be told: the hub sends again until one can (API Definition 3.3.4.3, Note)",
  async (_what, midAnswer, body) => {
    const wire = await startWire({ validation: "strict", limits: { retries: 0 } });
    wire.mid.answer = () => midAnswer;
    wire.hub.answer = () => ({ status: 503 });
    wire.old.answer = () => ({ status: 503 });
    const headers = fields("POST", "quotes", "2.0", "old", { "fspiop-destination": "mid" });
    const post = (): ReturnType<typeof send> =>
      send(wire.urls.hub, "POST", "/quotes", headers, JSON.stringify(body));
    expect(await post()).toMatchObject({ status: 503, code: "1001" });
    wire.hub.answer = () => ({});
    expect((await post()).status).toBeLessThan(500);
    await wire.close();
    const put = wire.hub.received.map(({ url, body: text }) => `${url} ${text}`);
    expect(put).toHaveLength(2);
    expect(new Set(put).size).toBe(1);
    expect(wire.events.map(({ errorCallback }) => errorCallback)).toEqual([false, true]);
  },
);

test("a large message whose destination refuses its version before reading it: its source is told all the same", async () => {
  // More than the buffers on the way hold, so that the refusal comes first.
  const body = JSON.stringify({ padding: "x".repeat(4_000_000), quoteId: QUOTE.quoteId });
  const hasty = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.write("HTTP/1.1 406 Not Acceptable\r\ncontent-length: 0\r\n\r\n"));
  }).listen(0, "127.0.0.1");
  await once(hasty, "listening");
  const { port } = hasty.address() as AddressInfo; // a TCP server that listens has one
  const wire = await startWire({
    participants: { hasty: { url: `http://127.0.0.1:${port}`, version: "2.0" } },
  });
  const headers = fields("POST", "quotes", "2.0", "old", { "fspiop-destination": "hasty" });
  const answer = await send(wire.urls.hub, "POST", "/quotes", headers, body);
  await wire.close();
  hasty.close();
  expect(answer).toMatchObject({ status: 406, code: "3001" });
  expect(wire.hub.received.map(({ url }) => url)).toEqual([`/quotes/${QUOTE.quoteId}/error`]);
});

test("a Redis that hangs holds neither messages nor close()", needs("redis-server"), async () => {
  const redis = await startRedis();
  onTestFinished(redis.kill);
  const store = createRedisStore({ url: redis.url });
  const wire = await startWire({ store });
  const post = (): ReturnType<typeof send> =>
    send(
      wire.urls.participants,
      "POST",
      "/quotes",
      fields("POST", "quotes", "1.0", "old"),
      JSON.stringify(QUOTE),
    );
  expect(await post()).toMatchObject({ status: 202 });
  redis.pause();
  expect(await post()).toMatchObject({ status: 503 });
  await wire.close();
  expect(wire.hub.received).toHaveLength(1);
});
