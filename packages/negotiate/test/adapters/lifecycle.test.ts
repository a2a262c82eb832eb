import Hapi from "@hapi/hapi";
import fastify from "fastify";
import { describe, expect, test } from "vitest";
import { fspiopHeaders as fastifyHeaders, versioning as onFastify } from "../../src/fastify.ts";
import { fspiopHeaders as hapiHeaders, versioning as onHapi } from "../../src/hapi.ts";
import { createNegotiator, type NegotiationEvent } from "../../src/index.ts";

const offer = { transfers: ["1.0"] } as const;
const PATH = "/transfers/MSISDN-27713803912";

// A request without headers is refused by versioning (3102); without credentials the application refuses it itself (401).
describe("the place in the lifecycle decides who answers first", () => {
  test.each([
    ["onRequest", 400],
    ["preParsing", 401],
    ["preValidation", 401],
    ["preHandler", 401],
  ] as const)("fastify, hook %s: %s", async (hook, status) => {
    const app = fastify();
    app.addHook("preParsing", (_request, reply, payload, next) => {
      if (hook === "onRequest") next(null, payload);
      else void reply.code(401).send();
    });
    await app.register(onFastify, { offer, hook });
    app.get("/*", (_request, reply) => reply.code(202).send());
    expect((await app.inject(PATH)).statusCode).toBe(status);
  });

  test.each([
    ["onRequest", 400],
    ["onPreAuth", 401],
    ["onCredentials", 401],
    ["onPostAuth", 401],
    ["onPreHandler", 401],
  ] as const)("hapi, ext %s: %s", async (ext, status) => {
    const server = Hapi.server();
    server.ext("onPreAuth", (_request, h) => h.response().code(401).takeover());
    await server.register({ plugin: onHapi, options: { negotiator: createNegotiator({ offer }), ext } });
    server.route({ method: "GET", path: "/{path*}", handler: (_request, h) => h.response().code(202) });
    expect((await server.inject(PATH)).statusCode).toBe(status);
  });

  test.each([
    [
      "fastify",
      async (): Promise<void> => {
        await fastify().register(onFastify, { offer, hook: "onSend" as "onRequest" });
      },
    ],
    [
      "hapi",
      () => Hapi.server().register({ plugin: onHapi, options: { offer, ext: "onEnd" as "onRequest" } }),
    ],
  ] as const)("%s: another place is an error", async (_name, register) => {
    await expect(register()).rejects.toThrow(/(hook|ext) is "on.*"; it must be one of/);
  });
});

// docs/decisions.md: no MSISDN in a log
describe("a refusal is in the framework's own log, without its URL", () => {
  test.each([
    ["versioning", onFastify, { offer }, "3102"],
    ["fspiopHeaders", fastifyHeaders, { resources: ["transfers"] }, "3102"],
  ] as const)("fastify, %s", async (_name, plugin, options, errorCode) => {
    const lines: string[] = [];
    const app = fastify({ logger: { stream: { write: (line: string) => void lines.push(line) } } });
    await app.register(plugin as typeof onFastify, options as { offer: typeof offer }); // one of the two rows
    await app.inject(PATH);
    const refusals = lines.map((line) => JSON.parse(line) as object).filter((line) => "errorCode" in line);
    expect(refusals).toMatchObject([{ status: 400, errorCode, msg: "message refused" }]);
    expect(JSON.stringify(refusals)).not.toContain("27713803912");
  });

  test.each([
    ["versioning", onHapi, { offer }],
    ["fspiopHeaders", hapiHeaders, { resources: ["transfers"] }],
  ] as const)("hapi, %s", async (_name, plugin, options) => {
    const server = Hapi.server();
    const events: object[] = [];
    server.events.on({ name: "request", channels: "app" }, (_request, { tags, data }) =>
      events.push({ tags, data }),
    );
    await server.register({ plugin: plugin as typeof onHapi, options: options as { offer: typeof offer } }); // one of the two rows
    await server.inject(PATH);
    expect(events).toMatchObject([{ tags: ["fspiop", "refused"], data: { status: 400, errorCode: "3102" } }]);
    expect(JSON.stringify(events)).not.toContain("27713803912");
  });
});

test("an event has the error code, the URL, the receiver and the correlation ids", () => {
  const events: NegotiationEvent[] = [];
  const { negotiate } = createNegotiator({ offer, onNegotiation: (event) => events.push(event) });
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  for (const name of ["X-Request-ID", "X-Correlation-ID"]) {
    negotiate({
      method: "GET",
      url: PATH,
      headers: ["FSPIOP-Destination", "dfspb", "traceparent", traceparent, name, "r1"],
    });
  }
  const seen = {
    url: PATH,
    errorCode: "3102",
    destination: "dfspb",
    traceparent,
    requestId: "r1",
    observed: false,
  };
  expect(events).toMatchObject([seen, seen]);
});
