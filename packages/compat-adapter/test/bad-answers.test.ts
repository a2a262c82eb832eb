import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { fields, QUOTE, send, startWire, type Wire } from "./support/wire.ts";

/** A far end that speaks HTTP by hand: what it says to the first message of a connection, and to each later one. */
let say: (socket: Socket, turn: number) => void;
let server: Server;
let wire: Wire;
const sockets = new Set<Socket>();
const faults: unknown[] = [];
const note = (fault: unknown): void => void faults.push(fault);

beforeAll(async () => {
  process.on("unhandledRejection", note).on("uncaughtException", note);
  server = createServer((socket) => {
    let turn = 0;
    sockets.add(socket);
    socket.on("error", () => undefined).on("data", () => say(socket, turn++));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  wire = await startWire({
    participants: { odd: { url: `http://127.0.0.1:${port}`, version: "2.0" } },
    limits: { connections: 1, timeoutMs: 500 },
  });
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});
afterAll(async () => {
  await wire.close();
  server.close();
  process.off("unhandledRejection", note).off("uncaughtException", note);
});

function post(): ReturnType<typeof send> {
  const headers = fields("POST", "quotes", "2.0", "new", { "fspiop-destination": "odd" });
  return send(wire.urls.hub, "POST", "/quotes", headers, JSON.stringify(QUOTE));
}

const ACCEPTED = "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";

type Row = [what: string, authority: string, text: string, code: string];

test.each<Row>([
  ["no HTTP", "RFC 9112 4", "hello\r\n\r\n", "1001"],
  ["a status of two digits", "RFC 9112 4", "HTTP/1.1 20 OK\r\n\r\n", "1001"],
  ["a status that there is not", "RFC 9110 15", "HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n", "1001"],
  [
    "another protocol that nobody asked for",
    "RFC 9110 15.2.2",
    "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
    "1001",
  ],
  [
    "a length and chunks",
    "RFC 9112 6.3",
    "HTTP/1.1 202 Accepted\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    "1001",
  ],
  [
    "two lengths",
    "RFC 9112 6.3",
    "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\ncontent-length: 5\r\n\r\n",
    "1001",
  ],
  [
    "a header without end",
    "API Definition 3.2.1",
    `HTTP/1.1 202 Accepted\r\nx: ${"y".repeat(70_000)}`,
    "1001",
  ],
  ["half an answer", "RFC 9112 8", "HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\n{", "2004"],
  [
    "an error that is none of FSPIOP's",
    "API Definition 3.2.4",
    'HTTP/1.1 400 Bad Request\r\ncontent-length: 20\r\n\r\n{"__proto__":{"a":1}',
    "1001",
  ],
])(
  "%s as an answer (%s): the sender is refused with an error of FSPIOP",
  async (_what, _authority, text, code) => {
    say = (socket) => void socket.write(text);
    const answer = await post();
    expect(answer).toMatchObject({ code });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(faults).toEqual([]);
  },
);

test("an answer that comes before its message is no answer to the next one (RFC 9112 9.2)", async () => {
  const refused = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
  say = (socket) => void socket.write(ACCEPTED + refused);
  const answers = [await post(), await post(), await post()];
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
});

test("an informational answer is none yet (RFC 9110 15.2)", async () => {
  say = (socket) => void socket.write(`HTTP/1.1 103 Early Hints\r\n\r\n${ACCEPTED}`);
  expect(await post()).toMatchObject({ status: 202 });
});

test("an answer without end is cut, and the fields of an answer stay behind", async () => {
  const endless = "x".repeat(300_000);
  say = (socket) =>
    void socket.write(
      `HTTP/1.1 202 Accepted\r\nx-inside: 1\r\nset-cookie: a=1\r\ncontent-length: 300000000\r\n\r\n${endless}`,
    );
  const headers = fields("POST", "quotes", "2.0", "new", { "fspiop-destination": "odd" });
  const answer = await fetch(`${wire.urls.hub}/quotes`, {
    method: "POST",
    headers,
    body: JSON.stringify(QUOTE),
  });
  expect((await answer.text()).length).toBeLessThan(endless.length + 1);
  for (const name of ["x-inside", "set-cookie"]) expect(answer.headers.has(name)).toBe(false);
});
