import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { afterEach, expect, test } from "vitest";
import { parseFault } from "../src/commands/simulate-fault.ts";
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

test("a fault meets the payer as often as it is asked for, in ISO 20022 too", async () => {
  const simulator = started(
    startMojaver(
      "simulate",
      ...["--port", "0", "--version", "2.0", "--dialect", "iso20022"],
      "--fault",
      "GET /parties/{Type}/{ID} speaks=0.9 x1",
      "--fault",
      "drop x1",
    ),
  );
  const [, hub = ""] = await simulator.until(/^hub +(http:\S+)[^]*^payerfsp +\S+ /m);
  const type = "application/vnd.interoperability.iso20022.parties+json;version=2.0";
  const ask = (): Promise<number> =>
    fetch(`${hub}/parties/MSISDN/123456789`, {
      headers: {
        accept: type,
        "content-type": type,
        date: new Date().toUTCString(),
        "fspiop-source": "payerfsp",
      },
    }).then(
      ({ status }) => status,
      () => 0, // no answer at all
    );
  expect([await ask(), await ask(), await ask()]).toEqual([406, 0, 202]);
  simulator.kill("SIGTERM");
  expect(await simulator.ended).toBe(0);
});

test.each<[text: string, fault: object | undefined, why: string]>([
  ["503", { status: 503, times: Infinity }, "every message, for good"],
  ["POST /quotes 500 x2", { on: "POST /quotes", status: 500, times: 2 }, "an operation, twice"],
  ["drop", { drop: true, times: Infinity }, "a cut"],
  ["delay=2000", { delayMs: 2000, times: Infinity }, "a delay"],
  ["speaks=1.0,2.0", { speaks: ["1.0", "2.0"], times: Infinity }, "a 406"],
  [
    "PUT /quotes/{ID} version=9.0",
    { on: "PUT /quotes/{ID}", version: "9.0", times: Infinity },
    "a wrong version",
  ],
  ["", undefined, "nothing"],
  ["drop=1", undefined, "a cut has no value"],
  ["delay=soon", undefined, "no number"],
  ["speaks=", undefined, "no version"],
  ["version=9", undefined, "no version"],
  ["200", undefined, "no fault"],
  ["quotes 503", undefined, "no operation"],
])("the fault %j is %j: %s", (text, fault) => {
  if (fault) expect(parseFault(text)).toEqual(fault);
  else expect(() => parseFault(text)).toThrow(InvalidArgumentError);
});

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
  [
    ["--dialect", "iso20022"],
    "--dialect iso20022 is spoken in --version 2.0 only",
    "1.1 has no such messages",
  ],
  [["--fault", "503 x0"], "write [OPERATION ]KIND[ xTIMES]", "no number of times"],
  [
    ["--port", "0", "--fault", "POST /fxQuotes drop"],
    "fspiop/1.1 has no operation POST /fxQuotes",
    "2.0 has",
  ],
])("simulate %j exits with 2 and complains %s: %s", async (args, says) => {
  const answer = await mojaver(["simulate", ...args]);
  expect(answer).toMatchObject({ code: 2, out: "" });
  expect(answer.err).toContain(says);
});
