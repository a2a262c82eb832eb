import type { AddressInfo } from "node:net";
import Hapi from "@hapi/hapi";
import express, { type RequestHandler } from "express";
import fastify from "fastify";
import { register, Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import * as onExpress from "../src/express.ts";
import * as onFastify from "../src/fastify.ts";
import * as onHapi from "../src/hapi.ts";
import { createNegotiator, type Offer } from "../src/index.ts";
import { countNegotiations } from "../src/metrics.ts";
import { exchange } from "./support/exchange.ts";
import { FRAMEWORKS } from "./support/servers.ts";
import { HEADERS, talk, withExpress } from "./support/talk.ts";

const T = "application/vnd.interoperability.transfers+json";
const offer = { transfers: ["1.0", "1.1"] } as const;
describe.each(Object.entries(FRAMEWORKS))("every adapter: %s", (_name, start) => {
  test("a mistake in the options is found at start", async () => {
    const starting = async (): Promise<unknown> => start({ offer: { transfers: ["1.0", "x" as "1.1"] } });
    await expect(starting()).rejects.toThrow('offer.transfers[1] is "x"');
  });

  test("a negotiator made before is updated in flight", async () => {
    const negotiator = createNegotiator<Offer>({ offer: { transfers: ["1.0"] } });
    const { port, close } = await start(negotiator);
    const agreed = async (): Promise<string | undefined> =>
      (await exchange(port, { method: "GET", path: "/transfers/1", headers: HEADERS })).headers.get(
        "x-accept",
      );
    expect(await agreed()).toBe("1.0");
    negotiator.update({ offer: { transfers: ["1.0", "1.4"] } });
    expect(await agreed()).toBe("1.4");
    await close();
  });
});

describe("express", () => {
  test("below a mounted path, the rest of the path counts", async () => {
    const mounted = express.Router();
    mounted.use(onExpress.versioning({ offer }), (req, res) => void res.status(202).send(req.fspiop?.accept));
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
});

describe("fastify", () => {
  test("sibling routes are covered, those registered before too, and other types are parsed as ever", async () => {
    const app = fastify();
    app.post("/before", (request) => ({ body: request.body }));
    app.get("/transfers/early", (request, reply) => reply.code(202).send(request.fspiop?.accept));
    await app.register(onFastify.versioning, { offer });
    await app.register((sibling, _options, done) => {
      sibling.get("/transfers/:id", (request, reply) => reply.code(202).send(request.fspiop?.accept));
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
  test("an error body that is not FSPIOP's keeps its type, and so does a type that the handler sets", async () => {
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
    expect([broken?.status, broken?.headers.get("content-type")]).toEqual([
      500,
      "application/json; charset=utf-8",
    ]);
  });

  test("a path that an extension has rewritten is the one that counts", async () => {
    const server = Hapi.server({ port: 0, host: "127.0.0.1" });
    server.ext("onRequest", (request, h) => {
      request.setUrl(request.path.replace(/^\/api/, ""));
      return h.continue;
    });
    await server.register({ plugin: onHapi.versioning, options: { offer } });
    server.route({
      method: "GET",
      path: "/transfers/{id}",
      handler: (request) => request.app.fspiop?.accept,
    });
    await server.start();
    const port = Number(server.info.port);
    const [response, refused] = await talk(Promise.resolve({ port, close: () => server.stop() }), [
      { path: "/api/transfers/1" },
      { path: "/api/transfers/1", headers: [] },
    ]);
    expect([response?.body, refused?.status]).toEqual(["1.1", 400]);
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
