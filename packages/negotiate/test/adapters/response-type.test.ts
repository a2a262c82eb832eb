import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Hapi from "@hapi/hapi";
import express from "express";
import express4 from "express4";
import fastify from "fastify";
import fastify4 from "fastify4";
import { describe, expect, test } from "vitest";
import { versioning as expressVersioning } from "../../src/express.ts";
import { versioning as fastifyVersioning } from "../../src/fastify.ts";
import { versioning as fetchVersioning } from "../../src/fetch.ts";
import { versioning as hapiVersioning } from "../../src/hapi.ts";
import { versioning as nodeVersioning } from "../../src/node.ts";
import { exchange } from "../support/exchange.ts";
import { HEADERS } from "../support/talk.ts";

const STAMPED = "application/vnd.interoperability.transfers+json;version=1.1";
const options = { offer: { transfers: ["1.0", "1.1"] } } as const;
const FSPIOP_ERROR = { errorInformation: { errorCode: "3204", errorDescription: "Party not found" } };

// What a handler answers, by the last segment of the path, and the Content-Type that the client must see.
const ANSWERS: Readonly<
  Record<string, readonly [status: number, body: object | undefined, type: RegExp | string]>
> = {
  json: [200, { transferState: "COMMITTED" }, STAMPED],
  empty: [202, undefined, STAMPED],
  "fspiop-error": [400, FSPIOP_ERROR, STAMPED],
  "empty-error": [400, undefined, STAMPED],
  "foreign-error": [400, { message: "no" }, /^application\/json; ?charset=utf-8$/],
};

interface Started {
  readonly port: number;
  readonly close: () => unknown;
}

const portOf = (server: { address: () => unknown }): number => (server.address() as AddressInfo).port; // TCP servers that listen
const answerOf = (path: string): readonly [number, object | undefined] => {
  const [status, body] = ANSWERS[path.split("/").at(-1) ?? ""] ?? [500, undefined];
  return [status, body];
};

async function onExpress(framework: typeof express): Promise<Started> {
  const app = framework();
  app.use(expressVersioning(options));
  app.use((req, res) => {
    const [status, body] = answerOf(req.path);
    if (body) res.status(status).json(body);
    else res.status(status).end();
  });
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { port: portOf(server), close: () => server.close() };
}

async function onFastify(create: typeof fastify): Promise<Started> {
  const app = create();
  await app.register(fastifyVersioning, options);
  app.get("/*", (request, reply) => {
    const [status, body] = answerOf(request.url);
    return reply.code(status).send(body);
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: portOf(app.server), close: () => app.close() };
}

const SERVERS: Readonly<Record<string, () => Promise<Started>>> = {
  "express 4": () => onExpress(express4),
  "express 5": () => onExpress(express),
  "fastify 4": () => onFastify(fastify4 as unknown as typeof fastify), // has declarations of its own
  "fastify 5": () => onFastify(fastify),
  "hapi 21": async () => {
    const server = Hapi.server({ port: 0, host: "127.0.0.1" });
    await server.register({ plugin: hapiVersioning, options });
    server.route({
      method: "GET",
      path: "/{path*}",
      handler: (request, h) => {
        const [status, body] = answerOf(request.path);
        return h.response(body).code(status);
      },
    });
    await server.start();
    return { port: Number(server.info.port), close: () => server.stop() };
  },
  node: async () => {
    const negotiate = nodeVersioning(options);
    const server = createServer((req, res) => {
      if (!negotiate(req, res)) return;
      const [status, body] = answerOf(req.url ?? "");
      res.statusCode = status;
      res.end(body && JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { port: portOf(server), close: () => server.close() };
  },
};

describe.each(Object.entries(SERVERS))("the Content-Type on the wire: %s", (_name, start) => {
  test.each(Object.entries(ANSWERS))("%s", async (name, [status, , type]) => {
    const { port, close } = await start();
    const response = await exchange(port, { method: "GET", path: `/transfers/${name}`, headers: HEADERS });
    await close();
    expect(response.status).toBe(status);
    const seen = response.headers.get("content-type");
    if (typeof type === "string") expect(seen).toBe(type);
    else expect(seen).toMatch(type);
  });
});

describe("the Content-Type of a Fetch response", () => {
  const respond = fetchVersioning(options, (request) => {
    const [status, body] = answerOf(request.url);
    return body ? Response.json(body, { status }) : new Response(null, { status });
  });
  test.each(Object.entries(ANSWERS))("%s", async (name, [status, body, type]) => {
    const response = await respond(
      new Request(`http://hub.example/transfers/${name}`, {
        headers: HEADERS.map(([key, value]) => [key, value]),
      }),
    );
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toMatch(type);
    expect(await response.text()).toBe(body ? JSON.stringify(body) : "");
  });
});
