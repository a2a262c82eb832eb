import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import Hapi from "@hapi/hapi";
import fastify from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestAgreement as fastifyAgreement, versioning as fastifyVersioning } from "../src/fastify.ts";
import { requestAgreement as hapiAgreement, versioning as hapiVersioning } from "../src/hapi.ts";
import { createCallbackContext, formatCallbackContext, type AgreedVersions } from "../src/index.ts";
import { versioning as nodeVersioning } from "../src/node.ts";
import type { Work } from "./support/callback-worker.ts";
import { exchange } from "./support/exchange.ts";

// A service of the kind Mojaloop runs: it takes transfers and quotes, answers 202, and puts the work into a queue; a second process
// takes it off and sends the callback. The DFSP is a third party that refuses what it cannot read.

const offer = { transfers: ["1.0", "1.1", "2.0"], quotes: ["1.0", "1.1"] } as const;

interface Callback {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

let worker: ChildProcess;
let dfspPort: number;
const dfsp = createServer();
const callbacks: Callback[] = [];
const negotiate = nodeVersioning({ offer });
dfsp.on("request", (req, res) => {
  if (!negotiate(req, res)) return;
  callbacks.push({ path: req.url ?? "", headers: req.headers });
  res.writeHead(200).end();
  dfsp.emit("callback");
});

function enqueue(agreement: AgreedVersions, id: string): void {
  const context = formatCallbackContext(createCallbackContext(agreement, id));
  worker.send({ port: dfspPort, context, fails: id.startsWith("unknown") } satisfies Work);
}

async function withFastify(): Promise<{ port: number; close: () => Promise<unknown> }> {
  const app = fastify();
  await app.register(fastifyVersioning, { offer });
  for (const [resource, id] of [
    ["transfers", "transferId"],
    ["quotes", "quoteId"],
  ] as const) {
    app.post<{ Body: Record<string, string> }>(`/${resource}`, async (request, reply) => {
      enqueue(fastifyAgreement(request), request.body[id] ?? "");
      return reply.code(202).send();
    });
  }
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() }; // a TCP server that listens
}

async function withHapi(): Promise<{ port: number; close: () => Promise<unknown> }> {
  const server = Hapi.server({ port: 0, host: "127.0.0.1" });
  await server.register({ plugin: hapiVersioning, options: { offer } });
  for (const [resource, id] of [
    ["transfers", "transferId"],
    ["quotes", "quoteId"],
  ] as const) {
    server.route({
      method: "POST",
      path: `/${resource}`,
      handler: (request, h) => {
        const body = request.payload as Record<string, string>; // this test sends it
        enqueue(hapiAgreement(request), body[id] ?? "");
        return h.response().code(202);
      },
    });
  }
  await server.start();
  return { port: Number(server.info.port), close: () => server.stop() };
}

beforeAll(async () => {
  worker = fork(fileURLToPath(new URL("support/callback-worker.ts", import.meta.url)), {
    execArgv: ["--conditions=@mojaloop-versioning/source", "--import", "tsx"],
  });
  dfsp.listen(0, "127.0.0.1");
  await once(dfsp, "listening");
  dfspPort = (dfsp.address() as AddressInfo).port; // a TCP server that listens
});

afterAll(async () => {
  worker.kill();
  await once(worker, "exit");
  dfsp.close();
});

const type = (resource: string, version: string): string =>
  `application/vnd.interoperability.${resource}+json;version=${version}`;

describe.each([
  ["fastify", withFastify],
  ["hapi", withHapi],
])("a service on %s", (_name, start) => {
  test("sends each callback, from a second process, in the version that its request asked for", async () => {
    const { port, close } = await start();
    callbacks.length = 0;
    // API Definition 3.3.4.2: the version agreed on is that of the callback
    const asked: [
      resource: "transfers" | "quotes",
      accept: string,
      id: string,
      callback: string,
      path: string,
    ][] = [
      ["transfers", "1", "a", "1.1", "/transfers/a"],
      ["transfers", "1.0", "b", "1.0", "/transfers/b"],
      ["transfers", "2", "c", "2.0", "/transfers/c"],
      ["quotes", "1", "d", "1.1", "/quotes/d"],
      ["quotes", "1.0", "unknown", "1.0", "/quotes/unknown/error"],
    ];
    for (const [resource, accept, id, version] of asked) {
      const body = JSON.stringify({ [resource === "transfers" ? "transferId" : "quoteId"]: id });
      const arrived = once(dfsp, "callback");
      const response = await exchange(port, {
        method: "POST",
        path: `/${resource}`,
        headers: [
          ["Accept", type(resource, accept)],
          ["Content-Type", type(resource, "1.0")],
          ["FSPIOP-Source", "dfspa"],
        ],
        body,
      });
      expect([response.status, response.headers.get("content-type")]).toEqual([202, type(resource, version)]);
      await arrived;
    }
    await close();
    expect(
      callbacks.map(({ path, headers }) => [path, headers["content-type"], headers["fspiop-destination"]]),
    ).toEqual(asked.map(([resource, , , version, path]) => [path, type(resource, version), "dfspa"]));
    expect(callbacks.some(({ headers }) => "accept" in headers)).toBe(false);
  });
});
