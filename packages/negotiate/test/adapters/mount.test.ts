import type { AddressInfo } from "node:net";
import Hapi from "@hapi/hapi";
import express from "express";
import fastify from "fastify";
import { describe, expect, test } from "vitest";
import * as onExpress from "../../src/express.ts";
import * as onFastify from "../../src/fastify.ts";
import * as onHapi from "../../src/hapi.ts";
import { createNegotiator, type NegotiatorOptions } from "../../src/index.ts";
import { talk, withExpress, type Running } from "../support/talk.ts";

type Options = NegotiatorOptions | ReturnType<typeof createNegotiator>;

async function mountedExpress(options: Options): Promise<Running> {
  const router = express.Router();
  router.use(
    "/fspiop",
    onExpress.versioning(options),
    (req, res) => void res.status(202).send(req.fspiop?.accept),
  );
  return withExpress(router);
}

async function mountedFastify(options: Options): Promise<Running> {
  const app = fastify({ routerOptions: { ignoreDuplicateSlashes: true } });
  await app.register(
    async (scope) => {
      await scope.register(onFastify.versioning, options);
      scope.get("/*", (request, reply) => reply.code(202).send(request.fspiop?.accept));
    },
    { prefix: "/fspiop" },
  );
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() }; // a TCP server that listens
}

async function mountedHapi(options: Options): Promise<Running> {
  const server = Hapi.server({ port: 0, host: "127.0.0.1" });
  await server.register({ plugin: onHapi.versioning, options, routes: { prefix: "/fspiop" } });
  server.route({
    method: "GET",
    path: "/fspiop/{path*}",
    handler: (request, h) => h.response(request.app.fspiop?.accept).code(202),
  });
  await server.start();
  return { port: Number(server.info.port), close: () => server.stop() };
}

const offer = { transfers: ["1.0", "1.1"] } as const;
const OPTIONS: [what: string, options: () => Options][] = [
  ["without basePath", () => ({ offer })],
  ["with basePath", () => ({ offer, basePath: "/fspiop" })],
  ["a negotiator", () => createNegotiator<NegotiatorOptions["offer"]>({ offer })],
];

// A server that negotiated nothing below its mount would answer 202 without a version.
describe.each(Object.entries({ express: mountedExpress, fastify: mountedFastify, hapi: mountedHapi }))(
  "mounted at /fspiop: %s",
  (_name, start) => {
    test.each(OPTIONS)("%s", async (_what, options) => {
      const [agreed, refused, disguised] = await talk(start(options()), [
        { path: "/fspiop/transfers/1" },
        { path: "/fspiop/transfers/1", headers: [] },
        { path: "/fspiop//transfers/1" },
      ]);
      expect([agreed?.status, agreed?.body]).toEqual([202, "1.1"]);
      expect(refused?.status).toBe(400);
      expect(disguised?.status).toBe(404);
    });
  },
);

test("a mounted negotiator follows its updates", () => {
  const negotiator = createNegotiator<NegotiatorOptions["offer"]>({ offer });
  const mounted = negotiator.mountedAt("/fspiop");
  const status = (): unknown => {
    const outcome = mounted.negotiate({ method: "GET", url: "/fspiop/quotes/1", headers: {} });
    return outcome.ok ? outcome.managed : outcome.status;
  };
  expect(status()).toBe(false);
  negotiator.update({ offer: { quotes: ["1.0"] } });
  expect(status()).toBe(400);
});
