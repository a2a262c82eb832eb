import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { errorBody, type Version } from "@mojaloop-versioning/protocol";
import { Agent, request } from "undici";
import { createAdapterChild } from "./support/adapter-child.ts";
import { fields, QUOTE, TRANSFER } from "./support/wire.ts";

// Constant load through a real adapter for SOAK_MINUTES; memory is read after a garbage collection, and must stay flat.
const MINUTES = Number(process.env["SOAK_MINUTES"] ?? 0.5);
const RATE = Number(process.env["SOAK_RATE"] ?? 200);
const LANES = 20;
const SAMPLES = 20;
/** Bytes that one more message may cost, the least thing that is kept for each costing more; and what collections leave now and then. */
const LEAK = 8;
const NOISE = 2 ** 20;

const folder = mkdtempSync(join(tmpdir(), "soak-"));
const farEnd = await startFarEnd();
const adapter = await createAdapterChild(
  join(folder, "adapter.yaml"),
  {
    hub: { url: farEnd.url, version: "2.0" },
    participants: {
      old: { url: farEnd.url },
      mid: { url: farEnd.url, version: "1.1" },
      new: { url: farEnd.url, version: "2.0" },
    },
    limits: { rememberMs: 5_000, timeoutMs: 2_000 },
  },
  ["--expose-gc"],
);
await adapter.start();

const end = Date.now() + MINUTES * 60_000;
const statuses = new Map<number, number>();
let messages = 0;

// Memory is read when nothing is under way.
let underWay = 0;
let rest: Promise<void> | undefined;

async function atRest<T>(read: () => Promise<T>): Promise<T> {
  let goOn = (): void => undefined;
  rest = new Promise((resolve) => (goOn = resolve));
  while (underWay > 0) await delay(1);
  const found = await read();
  rest = undefined;
  goOn();
  return found;
}

const agent = new Agent({ connections: LANES });
async function lane(n: number): Promise<void> {
  let next = Date.now();
  for (let i = n; Date.now() < end; i++) {
    await rest;
    underWay += 1;
    const status = await (MESSAGES[i % MESSAGES.length]?.() ?? cutOff());
    underWay -= 1;
    messages += 1;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    next += (1_000 * LANES) / RATE;
    await delay(Math.max(0, next - Date.now()));
  }
}

