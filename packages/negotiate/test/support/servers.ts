import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Hapi from "@hapi/hapi";
import express from "express";
import express4 from "express4";
import fastify from "fastify";
import fastify4 from "fastify4";
import { versioning as expressVersioning } from "../../src/express.ts";
import { versioning as fastifyVersioning } from "../../src/fastify.ts";
import { versioning as hapiVersioning } from "../../src/hapi.ts";
import { versioning as nodeVersioning } from "../../src/node.ts";
import type { VersioningOptions } from "../../src/adapters/versioning-options.ts";

const HEADER_LIMIT = 65_536;

/** A server that has negotiated when its one handler is reached. */
export interface TestServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

interface Reached {
  readonly fspiop?: { readonly accept?: string | undefined; readonly content: string } | undefined;
  readonly body?: unknown;
}

const MANAGED = /^\/(?:[^/]+\/)*?(transfers|quotes|parties|participants|authorizations|bulkQuotes)(\/|$)/;

// The handler of every test server: it tells in headers what it was given. 200 to PUT and PATCH, 202 to the rest, 404 past the
// managed resources, as an application of the kind would.
function answer(
  method: string,
  path: string,
  { fspiop, body }: Reached,
): { status: number; headers: Record<string, string> } {
  if (!MANAGED.test(path)) return { status: 404, headers: { "x-passed": "yes" } };
  return {
    status: method === "PUT" || method === "PATCH" ? 200 : 202,
    headers: {
      "x-negotiated": fspiop ? "yes" : "no",
      ...(fspiop?.accept !== undefined && { "x-accept": fspiop.accept }),
      ...(fspiop && { "x-content": fspiop.content }),
      "x-body": JSON.stringify(body ?? null),
    },
  };
}

const UNKNOWN = JSON.stringify({ errorInformation: { errorCode: "3002", errorDescription: "Unknown URI" } });

async function listen(handler: RequestListener): Promise<TestServer> {
  const server = createServer({ maxHeaderSize: HEADER_LIMIT }, handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: portOf(server), close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // a TCP server that listens has an address of this kind
}

function pathOf(url = "/"): string {
  return url.split("?")[0] ?? "/";
}

function onExpress(framework: typeof express, options: VersioningOptions): Promise<TestServer> {
  const app = framework();
  app.use(expressVersioning(options));
  app.use(framework.json({ type: "+json" }));
  app.use((req, res) => {
    const { status, headers } = answer(req.method, req.path, req);
    res.status(status).set(headers);
    if (status === 404) res.send(UNKNOWN);
    else res.end();
  });
  return listen(app);
}

async function onFastify(create: typeof fastify, options: VersioningOptions): Promise<TestServer> {
  const app = create({ http: { maxHeaderSize: HEADER_LIMIT } });
  await app.register(fastifyVersioning, options);
  app.setNotFoundHandler((request, reply) => {
    void reply.code(404).header("x-passed", "yes").send(UNKNOWN);
    return request.url;
  });
  app.all("/*", (request, reply) => {
    const { status, headers } = answer(request.method, pathOf(request.url), request);
    void reply
      .code(status)
      .headers(headers)
      .send(status === 404 ? UNKNOWN : undefined);
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: portOf(app.server), close: () => app.close() };
}

async function onHapi(options: VersioningOptions): Promise<TestServer> {
  const listener = createServer({ maxHeaderSize: HEADER_LIMIT });
  const server = Hapi.server({ listener, autoListen: true, port: 0, host: "127.0.0.1" });
  await server.register({ plugin: hapiVersioning, options });
  server.route({
    method: "*",
    path: "/{path*}",
    handler: (request, h) => {
      const method = request.method.toUpperCase();
      const { status, headers } = answer(method, request.path, {
        fspiop: request.app.fspiop,
        body: request.payload,
      });
      const response = h.response(status === 404 ? UNKNOWN : undefined).code(status);
      for (const [name, value] of Object.entries(headers)) response.header(name, value);
      return response;
    },
  });
  await server.start();
  return { port: portOf(listener), close: () => server.stop() };
}

function onNode(options: VersioningOptions): Promise<TestServer> {
  const negotiate = nodeVersioning(options);
  return listen((req, res) => {
    const outcome = negotiate(req, res);
    if (!outcome) return;
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const { status, headers } = answer(req.method ?? "", pathOf(req.url), {
        fspiop: outcome.managed ? outcome : undefined,
        body: text === "" ? undefined : (JSON.parse(text) as unknown),
      });
      res.writeHead(status, headers).end(status === 404 ? UNKNOWN : undefined);
    });
  });
}

/** Every adapter on every framework that it is for: start a server with options. */
export const FRAMEWORKS: Readonly<Record<string, (options: VersioningOptions) => Promise<TestServer>>> = {
  "express 4": (options) => onExpress(express4, options),
  "express 5": (options) => onExpress(express, options),
  "fastify 4": (options) => onFastify(fastify4 as unknown as typeof fastify, options), // typed by itself; only what both have is used
  "fastify 5": (options) => onFastify(fastify, options),
  "hapi 21": onHapi,
  node: onNode,
};
