import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { fields, QUOTE, send, startWire, type Wire } from "./support/wire.ts";

let wire: Wire | undefined;
const sockets = new Set<Socket>();
const servers: { close: () => void }[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  await wire?.close();
  wire = undefined;
});

const TO_MID = { "fspiop-destination": "mid" };

/** The head of a message of `new` in the hub's version, so that its body is passed on as it comes. */
function headOf(length: number): string {
  const own = Object.entries(fields("POST", "quotes", "2.0", "new", TO_MID));
  const lines = [...own, ["content-length", String(length)]].map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /quotes HTTP/1.1\r\nhost: a\r\n${lines.join("")}\r\n`;
}

/** Opens a connection, says the beginning at once, where there is one, and one more byte now and then. */
async function dribble(
  url: string,
  beginning: string,
): Promise<{ readonly heard: Promise<string>; readonly socket: Socket }> {
  const { hostname, port } = new URL(url);
  // Who dribbles goes on after the other side has ended.
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: beginning !== "" });
  sockets.add(socket);
  let said = "";
  socket.on("data", (chunk: Buffer) => (said += chunk.toString()));
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(beginning);
  const dribbling = setInterval(() => beginning !== "" && socket.write("x"), 20);
  const heard = new Promise<string>((resolve) => {
    socket.once("close", () => {
      clearInterval(dribbling);
      sockets.delete(socket);
      resolve(said);
    });
  });
  return { heard, socket };
}

/** A payment message from another DFSP to another one. */
async function honest(to: Wire): Promise<number> {
  const headers = fields("POST", "quotes", "1.1", "mid", { "fspiop-destination": "old" });
  return (await send(to.urls.participants, "POST", "/quotes", headers, JSON.stringify(QUOTE))).status;
}

/** What dawdlers say before they say it a byte at a time, and how many of them do. */
const DAWDLERS: readonly (readonly [beginning: string, count: number])[] = [
  ["", 50],
  ["POST /quotes HTTP/1.1\r\nhost: a\r\nx: ", 200],
  // Bodies: one that is converted, one that is passed on as it comes.
  [headOf(1_000).replaceAll("2.0", "1.1").replace("new", "mid"), 50],
  [headOf(1_000_000), 50],
];

test("hundreds of senders who say nothing, or their head or body a byte at a time: others are served, and each is sent away", async () => {
  const dawdling = await startWire({ limits: { receiveMs: 1_200, connections: 8 } });
  wire = dawdling;
  const { participants } = wire.urls;
  const dawdlers = await Promise.all(
    DAWDLERS.flatMap(([beginning, count]) =>
      Array.from({ length: count }, () => dribble(participants, beginning)),
    ),
  );
  const served = await Promise.all(Array.from({ length: 20 }, () => honest(dawdling)));
  expect(served).toEqual(Array(20).fill(202));
  const heard = await Promise.all(dawdlers.map((dawdler) => dawdler.heard));
  const refused = /^HTTP\/1\.1 400 Bad Request\r\n[^]*\r\n\r\n\{"errorInformation":\{"errorCode":"3101"/;
  for (const answer of new Set(heard)) if (answer !== "") expect(answer).toMatch(refused);
  expect(dawdling.hub.received).toHaveLength(20);
});

test("slow uploads that are passed on never hold all the connections to their target", async () => {
  wire = await startWire({ limits: { connections: 4, inFlight: 8 } });
  const { hub, urls } = wire;
  let open = 0;
  hub.server.on("request", () => (open += 1));
  const uploads = await Promise.all(
    Array.from({ length: 12 }, () => dribble(urls.participants, headOf(100_000))),
  );
  for (let i = 0; i < 20; i++) expect(await honest(wire)).toBe(202);
  expect(open).toBeLessThanOrEqual(20 + 4 / 2);
  expect(uploads.filter(({ socket }) => socket.destroyed)).toEqual([]);
});

test("a far end that never answers holds as many messages as may be under way to it, each no longer than the limit", async () => {
  wire = await startWire({ limits: { timeoutMs: 300, inFlight: 6, connections: 1 } });
  const { urls, old } = wire;
  old.answer = () => ({ silent: true });
  const post = (to: string): ReturnType<typeof send> => {
    const headers = fields("POST", "quotes", "2.0", "new", { "fspiop-destination": to });
    return send(urls.hub, "POST", "/quotes", headers, JSON.stringify(QUOTE));
  };
  const stuck = Promise.all(Array.from({ length: 10 }, () => post("old")));
  for (let i = 0; i < 5; i++) expect(await post("mid")).toMatchObject({ status: 202 });
  const codes = (await stuck).map(({ status, code }) => `${status} ${code}`);
  expect(codes.filter((code) => code === "503 2003")).toHaveLength(4);
  expect(codes.filter((code) => code === "503 2004")).toHaveLength(6);
  // Those that waited for its one connection have waited no longer than the one that had it, and never got there.
  expect(old.received.length).toBeLessThan(6);
});

/** A far end that does with a connection what it wants. */
async function startRaw(serve: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    serve(socket);
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server that listens has one
}

type FarEnd = [what: string, serve: (socket: Socket) => void];

test.each<FarEnd>([
  ["takes nothing", (socket) => void socket.pause()],
  [
    "answers a byte at a time",
    (socket) => {
      socket.resume();
      socket.write("HTTP/1.1 202 Accepted\r\ncontent-length: 200000\r\n\r\n");
      const writing = setInterval(() => socket.write("x"), 20);
      socket.once("close", () => clearInterval(writing));
    },
  ],
  [
    "says its head a byte at a time",
    (socket) => {
      socket.resume();
      const writing = setInterval(() => socket.write("H"), 20);
      socket.once("close", () => clearInterval(writing));
    },
  ],
])("a far end that %s: its sender is told, and there is no 202", async (_what, serve) => {
  const url = await startRaw(serve);
  wire = await startWire({
    participants: { slow: { url, version: "1.1" } },
    limits: { timeoutMs: 300, retries: 0 },
  });
  const headers = fields("POST", "quotes", "2.0", "new", { "fspiop-destination": "slow" });
  const body = JSON.stringify({ ...QUOTE, padding: "x".repeat(4_000_000) });
  const answer = await send(wire.urls.hub, "POST", "/quotes", headers, body);
  expect(answer.status).toBe(503);
  expect(["1001", "2004"]).toContain(answer.code);
});

test("a far end that accepts what has not come whole: its sender is not told that it is accepted", async () => {
  const url = await startRaw((socket) => {
    socket.once("data", () => socket.write("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n"));
  });
  wire = await startWire({ hub: { url, version: "2.0" } });
  const { heard } = await dribble(wire.urls.participants, headOf(100_000));
  expect(await heard).toMatch(/^HTTP\/1\.1 503 /);
  expect(wire.events.map(({ outcome }) => outcome)).toEqual(["failed"]);
});

test("a sender that reads no answers is served no further than its connection holds, and others are", async () => {
  wire = await startWire();
  const { hostname, port } = new URL(wire.urls.participants);
  const socket = connect(Number(port), hostname);
  sockets.add(socket);
  socket.pause().on("error", () => undefined);
  await once(socket, "connect");
  const refused = `GET /nothing HTTP/1.1\r\nhost: a\r\nfspiop-source: new\r\n\r\n`;
  socket.write(refused.repeat(20_000));
  for (let i = 0; i < 20; i++) expect(await honest(wire)).toBe(202);
  expect(wire.events.length).toBeLessThan(20_020);
});

test("close() does not wait for ever for who has said nothing, half a head or half a body", async () => {
  wire = await startWire({ limits: { receiveMs: 300 } });
  const { hostname, port } = new URL(wire.urls.participants);
  for (const half of ["", "POST /quotes HTTP/1.1\r\nhost: a\r\n", `${headOf(100)}{`, `${headOf(100_000)}{`]) {
    const socket = connect(Number(port), hostname);
    sockets.add(socket);
    socket.on("error", () => undefined);
    await once(socket, "connect");
    socket.write(half);
  }
  expect(await honest(wire)).toBe(202);
  await wire.close();
  wire = undefined;
});