async function post(
  side: "participants" | "hub",
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<number> {
  const method = path.startsWith("/parties") || path.includes("/error") ? "PUT" : "POST";
  const reply = await request(adapter.urls[side] + path, { dispatcher: agent, method, headers, body });
  await reply.body.dump();
  return reply.statusCode;
}

const quote = (more: object = {}): string => JSON.stringify({ ...QUOTE, quoteId: randomUUID(), ...more });
const transfer = (id: string = randomUUID()): string => JSON.stringify({ ...TRANSFER, transferId: id });
const to = (destination: string): Record<string, string> => ({ "fspiop-destination": destination });
const asks = (
  resource: string,
  version: Version,
  source: string,
  destination: string,
): Record<string, string> => fields("POST", resource, version, source, to(destination));
const answers = (
  resource: string,
  version: Version,
  source: string,
  destination: string,
): Record<string, string> => fields("PUT", resource, version, source, to(destination));

const MESSAGES: readonly (() => Promise<number>)[] = [
  () => post("participants", "/quotes", asks("quotes", "1.0", "old", "mid"), quote()),
  () => post("participants", "/quotes", asks("quotes", "1.1", "mid", "new"), quote()),
  () => post("participants", "/quotes", asks("quotes", "2.0", "new", "old"), quote()),
  () => post("participants", "/transfers", asks("transfers", "1.1", "mid", "new"), transfer()),
  () =>
    post(
      "hub",
      "/quotes",
      asks("quotes", "2.0", "old", "mid"),
      quote({ payer: { ...QUOTE.payer, supportedCurrencies: ["USD"] } }),
    ),
  () => post("hub", "/transfers", asks("transfers", "2.0", "new", "old"), transfer()),
  // Streamed on.
  () =>
    post(
      "participants",
      "/quotes",
      asks("quotes", "2.0", "new", "mid"),
      quote({ padding: "x".repeat(100_000) }),
    ),
  // Refused by the adapter, by the far end, and on the way out, with an error callback.
  () => post("participants", "/quotes", asks("quotes", "1.0", "old", "mid"), quote({ amount: 1 })),
  () => post("hub", "/quotes", asks("quotes", "2.0", "new", "mid"), quote({ note: "refuse" })),
  () =>
    post(
      "hub",
      "/transfers",
      asks("transfers", "2.0", "new", "mid"),
      transfer(
        `01${randomUUID()
          .replaceAll(/[-abcdef]/g, "0")
          .slice(0, 24)}`,
      ),
    ),
  () =>
    post(
      "hub",
      `/quotes/${randomUUID()}/error`,
      answers("quotes", "2.0", "mid", "old"),
      JSON.stringify(errorBody("5000")),
    ),
  // A stranger, with a name of its own each time.
  () => post("participants", "/quotes", asks("quotes", "1.0", randomUUID(), "mid"), quote()),
  () => cutOff(),
];

/** Half a message, and then nothing. */
function cutOff(): Promise<number> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(adapter.urls.participants);
    const head = Object.entries(fields("POST", "quotes", "1.0", "old")).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST /quotes HTTP/1.1\r\nhost: a\r\n${head.join("")}content-length: 99\r\n\r\n{`, () =>
        socket.destroy(),
      );
    });
    socket.on("error", () => undefined).on("close", () => resolve(0));
  });
}

async function startFarEnd(): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((incoming, response) => {
    let refuse = false;
    incoming.on("data", (chunk: Buffer) => (refuse ||= chunk.includes('"refuse"')));
    incoming.on("error", () => undefined);
    incoming.on("end", () => {
      response
        .writeHead(refuse ? 406 : incoming.method === "PUT" ? 200 : 202)
        .end(refuse ? JSON.stringify(errorBody("3001")) : "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Sample {
  readonly messages: number;
  readonly rss: number;
  readonly heap: number;
}

/** Bytes for each message more, by least squares. */
function slopeOf(samples: readonly Sample[], of: "rss" | "heap"): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(samples.map((sample) => sample.messages));
  const y = mean(samples.map((sample) => sample[of]));
  const products = samples.map((sample) => (sample.messages - x) * (sample[of] - y));
  return mean(products) / mean(samples.map((sample) => (sample.messages - x) ** 2));
}

const lanes = Array.from({ length: LANES }, (_, n) => lane(n));
const samples: Sample[] = [];
for (let i = 1; i <= SAMPLES; i++) {
  await delay((MINUTES * 60_000) / SAMPLES - 10);
  const memory = await atRest(adapter.memory);
  const sample = { messages, rss: memory.rss, heap: memory.heapUsed + memory.external };
  samples.push(sample);
  const mega = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  console.log(`${messages} messages: ${mega(sample.rss)} resident, ${mega(sample.heap)} in use`);
}
await Promise.all(lanes);
await agent.close();
await adapter.drain();
farEnd.close();
rmSync(folder, { recursive: true });

// The first third fills caches and code.
const settled = samples.slice(Math.ceil(SAMPLES / 3));
const heap = slopeOf(settled, "heap");
const span = (settled.at(-1)?.messages ?? 0) - (settled[0]?.messages ?? 0);
const grows = heap > LEAK && heap * span > NOISE;
console.log(
  `answers: ${Array.from(statuses, ([status, count]) => `${count} × ${status || "cut off"}`).join(", ")}`,
);
console.log(
  `a message more costs ${heap.toFixed(2)} bytes in use, ${slopeOf(settled, "rss").toFixed(2)} resident`,
);
for (const how of adapter.crashes) console.log(`the adapter ended by itself: ${how}`);
console.log(grows ? "memory grows" : "memory is flat");
process.exitCode = grows || adapter.crashes.length > 0 ? 1 : 0;
