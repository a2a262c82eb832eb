import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Hapi from "@hapi/hapi";
import type express from "express";
import fastify from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fspiopHeaders as expressHeaders } from "../../src/express.ts";
import { fspiopHeaders as fastifyHeaders } from "../../src/fastify.ts";
import { fspiopHeaders as fetchHeaders } from "../../src/fetch.ts";
import { fspiopHeaders as hapiHeaders } from "../../src/hapi.ts";
import type { FspiopHeadersEvent, FspiopHeadersOptions } from "../../src/index.ts";
import { fspiopHeaders as nodeHeaders } from "../../src/node.ts";
import { exchange } from "../support/exchange.ts";
import { withExpress, type Running } from "../support/talk.ts";

const DATE: [string, string] = ["Date", "Sat, 21 Nov 2026 09:00:00 GMT"];
const SOURCE: [string, string] = ["FSPIOP-Source", "dfspa"];
const JSON_TYPE: [string, string] = ["Content-Type", "application/json"];

// The defaults; tools/peers compares them with central-services-shared.
const ROWS: [path: string, headers: [string, string][], code: string | undefined, why: string][] = [
  ["/quotes", [DATE, SOURCE], undefined, "all is well"],
  ["/quotes", [DATE], undefined, "central-services-shared does not require FSPIOP-Source"],
  ["/quotes", [SOURCE], "3102", "API Definition 3.2.1, Table 1: Date is mandatory"],
  ["/quotes", [["Date", "2026-11-21T09:00:00Z"], SOURCE], "3101", "RFC 9110 5.6.7: not an HTTP date"],
  ["/quotes", [["Date", "Sun, 21 Nov 2026 09:00:00 GMT"], SOURCE], "3101", "RFC 9110 5.6.7: a Saturday"],
  ["/quotes", [DATE, ["FSPIOP-Source", ""]], "3101", "an empty FSP id"],
  ["/quotes", [DATE, SOURCE, ["FSPIOP-Source", "dfspb"]], "3101", "two senders"],
  ["/quotes", [DATE, SOURCE, SOURCE], undefined, "one sender, twice"],
  ["/quotes", [DATE, SOURCE, ["X-Client-Id", "dfspa"]], undefined, "the authenticated client"],
  ["/quotes", [DATE, SOURCE, ["X-Client-Id", "dfspb"]], "3100", "another client"],
  ["/quotes", [DATE, ["X-Client-Id", "dfspa"]], "3100", "no source, but a client"],
  ["/quotes", [DATE, SOURCE, ["X-Client-Id", "dfspa"], ["X-Client-Id", "dfspb"]], "3100", "two clients"],
  ["/quotes", [DATE, SOURCE, ["X-Client-Id", "proxy"], ["FSPIOP-Proxy", "proxy"]], undefined, "a proxy"],
  ["/quotes", [DATE, SOURCE, ["X-Client-Id", "proxy"], ["FSPIOP-Proxy", "other"]], "3100", "another proxy"],
  ["/quotes", [DATE, SOURCE, ["X-Client-Id", "dfspa"], ["FSPIOP-Proxy", "dfspa"]], "3100", "its own proxy"],
  ["/QUOTES", [SOURCE], "3102", "a lenient router would serve it"],
  ["/health", [], undefined, "no resource of FSPIOP"],
];

function onNode(options: FspiopHeadersOptions): Promise<Running> {
  const check = nodeHeaders(options);
  const server = createServer((req, res) => {
    if (check(req, res)) res.writeHead(202).end();
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo; // a TCP server that listens
      resolve({ port, close: () => new Promise((closed) => server.close(closed)) });
    }),
  );
}

async function onFastify(options: FspiopHeadersOptions): Promise<Running> {
  const app = fastify();
  await app.register(fastifyHeaders, options);
  app.all("/*", (_request, reply) => reply.code(202).send());
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() }; // a TCP server that listens
}

async function onHapi(options: FspiopHeadersOptions): Promise<Running> {
  const server = Hapi.server({ port: 0, host: "127.0.0.1" });
  await server.register({ plugin: hapiHeaders, options });
  server.route({ method: "*", path: "/{path*}", handler: (_request, h) => h.response().code(202) });
  await server.start();
  return { port: Number(server.info.port), close: () => server.stop() };
}

const FRAMEWORKS: Readonly<Record<string, (options: FspiopHeadersOptions) => Promise<Running>>> = {
  express: (options) =>
    withExpress(
      expressHeaders(options),
      ((_req, res) => void res.status(202).end()) satisfies express.RequestHandler,
    ),
  fastify: onFastify,
  hapi: onHapi,
  node: onNode,
};

describe.each(Object.entries(FRAMEWORKS))("fspiopHeaders: %s", (_name, start) => {
  let running: Running;
  beforeAll(async () => void (running = await start({})));
  afterAll(() => running.close());

  test.each(ROWS)("%s %j: %s (%s)", async (path, headers, code) => {
    const response = await exchange(running.port, { method: "GET", path, headers });
    expect(response.status).toBe(code === undefined ? 202 : 400);
    if (code !== undefined)
      expect(JSON.parse(response.body)).toMatchObject({ errorInformation: { errorCode: code } });
  });

  test("a Content-Length over the limit is refused with 3104", async () => {
    const small = await start({ maxContentLength: 3 });
    const post = { method: "POST", path: "/quotes", headers: [DATE, SOURCE, JSON_TYPE] };
    expect((await exchange(small.port, { ...post, body: "{}" })).status).toBe(202);
    expect((await exchange(small.port, { ...post, body: "{  }" })).body).toContain("3104");
    await small.close();
  });

  test('mode "observe" reports and refuses nothing', async () => {
    const events: FspiopHeadersEvent[] = [];
    const observing = await start({ mode: "observe", onRefusal: (event) => events.push(event) });
    const response = await exchange(observing.port, { method: "GET", path: "/quotes/1", headers: [SOURCE] });
    await observing.close();
    expect(response.status).toBe(202);
    expect(events).toMatchObject([
      { resource: "quotes", method: "GET", errorCode: "3102", participant: "dfspa", observed: true },
    ]);
  });
});

test("options by name: source required, date optional, no client header", () => {
  const check = fetchHeaders({ source: "require", date: "optional", clientIdHeader: false });
  const ask = (headers: Record<string, string>): number | undefined =>
    check(new Request("http://hub.example/quotes", { headers }))?.status;
  expect(ask({})).toBe(400);
  expect(ask({ "fspiop-source": "dfspa" })).toBeUndefined();
  expect(ask({ "fspiop-source": "dfspa", "x-client-id": "dfspb" })).toBeUndefined();
  expect(ask({ "fspiop-source": "dfspa", date: "now" })).toBe(400);
});

test.each<[options: unknown, message: string]>([
  [{ resources: [] }, "resources is []"],
  [{ resources: ["/quotes"] }, 'resources is ["/quotes"]'],
  [{ clientIdHeader: "x client" }, 'clientIdHeader is "x client"'],
  [{ maxContentLength: -1 }, "maxContentLength is -1"],
  [{ date: "yes" }, 'date is "yes"'],
  [{ dates: "optional" }, "dates is not an option"],
  [{ onRefusal: 1 }, "onRefusal is 1"],
])("a mistake in %j is found at start", (options, message) => {
  // JavaScript callers may pass anything
  expect(() => expressHeaders(options as FspiopHeadersOptions)).toThrow(message);
});
