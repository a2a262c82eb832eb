import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Hapi from "@hapi/hapi";
import fastify from "fastify";
import { describe, expect, test } from "vitest";
import * as onExpress from "../src/express.ts";
import * as onFastify from "../src/fastify.ts";
import * as onHapi from "../src/hapi.ts";
import * as onNode from "../src/node.ts";
import { talk, withExpress, type Running } from "./support/talk.ts";

// The types say that there is a version always; where a path may pass without one there is none.
const shown = (version: unknown): string => String(version);

// Settlement has its version in the path, Admin nowhere (docs/fspiop-facts.md)
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
    [{ prefixes: { v1: "1.1" } }, 'a key of prefixes is "v1"'],
    [{ prefixes: { "/v1": "x" } }, 'prefixes["/v1"] is "x"'],
    [{ prefixes: { "/v1": "1.1" }, unmanged: "pass" }, "unmanged is not an option; there are prefixes"],
    [{ prefixes: { "/v1": "1.1" }, basePath: "/a/../b" }, 'basePath is "/a/../b"'],
  ])("a mistake in %j is found at start", (options, message) => {
    // JavaScript callers may pass anything
    expect(() => onNode.pathVersioning(options as { version: "1.0" })).toThrow(message);
  });
});
