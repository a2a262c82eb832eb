import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { mojaver } from "./mojaver.ts";
import { startModule, startMojaver, type Running } from "./mojaver-process.ts";

const running: Running[] = [];
afterEach(async () => {
  for (const each of running) each.kill("SIGKILL");
  await Promise.all(running.splice(0).map(({ ended }) => ended));
});

function started(process: Running): Running {
  running.push(process);
  return process;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  server.close();
  await once(server, "close");
  return port;
}

const README = readFileSync(join(import.meta.dirname, "../../client/README.md"), "utf8");
const EXAMPLE = /```ts\n([^]*?)```/.exec(README)?.[1] ?? "";

test.each<[version: string, signal: NodeJS.Signals, why: string]>([
  ["1.1", "SIGINT", "as printed: the client speaks 1.1"],
  ["1.0", "SIGTERM", "the client falls back to 1.0"],
])(
  "the first example of the client's README pays through a hub of %s, then %s stops it: %s",
  async (version, signal) => {
    const port = await freePort();
    const callback = `http://127.0.0.1:${port}`;
    const simulator = started(
      startMojaver("simulate", "--version", version, "--port", "0", "--callback", callback),
    );
    const [, hub = ""] = await simulator.until(/^hub +(http:\S+)[^]*^payerfsp +\S+ /m);

    const example = started(startModule(EXAMPLE, { HUB_URL: hub, PORT: String(port) }));
    expect([await example.ended, example.said()]).toEqual([0, "COMMITTED\n"]);

    simulator.kill(signal);
    expect(await simulator.ended).toBe(0);
    for (const line of [
      `payerfsp to hub: GET /parties/MSISDN/123456789 (${version})`,
      `payeefsp to payerfsp: PUT /parties/MSISDN/123456789 (${version})`,
      `payerfsp to payeefsp: POST /quotes (${version})`,
      `payerfsp to payeefsp: POST /transfers (${version})`,
    ])
      expect(simulator.said()).toContain(`\n${line}\n`);
  },
);

test("a port that is taken is said in one line", { timeout: 60_000 }, async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  const simulator = started(startMojaver("simulate", "--port", String(port)));
  expect([await simulator.ended, simulator.said()]).toEqual([
    3,
    `port ${port} is taken; say --port with another, or with 0 for any\n`,
  ]);
  server.close();
});

test.each<[args: string[], says: string, why: string]>([
  [["--version", "x"], "write a version like 1.1", "no version"],
  [["--version", "9.0"], "there is no FSPIOP API 9.0; known are 1.0, 1.1, 2.0", "no such API"],
  [["--port", "70000"], "write a port from 0 to 65535", "no port"],
  [["--callback", "4001"], "write an http or https URL", "no URL"],
])("simulate %j exits with 2 and complains %s: %s", async (args, says) => {
  const answer = await mojaver(["simulate", ...args]);
  expect(answer).toMatchObject({ code: 2, out: "" });
  expect(answer.err).toContain(says);
});
