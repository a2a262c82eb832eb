import { once } from "node:events";
import { Agent, createServer, get, type RequestListener, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { graceful, type GracefulEvent, type GracefulOptions, type Stopper } from "../src/index.ts";

const QUIET: GracefulOptions = { signals: [], log: () => undefined };
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

interface Service {
  readonly server: Server;
  readonly port: number;
  readonly stopper: Stopper;
  readonly events: readonly GracefulEvent[];
}

async function serve(
  listener: RequestListener,
  options: GracefulOptions = {},
  prepare: (server: Server) => void = () => undefined,
): Promise<Service> {
  const server = createServer(listener);
  prepare(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const events: GracefulEvent[] = [];
  const stopper = graceful(server, {
    ...QUIET,
    drainMs: 150,
    deadlineMs: 5_000,
    onEvent: (event) => void events.push(event),
    ...options,
  });
  return { server, port: (server.address() as AddressInfo).port, stopper, events }; // it listens on TCP
}

// A connection written by hand: what it received so far, and whether the other side has ended it.
function dial(port: number) {
  const socket: Socket = connect(port, "127.0.0.1");
  open.push(() => socket.destroy());
  let received = "";
  let ended = false;
  socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
  socket.on("end", () => (ended = true));
  socket.on("error", () => (ended = true));
  return {
    socket,
    write: (data: string) => socket.write(data),
    received: () => received,
    ended: () => ended,
    until: async (condition: () => boolean) => {
      while (!condition()) await delay(5);
    },
  };
}

const GET = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";

test("an idle connection stays for the drain and is closed at its end", async () => {
  const { port, stopper } = await serve((_request, response) => response.end("ok"));
  const connection = dial(port);
  connection.write(GET);
  await connection.until(() => connection.received().includes("ok"));
  expect(connection.received()).not.toMatch(/connection: close/i);
  const stopping = stopper.stop();
  await delay(50);
  expect(connection.ended()).toBe(false);
  expect(await stopping).toMatchObject({ finished: true, cut: 0, served: 0 });
  await connection.until(connection.ended);
});

test("a connection in use is closed with its next answer", async () => {
  const { port, stopper } = await serve((_request, response) => response.end("ok"));
  const connection = dial(port);
  connection.write(GET);
  await connection.until(() => connection.received().includes("ok"));
  const stopping = stopper.stop();
  connection.write(GET);
  await connection.until(connection.ended);
  expect(connection.received()).toMatch(/connection: close/i);
  expect(await stopping).toMatchObject({ finished: true, served: 1 });
});

test("an answer that began before the signal says close as well, and is waited for", async () => {
  const { port, stopper } = await serve(
    (_request, response) => void setTimeout(() => response.end("slow"), 400),
  );
  const connection = dial(port);
  connection.write(GET);
  await delay(50);
  const report = await stopper.stop();
  expect(report).toMatchObject({ finished: true, inFlight: 1, cut: 0 });
  await connection.until(connection.ended);
  expect(connection.received()).toMatch(/connection: close[^]*slow/i);
});

test("a request that is half sent at the end of the drain is waited for and served", async () => {
  const { port, stopper } = await serve((_request, response) => response.end("late"));
  const connection = dial(port);
  connection.write("GET / HTTP/1.1\r\n");
  await delay(50);
  const stopping = stopper.stop();
  await delay(250);
  connection.write("host: x\r\n\r\n");
  expect(await stopping).toMatchObject({ finished: true, served: 1 });
  await connection.until(connection.ended);
  expect(connection.received()).toContain("late");
});

test("a body that is half sent is waited for", async () => {
  const { port, stopper } = await serve((request, response) => {
    void text(request).then((body) => response.end(`got ${body}`));
  });
  const connection = dial(port);
  connection.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nab");
  await delay(50);
  const stopping = stopper.stop();
  await delay(250);
  connection.write("cd");
  expect(await stopping).toMatchObject({ finished: true, inFlight: 1 });
  await connection.until(connection.ended);
  expect(connection.received()).toContain("got abcd");
});

test("a connection that sends nothing is closed at the end of the drain", async () => {
  const { port, stopper } = await serve((_request, response) => response.end());
  const connection = dial(port);
  await delay(50);
  expect(await stopper.stop()).toMatchObject({ finished: true, cut: 0 });
  await connection.until(connection.ended);
});

test("a streamed answer is sent to its end", async () => {
  const { port, stopper } = await serve((_request, response) => {
    let sent = 0;
    const timer = setInterval(() => {
      response.write(`part ${sent} `);
      if (++sent === 10) {
        clearInterval(timer);
        response.end("end");
      }
    }, 40);
  });
  const connection = dial(port);
  connection.write(GET);
  await delay(60);
  expect(await stopper.stop()).toMatchObject({ finished: true, inFlight: 1 });
  await connection.until(connection.ended);
  expect(connection.received()).toMatch(/part 9[^]*end/);
});

test("a slow reader gets the whole answer", async () => {
  const size = 8 * 1024 * 1024;
  const { port, stopper } = await serve((_request, response) => response.end(Buffer.alloc(size, "x")));
  const socket = connect(port, "127.0.0.1");
  socket.write(GET);
  socket.pause();
  await delay(50);
  const stopping = stopper.stop();
  await delay(300);
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => (bytes += chunk.length));
  socket.resume();
  expect(await stopping).toMatchObject({ finished: true, inFlight: 1, cut: 0 });
  await once(socket, "close");
  expect(bytes).toBeGreaterThan(size);
});

test("an upgraded connection is ended at the end of the drain, and its service may finish", async () => {
  let upgraded: Duplex | undefined;
  const { port, stopper } = await serve(
    (_request, response) => response.end(),
    {},
    (server) =>
      server.on("upgrade", (_request, socket) => {
        upgraded = socket;
        socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n");
        socket.on("data", (chunk: Buffer) => socket.write(chunk));
        socket.on("end", () => socket.end());
      }),
  );
  const connection = dial(port);
  connection.write("GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n");
  await connection.until(() => connection.received().includes("101"));
  const stopping = stopper.stop();
  connection.write("ping");
  await connection.until(() => connection.received().endsWith("ping"));
  expect(connection.ended()).toBe(false);
  await connection.until(connection.ended);
  connection.socket.end();
  expect(await stopping).toMatchObject({ finished: true, cut: 0 });
  expect(upgraded?.destroyed).toBe(true);
});

test("what is not finished at the deadline is cut and counted", async () => {
  const { port, stopper, events } = await serve(
    (request, response) => {
      if (request.url === "/") response.write("never");
    },
    { drainMs: 50, deadlineMs: 200 },
  );
  const [first, second] = [dial(port), dial(port)];
  first.write(GET);
  second.write("GET /half");
  await delay(50);
  const report = await stopper.stop("test");
  expect(report).toMatchObject({ reason: "test", finished: false, cut: 1, unfinished: ["2 connections"] });
  await first.until(first.ended);
  await second.until(second.ended);
  expect(events.map(({ phase }) => phase)).toEqual(["draining", "closing", "stopped"]);
});

test.each([
  ["GET", "/ready", 503],
  ["GET", "/health?detailed=true", 503],
  ["HEAD", "/readyz", 503],
  ["POST", "/ready", 200],
  ["GET", "/other", 200],
] as const)("%s %s is answered with %i while stopping", async (method, path, expected) => {
  const { port, stopper } = await serve((_request, response) => response.end("ok"));
  const url = `http://127.0.0.1:${port}${path}`;
  expect((await fetch(url, { method })).status).toBe(200);
  const stopping = stopper.stop();
  expect((await fetch(url, { method })).status).toBe(expected);
  await stopping;
});

test("readiness paths of one's own", async () => {
  const { port, stopper } = await serve((_request, response) => response.end(), { readinessPaths: ["/up"] });
  const stopping = stopper.stop();
  const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  expect([await statusOf("/up"), await statusOf("/health")]).toEqual([503, 200]);
  await stopping;
});

test("a keep-alive agent of Node sends on, over new connections, until the drain ends", async () => {
  const { port, stopper } = await serve((_request, response) => response.end("ok"));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = () =>
    new Promise<string>((resolve, reject) => {
      get({ port, host: "127.0.0.1", agent }, (response) => {
        resolve(text(response).then(() => response.headers.connection ?? ""));
      }).on("error", reject);
    });
  expect(await ask()).toBe("keep-alive");
  const stopping = stopper.stop();
  expect([await ask(), await ask(), await ask()]).toEqual(["close", "close", "close"]);
  expect(await stopping).toMatchObject({ finished: true, served: 3 });
  agent.destroy();
});
