// A service for the tests, started as a process: node service.ts FRAMEWORK MODE. Prints its port when it listens.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import Hapi from "@hapi/hapi";
import express from "express";
import express4 from "express4";
import Fastify from "fastify";
import Fastify4 from "fastify4";
import { graceful, type GracefulServer } from "../../src/index.ts";

const [framework = "", mode = "graceful"] = process.argv.slice(2);

// Answers after the milliseconds in the query.
function waitOf(url: string | undefined): Promise<void> {
  return delay(Number(new URL(url ?? "/", "http://service").searchParams.get("ms") ?? 0));
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await waitOf(request.url);
  response.end("done");
}

interface Started {
  readonly given: GracefulServer;
  readonly server: Server;
}

const STARTS: Record<string, () => Promise<Started>> = {
  http: () => {
    const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
    return Promise.resolve({ given: server, server });
  },
  express: () => {
    const app = express().use((request, response) => void answer(request, response));
    const server = app.listen(0, "127.0.0.1");
    return Promise.resolve({ given: server, server });
  },
  express4: () => {
    const app = express4().use((request, response) => void answer(request, response));
    const server = app.listen(0, "127.0.0.1");
    return Promise.resolve({ given: server, server });
  },
  fastify: async () => {
    const app = Fastify();
    app.all("/*", async (request) => {
      await waitOf(request.url);
      return "done";
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    return { given: app, server: app.server };
  },
  fastify4: async () => {
    const app = Fastify4();
    app.all("/*", async (request) => {
      await waitOf(request.url);
      return "done";
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    return { given: app, server: app.server };
  },
  hapi: async () => {
    const server = Hapi.server({ port: 0, host: "127.0.0.1" });
    server.route({
      method: "*",
      path: "/{path*}",
      handler: async (request) => {
        await waitOf(request.raw.req.url);
        return "done";
      },
    });
    await server.start();
    return { given: server, server: server.listener };
  },
};

const start = STARTS[framework];
if (!start) throw new Error(`no framework ${framework}`);
const { given, server } = await start();

const ways: Record<string, () => void> = {
  graceful: () => void graceful(given, { drainMs: 60_000, deadlineMs: 90_000 }),
  none: () => undefined,
  close: () => void process.once("SIGTERM", () => server.close(() => process.exit(0))),
  "close-all": () =>
    void process.once("SIGTERM", () => {
      server.closeAllConnections();
      server.close(() => process.exit(0));
    }),
};
ways[mode]?.();

if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
process.stdout.write(`${(server.address() as AddressInfo).port}\n`); // it listens on TCP
