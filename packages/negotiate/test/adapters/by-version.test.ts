import type { AddressInfo } from "node:net";
import Hapi from "@hapi/hapi";
import fastify from "fastify";
import { describe, expect, test } from "vitest";
import { createHandlerChoice } from "../../src/adapters/handlers-by-version.ts";
import * as onExpress from "../../src/express.ts";
import * as onFastify from "../../src/fastify.ts";
import * as onFetch from "../../src/fetch.ts";
import * as onHapi from "../../src/hapi.ts";
import * as onNode from "../../src/node.ts";
import { createNegotiator } from "../../src/index.ts";
import { talk, withExpress, type Running } from "../support/talk.ts";

describe("the handler of a version", () => {
  const handler = (): void => undefined;
  const named = (...keys: string[]): Record<string, () => void> =>
    Object.fromEntries(
      keys.map((key) => [key, Object.defineProperty(() => undefined, "name", { value: key })]),
    );

  test.each<[keys: string[], version: `${number}.${number}`, chosen: string, why: string]>([
    [["1.0", "1.1+"], "1.0", "1.0", "the exact key"],
    [["1.0", "1.1+"], "1.1", "1.1+", "the start of a range"],
    [["1.0", "1.1+"], "2.0", "1.1+", "a newer major is in the range"],
    [["1.0+", "1.2+", "1.10+"], "1.9", "1.2+", "versions are numbers, not text"],
    [["1.0+", "1.2+", "1.10+"], "1.11", "1.10+", "the newest range that covers it"],
    [["1.0+", "1.1"], "1.1", "1.1", "an exact key before a range"],
  ])("%j for %s is %s: %s", (keys, version, chosen) => {
    expect(createHandlerChoice(named(...keys))(version).name).toBe(chosen);
  });

  test.each<[handlers: Record<string, unknown>, message: string]>([
    [{}, "byVersion is {}"],
    [{ "1": handler }, 'a key of byVersion is "1"'],
    [{ "1.x": handler }, 'a key of byVersion is "1.x"'],
    [{ "1.0": "x" }, 'byVersion["1.0"] is "x"'],
  ])("a mistake in %j is found at start", (handlers, message) => {
    expect(() => createHandlerChoice(handlers)).toThrow(message);
  });

  test("a version without a handler is an error that names both", () => {
    expect(() => createHandlerChoice(named("1.1+"))("1.0")).toThrow("no handler for 1.0; it has 1.1+");
  });
});

const T = "application/vnd.interoperability.transfers+json";
const offer = { transfers: ["1.0", "1.1", "2.0"] } as const;

const SERVERS: Readonly<Record<string, () => Promise<Running>>> = {
  express: () =>
    withExpress(
      onExpress.versioning({ offer }),
      onExpress.byVersion({
        "1.0": (req, res) => res.send(`old ${req.fspiop.content} ${onExpress.requestAgreement(req).accept}`),
        "1.1+": (req, res) => res.send(`new ${req.fspiop.content} ${onExpress.requestAgreement(req).accept}`),
      }),
    ),
  fastify: async () => {
    const app = fastify();
    await app.register(onFastify.versioning, { offer });
    app.get(
      "/*",
      onFastify.byVersion({
        "1.0": (request) => `old ${request.fspiop.content} ${onFastify.requestAgreement(request).accept}`,
        "1.1+": (request) => `new ${request.fspiop.content} ${onFastify.requestAgreement(request).accept}`,
      }),
    );
    await app.listen({ port: 0, host: "127.0.0.1" });
    return { port: (app.server.address() as AddressInfo).port, close: () => app.close() }; // a TCP server that listens
  },
  hapi: async () => {
    const server = Hapi.server({ port: 0, host: "127.0.0.1" });
    await server.register({ plugin: onHapi.versioning, options: { offer } });
    server.route({
      method: "GET",
      path: "/{path*}",
      handler: onHapi.byVersion({
        "1.0": (request) => `old ${request.app.fspiop.content} ${onHapi.requestAgreement(request).accept}`,
        "1.1+": (request) => `new ${request.app.fspiop.content} ${onHapi.requestAgreement(request).accept}`,
      }),
    });
    await server.start();
    return { port: Number(server.info.port), close: () => server.stop() };
  },
};

test.each(Object.entries(SERVERS))("byVersion and requestAgreement: %s", async (_name, start) => {
  const headersOf = (content: string): [string, string][] => [
    ["Accept", `${T};version=1`],
    ["Content-Type", `${T};version=${content}`],
  ];
  const responses = await talk(
    start(),
    ["1.0", "1.1", "2.0"].map((content) => ({ path: "/transfers/1", headers: headersOf(content) })),
  );
  expect(responses.map(({ body }) => body)).toEqual(["old 1.0 1.1", "new 1.1 1.1", "new 2.0 1.1"]);
});

test("without versioning, requestAgreement says what is missing", () => {
  for (const read of [
    () => onExpress.requestAgreement({} as never),
    () => onFastify.requestAgreement({}),
    () => onHapi.requestAgreement({ app: {} }),
  ]) {
    expect(read).toThrow(expect.objectContaining({ code: "not-negotiated" }));
  }
});

test("byVersion of node and fetch", async () => {
  const { negotiate } = createNegotiator({ offer });
  const outcome = negotiate({
    method: "PUT",
    url: "/transfers/1",
    headers: { "content-type": `${T};version=1.1` },
  });
  if (!outcome.ok || !outcome.managed) throw new Error("it is agreed on");
  const handle = onNode.byVersion({
    "1.0": (_fspiop, suffix: string) => `old${suffix}`,
    "1.1+": (fspiop, suffix: string) => `new ${fspiop.kind}${suffix}`,
  });
  expect(handle(outcome, "!")).toBe("new callback!");
  const answer = onFetch.byVersion({ "1.0+": (_request, fspiop) => new Response(fspiop.content) });
  expect(await (await answer(new Request("http://hub.example/"), outcome)).text()).toBe("1.1");
});
