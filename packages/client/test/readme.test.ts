import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { fulfilment, party, quote } from "./support/messages.ts";
import { sendCallback, startPeer, stop, typed, urlOf, type Reply } from "./support/peer.ts";

const PACKAGE = new URL("../", import.meta.url);

/** A port of 127.0.0.1 that was free a moment ago. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = new URL(urlOf(server));
  await stop(server);
  return port;
}

test("the README's first example runs as printed", { timeout: 30_000 }, async () => {
  const [, code = ""] =
    /^```ts\n(.*?)^```$/ms.exec(readFileSync(new URL("README.md", PACKAGE), "utf8")) ?? [];
  const port = await freePort();
  const callbacks: Promise<Reply>[] = [];
  const answer = (path: string, resource: string, body: unknown): void => {
    callbacks.push(sendCallback(`http://127.0.0.1:${port}`, path, { type: typed(resource, "1.1"), body }));
  };
  const hub = await startPeer(({ method, path, body }) => {
    const { quoteId = "", transferId = "" } = (body ?? {}) as Record<string, string>; // ids are texts
    if (method === "GET") answer(path, "parties", party);
    if (path === "/quotes") answer(`/quotes/${quoteId}`, "quotes", quote);
    if (path === "/transfers") answer(`/transfers/${transferId}`, "transfers", fulfilment);
    return {};
  });

  // The example has no type of its own in it: it is JavaScript, and runs in this package as it would in another.
  const run = spawn(
    process.execPath,
    ["--import=tsx", "--conditions=@mojaloop-versioning/source", "--input-type=module", "--eval", code],
    { cwd: PACKAGE, env: { ...process.env, HUB_URL: hub.url, PORT: port } },
  );
  let output = "";
  for (const stream of [run.stdout, run.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const [status] = (await once(run, "close")) as [number]; // Node's documentation, event "close"

  expect([status, output]).toEqual([0, "COMMITTED\n"]);
  expect(hub.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /parties/MSISDN/123456789",
    "POST /quotes",
    "POST /transfers",
  ]);
  expect((await Promise.all(callbacks)).map((reply) => reply.status)).toEqual([200, 200, 200]);
});
