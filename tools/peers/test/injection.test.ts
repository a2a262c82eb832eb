import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import Hapi from "@hapi/hapi";
import {
  versioning as onExpress,
  fspiopHeaders as expressHeaders,
} from "@mojaloop-versioning/negotiate/express";
import {
  versioning as onFastify,
  fspiopHeaders as fastifyHeaders,
} from "@mojaloop-versioning/negotiate/fastify";
import { versioning as onHapi, fspiopHeaders as hapiHeaders } from "@mojaloop-versioning/negotiate/hapi";
import { versioning as onNode, fspiopHeaders as nodeHeaders } from "@mojaloop-versioning/negotiate/node";
import type express from "express";
import type fastify from "fastify";
import { createMocks } from "node-mocks-http";
import serverless from "serverless-http";
import { describe, expect, test } from "vitest";

// Express and fastify are those that negotiate is tested with.
const fromNegotiate = createRequire(new URL("../../../packages/negotiate/package.json", import.meta.url));
const createExpress = fromNegotiate("express") as typeof express; // the package of that name
const createFastify = fromNegotiate("fastify") as typeof fastify; // the package of that name

const T = "application/vnd.interoperability.transfers+json";
const offer = { transfers: ["1.0", "1.1"] } as const;

type Headers = Readonly<Record<string, string>>;
interface Answer {
  readonly status: number;
  readonly type: unknown;
  readonly body: string;
}
type Send = (headers: Headers) => Promise<Answer>;

const FINE: Headers = {
  accept: `${T};version=1`,
  "content-type": `${T};version=1.0`,
  date: "Sat, 21 Nov 2026 09:00:00 GMT",
  "fspiop-source": "dfspa",
};

function expressApp(): express.Express {
  const app = createExpress();
  app.use(expressHeaders(), onExpress({ offer }));
  app.use((req, res) => void res.status(202).json({ accept: req.fspiop?.accept }));
  return app;
}

function nodeListener(): RequestListener {
  const check = nodeHeaders();
  const negotiate = onNode({ offer });
  return (req, res) => {
    const outcome = check(req, res) ? negotiate(req, res) : undefined;
    if (!outcome) return;
    res.statusCode = 202;
    res.end(JSON.stringify({ accept: outcome.managed ? outcome.accept : undefined }));
  };
}

async function sendByServerless(listener: RequestListener, headers: Headers): Promise<Answer> {
  const handler = serverless(listener); // any listener of node:http
  const event = {
    httpMethod: "GET",
    path: "/transfers/1",
    headers,
    requestContext: {},
    queryStringParameters: null,
  };
  const {
    statusCode,
    headers: sent = {},
    body = "",
  } = (await handler(event, {})) as {
    statusCode: number;
    headers?: Record<string, unknown>;
    body?: string;
  }; // the answer of API Gateway
  return { status: statusCode, type: sent["content-type"], body };
}

function sendByMocks(
  listener: (req: IncomingMessage, res: ServerResponse) => unknown,
  headers: Headers,
): Promise<Answer> {
  return new Promise((resolve) => {
    const { req, res } = createMocks(
      { method: "GET", url: "/transfers/1", headers },
      { eventEmitter: EventEmitter },
    );
    res.on("end", () =>
      resolve({ status: res.statusCode, type: res.getHeader("content-type"), body: String(res._getData()) }),
    );
    listener(req, res);
  });
}

// Each adapter under the tools that inject requests without a socket.
const TOOLS: Readonly<Record<string, Send>> = {
  "hapi inject": async (headers) => {
    const server = Hapi.server();
    await server.register([{ plugin: hapiHeaders }, { plugin: onHapi, options: { offer } }] as never); // hapi types one list of options
    server.route({
      method: "GET",
      path: "/transfers/{id}",
      handler: (request, h) => h.response({ accept: request.app.fspiop?.accept }).code(202),
    });
    const {
      statusCode,
      headers: sent,
      payload,
    } = await server.inject({ url: "/transfers/1", headers: { ...headers } });
    return { status: statusCode, type: sent["content-type"], body: payload };
  },
  "fastify inject": async (headers) => {
    const app = createFastify();
    await app.register(fastifyHeaders);
    await app.register(onFastify, { offer });
    app.get("/transfers/:id", (request, reply) => reply.code(202).send({ accept: request.fspiop?.accept }));
    const {
      statusCode,
      headers: sent,
      body,
    } = await app.inject({ url: "/transfers/1", headers: { ...headers } });
    return { status: statusCode, type: sent["content-type"], body };
  },
  "serverless-http, express": (headers) => sendByServerless(expressApp() as RequestListener, headers),
  "serverless-http, node": (headers) => sendByServerless(nodeListener(), headers),
  "node-mocks-http, express": (headers) => {
    const check = expressHeaders();
    const negotiate = onExpress({ offer });
    return sendByMocks((req, res) => {
      const [request, response] = [req, res] as unknown as Parameters<express.RequestHandler>; // as the tool makes them for Express
      // Not `json`, which sets a type of its own in this tool, unlike in Express.
      void check(request, response, () =>
        negotiate(request, response, () =>
          response.status(202).end(JSON.stringify({ accept: request.fspiop?.accept })),
        ),
      );
    }, headers);
  },
  "node-mocks-http, node": (headers) => sendByMocks(nodeListener(), headers),
};

describe.each(Object.entries(TOOLS))("%s", (_name, send) => {
  test("a correct request is agreed on and stamped", async () => {
    const { status, type, body } = await send(FINE);
    expect({ status, type, body }).toEqual({
      status: 202,
      type: `${T};version=1.1`,
      body: '{"accept":"1.1"}',
    });
  });

  test.each<[changed: Headers, status: number, code: string]>([
    [{ accept: `${T};version=9` }, 406, "3001"],
    [{ accept: "x" }, 400, "3101"],
    [{ "content-type": "" }, 400, "3102"],
    [{ date: "today" }, 400, "3101"],
    [{ "x-client-id": "dfspb" }, 400, "3100"],
    [{ "fspiop-source": "a/b" }, 400, "3101"],
  ])("%j is refused with %s, %s", async (changed, status, code) => {
    const answer = await send({ ...FINE, ...changed });
    expect(answer.status, answer.body).toBe(status);
    expect(answer.body).toContain(`"errorCode":"${code}"`);
  });
});
