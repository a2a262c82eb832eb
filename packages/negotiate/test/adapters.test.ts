import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Hapi from "@hapi/hapi";
import express, { type RequestHandler } from "express";
import fastify from "fastify";
import { register, Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import * as onExpress from "../src/express.ts";
import * as onFastify from "../src/fastify.ts";
import * as onHapi from "../src/hapi.ts";
import { createNegotiator } from "../src/index.ts";
import { countNegotiations } from "../src/metrics.ts";
import * as onNode from "../src/node.ts";
import { exchange, type RawResponse } from "./exchange.ts";

const T = "application/vnd.interoperability.transfers+json";
const offer = { transfers: ["1.0", "1.1"] } as const;
const HEADERS = [
  ["Accept", `${T};version=1`],
  ["Content-Type", `${T};version=1.0`],
] as const;

// The types say that there is a version always; where a path may pass without one there is none.
const shown = (version: unknown): string => String(version);

interface Running {
  readonly port: number;
  readonly close: () => Promise<unknown>;
}

/** Starts a server, sends it each message, and stops it. */
async function talk(
  started: Promise<Running>,
  messages: readonly { method?: string; path: string; headers?: readonly (readonly [string, string])[] }[],
): Promise<RawResponse[]> {
  const { port, close } = await started;
  const responses: RawResponse[] = [];
  for (const { method = "GET", path, headers = HEADERS } of messages) {
    responses.push(await exchange(port, { method, path, headers }));
  }
  await close();
  return responses;
}

async function withExpress(...handlers: RequestHandler[]): Promise<Running> {
  const app = express();
  for (const handler of handlers) app.use(handler);
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe("express", () => {
  test("below a mounted path, the rest of the path counts", async () => {
    const mounted = express.Router();
    mounted.use(onExpress.versioning({ offer }), (req, res) => void res.status(202).send(req.fspiop.accept));
    const router = express.Router();
    router.use("/fspiop", mounted);
    const [fine, disguised] = await talk(withExpress(router), [
      { path: "/fspiop/transfers/1" },
      { path: "/fspiop//transfers/1" },
    ]);
    expect(fine?.body).toBe("1.1");
    expect(disguised?.status).toBe(404);
  });

  test("what stands in Vary and Link stays, and is not repeated", async () => {
    const before: RequestHandler = (_req, res, next) => {
      res.setHeader("Vary", ["Origin", "accept"]);
      res.setHeader("Link", "<a>; rel=next");
      next();
    };
    const deprecations = { transfers: { "1.1": { date: "2026-01-01", link: "https://hub.example/" } } };
    const [response] = await talk(
      withExpress(
        before,
        onExpress.versioning({ offer, deprecations }),
        (_req, res) => void res.status(202).end(),
      ),
      [{ path: "/transfers/1" }],
    );
    expect(response?.headers.get("vary")).toBe("Origin, accept");
    expect(response?.headers.get("link")).toBe('<a>; rel=next, <https://hub.example/>; rel="deprecation"');
  });

  test("a negotiator made before is updated in flight", async () => {
    const negotiator = createNegotiator<{ transfers: readonly `${number}.${number}`[] }>({
      offer: { transfers: ["1.0"] },
    });
    const { port, close } = await withExpress(
      onExpress.versioning(negotiator),
      (req, res) => void res.status(202).send(req.fspiop.accept),
    );
    const agreed = async (): Promise<string> =>
      (await exchange(port, { method: "GET", path: "/transfers/1", headers: HEADERS })).body;
    expect(await agreed()).toBe("1.0");
    negotiator.update({ offer: { transfers: ["1.0", "1.4"] } });
    expect(await agreed()).toBe("1.4");
    await close();
  });
});

describe("fastify", () => {
  test("sibling routes are covered, those registered before too, and other types are parsed as ever", async () => {
    const app = fastify();
    app.post("/before", (request) => ({ body: request.body }));
    app.get("/transfers/early", (request, reply) => reply.code(202).send(request.fspiop.accept));
    await app.register(onFastify.versioning, { offer });
    await app.register((sibling, _options, done) => {
      sibling.get("/transfers/:id", (request, reply) => reply.code(202).send(request.fspiop.accept));
      done();
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo; // a TCP server that listens
    const responses = await talk(Promise.resolve({ port, close: () => app.close() }), [
      { path: "/transfers/early" },
      { path: "/transfers/1" },
      { path: "/transfers/1", headers: [] },
    ]);
    expect(responses.map(({ status, body }) => (status === 202 ? body : status))).toEqual([
      "1.1",
      "1.1",
      400,
    ]);
  });

  test("a parser that the application adds for our types comes first", async () => {
    const app = fastify();
    await app.register(onFastify.versioning, { offer });
    app.addContentTypeParser(/^application\/.*\+json/, { parseAs: "buffer" }, (_request, body, done) =>
      done(null, body),
    );
    app.post("/transfers", (request, reply) =>
      reply.code(202).send(Buffer.isBuffer(request.body) ? "buffer" : "other"),
    );
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo; // a TCP server that listens
    const response = await exchange(port, {
      method: "POST",
      path: "/transfers",
      headers: HEADERS,
      body: "{}",
    });
    await app.close();
    expect(response.body).toBe("buffer");
  });
});

describe("hapi", () => {
  test("errors of the handler bear the vendor type, and a type that it sets itself stays", async () => {
    const server = Hapi.server({ port: 0, host: "127.0.0.1" });
    await server.register({ plugin: onHapi.versioning, options: { offer } });
    server.route([
      {
        method: "GET",
        path: "/transfers/{id}",
        handler: (_request, h) => h.response("plain").type("text/plain"),
      },
      { method: "GET", path: "/transfers", handler: () => new Error("broken") },
    ]);
    await server.start();
    const port = Number(server.info.port);
    const [plain, broken] = await talk(Promise.resolve({ port, close: () => server.stop() }), [
      { path: "/transfers/1" },
      { path: "/transfers" },
    ]);
    expect(plain?.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(plain?.headers.get("vary")).toMatch(/accept/i);
    expect([broken?.status, broken?.headers.get("content-type")]).toEqual([500, `${T};version=1.1`]);
  });

  test("a path that an extension has rewritten is the one that counts", async () => {
    const server = Hapi.server({ port: 0, host: "127.0.0.1" });
    server.ext("onRequest", (request, h) => {
      request.setUrl(request.path.replace(/^\/api/, ""));
      return h.continue;
    });
    await server.register({ plugin: onHapi.versioning, options: { offer } });
    server.route({ method: "GET", path: "/transfers/{id}", handler: (request) => request.app.fspiop.accept });
    await server.start();
    const port = Number(server.info.port);
    const [response, refused] = await talk(Promise.resolve({ port, close: () => server.stop() }), [
      { path: "/api/transfers/1" },
      { path: "/api/transfers/1", headers: [] },
    ]);
    expect([response?.body, refused?.status]).toEqual(["1.1", 400]);
  });
});

// Settlement has its version in the path, Admin nowhere (spec-facts 5)
describe.each<
  [name: string, start: (options: Parameters<typeof onExpress.pathVersioning>[0]) => Promise<Running>]
>([
  [
    "express",
    (options) =>
      withExpress(onExpress.pathVersioning(options), (req, res) => void res.send(shown(req.apiVersion))),
  ],
  [
    "fastify",
    async (options) => {
      const app = fastify();
      await app.register(onFastify.pathVersioning, options);
      app.get("/*", (request, reply) => reply.send(shown(request.apiVersion)));
      await app.listen({ port: 0, host: "127.0.0.1" });
      const { port } = app.server.address() as AddressInfo; // a TCP server that listens
      return { port, close: () => app.close() };
    },
  ],
  [
    "hapi",
    async (options) => {
      const server = Hapi.server({ port: 0, host: "127.0.0.1" });
      await server.register({ plugin: onHapi.pathVersioning, options });
      server.route({ method: "GET", path: "/{path*}", handler: ({ app }) => shown(app.apiVersion) });
      await server.start();
      return { port: Number(server.info.port), close: () => server.stop() };
    },
  ],
  [
    "node",
    async (options) => {
      const versionOf = onNode.pathVersioning(options);
      const server = createServer((req, res) => {
        const outcome = versionOf(req, res);
        if (outcome) res.end(String(outcome.apiVersion));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo; // a TCP server that listens
      return { port, close: () => new Promise((resolve) => server.close(resolve)) };
    },
  ],
])("versions in paths on %s", (_name, start) => {
  const prefixes = { "/v1": "1.1", "/v2": "2.0" } as const;

  test("a known prefix is a version, any other a 404 that lists what there is", async () => {
    const [v1, v2, v3, none, upper, doubled] = await talk(start({ prefixes }), [
      { path: "/v1/settlements?state=OPEN" },
      { path: "/v2" },
      { path: "/v3/settlements" },
      { path: "/settlements" },
      { path: "/V2/settlements" },
      { path: "//v2/settlements" },
    ]);
    expect([v1?.body, v2?.body]).toEqual(["1.1", "2.0"]);
    for (const refused of [v3, none, upper, doubled]) {
      expect(refused?.status).toBe(404);
      expect(JSON.parse(refused?.body ?? "")).toEqual({
        errorInformation: {
          errorCode: "3002",
          errorDescription: "Unknown URI; there is /v1 for 1.1, /v2 for 2.0",
          extensionList: {
            extension: [
              { key: "/v1", value: "1.1" },
              { key: "/v2", value: "2.0" },
            ],
          },
        },
      });
    }
  });

  test("paths that begin with no version may pass", async () => {
    const responses = await talk(start({ prefixes, basePath: "/api", unmanaged: "pass" }), [
      { path: "/api/v1/settlements" },
      { path: "/health" },
      { path: "/api/v3/settlements" },
      { path: "/v3/settlements" },
    ]);
    expect(responses.map(({ status, body }) => (status === 200 ? body : status))).toEqual([
      "1.1",
      "undefined",
      404,
      404,
    ]);
  });

  test("an API that says no version has the one that is configured", async () => {
    const [response] = await talk(start({ version: "1.0" }), [{ path: "/participants" }]);
    expect(response?.body).toBe("1.0");
  });

  test.each<[options: unknown, message: string]>([
    [{ version: "x" }, 'version is "x"'],
    [{ prefixes: {} }, "prefixes is {}"],
    [{ prefixes: { v1: "1.1" } }, 'prefixes has "v1"'],
    [{ prefixes: { "/v1": "x" } }, 'prefixes["/v1"] is "x"'],
  ])("a mistake in %j is found at start", (options, message) => {
    // plain JavaScript may pass anything
    expect(() => onNode.pathVersioning(options as { version: "1.0" })).toThrow(message);
  });
});

test("negotiations are counted; whom nobody has named is `other` (prom-client)", async () => {
  const registry = new Registry();
  const onNegotiation = countNegotiations({ register: registry, participants: ["dfspa"] });
  const { negotiate } = createNegotiator({ offer, onNegotiation });
  const again = createNegotiator({
    offer,
    onNegotiation: countNegotiations({ register: registry, participants: ["dfspa"] }),
  });
  const send = (source: string, accept: string, by = negotiate): unknown =>
    by({
      method: "GET",
      url: "/transfers/1",
      headers: { accept, "content-type": `${T};version=1.0`, "fspiop-source": source },
    });
  send("dfspa", T);
  send("dfspa", T, again.negotiate);
  send("dfspb", `${T};version=9`);
  const text = await registry.metrics();
  const line = (labels: string): string => `mojaloop_versioning_negotiations_total{${labels}}`;
  expect(text).toContain(
    `${line('resource="transfers",agreed="1.1",outcome="agreed",participant="dfspa"')} 2`,
  );
  expect(text).toContain(
    `${line('resource="transfers",agreed="none",outcome="unacceptable",participant="other"')} 1`,
  );
  expect(register.getMetricsAsArray()).toEqual([]);
});
