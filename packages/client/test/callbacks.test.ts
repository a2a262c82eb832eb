import { connect } from "node:net";
import { EventEmitter, once } from "node:events";
import { setImmediate } from "node:timers/promises";
import express from "express";
import express4 from "express4";
import fastify from "fastify";
import fastify4 from "fastify4";
import { newestFirst, supportedVersions } from "@mojaloop-versioning/protocol";
import { createRegistry, fspiopChanges } from "@mojaloop-versioning/transform";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { validateBody } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { describe, expect, onTestFinished, test } from "vitest";
import { createClient, type Callback, type MessageHandler, type ClientOptions } from "../src/index.ts";
import { fulfilment, party, payeeRejects, ULID, UUID } from "./support/messages.ts";
import { sendCallback, serve, typed, type Sent } from "./support/peer.ts";

type V11 = typeof fspiopV1_1;

const TRANSFER = `/transfers/${UUID}`;
const T11 = typed("transfers", "1.1");

/** Serves a handler, with one route of the program's own beside it where the server has routes. */
type Host = (callbacks: MessageHandler) => Promise<string>;

async function listening(app: {
  listen(options: { host: string; port: number }): Promise<string>;
  close(): unknown;
}): Promise<string> {
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await app.close();
  });
  return url;
}

const routed: Record<string, Host> = {
  "express 5": (callbacks) =>
    serve(
      express()
        .use(callbacks)
        .post("/transfers", (_req, res) => void res.status(202).end()),
    ),
  "express 4": (callbacks) =>
    serve(
      express4()
        .use(callbacks)
        .post("/transfers", (_req, res) => void res.status(202).end()),
    ),
  "fastify 5": (callbacks) => {
    const app = fastify({ forceCloseConnections: true });
    app.addHook("onRequest", callbacks);
    app.post("/transfers", (_request, reply) => reply.code(202).send());
    return listening(app);
  },
  "fastify 4": (callbacks) => {
    const app = fastify4({ forceCloseConnections: true });
    app.addHook("onRequest", callbacks);
    app.post("/transfers", (_request, reply) => reply.code(202).send());
    return listening(app);
  },
};

const hosts: Record<string, Host> = { "plain node": (callbacks) => serve(callbacks), ...routed };

function clientWith(options: Partial<ClientOptions<V11>> = {}): ReturnType<typeof createClient<V11>> {
  return createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: "http://127.0.0.1:9", ...options });
}

type Row = [
  what: string,
  sent: Sent & { readonly path?: string },
  status: number,
  code: string | undefined,
  why: string,
];

const rows: Row[] = [
  ["a callback", {}, 200, undefined, "API Definition 3.2.2: 200 answers a callback"],
  ["an error callback", { path: `${TRANSFER}/error`, body: payeeRejects }, 200, undefined, "9.2"],
  [
    "a notification",
    {
      method: "PATCH",
      body: { completedTimestamp: "2026-05-16T08:38:08.699-04:00", transferState: "COMMITTED" },
    },
    200,
    undefined,
    "6.7.2.3",
  ],
  [
    "an older version",
    { type: typed("transfers", "1.0") },
    200,
    undefined,
    "converted to the client's own version",
  ],
  ["a newer version", { type: typed("transfers", "2.0") }, 200, undefined, "the same"],
  [
    "a media type in capitals, with a quoted version",
    { type: 'Application/VND.interoperability.Transfers+JSON; version="1.1"' },
    200,
    undefined,
    "RFC 9110 8.3.1, 5.6.6",
  ],
  ["no Content-Type", { type: undefined }, 400, "3102", "3.2.1 Table 1: cardinality 1"],
  ["plain JSON", { type: "application/json" }, 400, "3101", "3.3.4.1: always a vendor type"],
  ["another resource's type", { type: typed("quotes", "1.1") }, 400, "3101", "3.3.4.1"],
  [
    "the type of ISO 20022",
    { type: typed("iso20022.transfers", "2.0") },
    400,
    "3101",
    "decision 3: another dialect has other bodies",
  ],
  [
    "a type without version",
    { type: "application/vnd.interoperability.transfers+json" },
    400,
    "3101",
    "3.3.4.2: major and minor are always stated",
  ],
  [
    "a bare major",
    { type: "application/vnd.interoperability.transfers+json;version=1" },
    400,
    "3101",
    "3.3.4.2",
  ],
  ["a version nobody knows", { type: typed("transfers", "9.9") }, 406, "3001", "3.3.4.3"],
  ["no FSPIOP-Source", { headers: { "fspiop-source": "" } }, 400, "3102", "3.2.1 Table 1: cardinality 1"],
  ["a body that is no JSON", { body: '{"transferState":' }, 400, "3101", "7.6: malformed syntax"],
  ["a body that is no object", { body: "[]" }, 400, "3101", "7.6"],
  ["no body", { body: undefined }, 400, "3101", "6.7.3.1: the body is mandatory"],
  ["an error callback without errorInformation", { path: `${TRANSFER}/error`, body: {} }, 400, "3102", "9.2"],
  ["a body that is no transfer", { body: { transferState: "LOST" } }, 400, "3100", "7.6: validation"],
  ["an operation that is none", { path: `${TRANSFER}/fulfil` }, 404, "3002", "3.2.4 Table 3"],
  [
    "a body over the limit",
    { body: JSON.stringify({ ...fulfilment, note: "x".repeat(5_242_880) }) },
    400,
    "3104",
    "3.2.1: 5242880 bytes",
  ],
  [
    "a body over the limit that does not say so",
    {
      headers: { "transfer-encoding": "chunked" },
      body: JSON.stringify({ ...fulfilment, note: "x".repeat(5_242_880) }),
    },
    400,
    "3104",
    "3.2.1",
  ],
  [
    "a body that is no UTF-8",
    { body: Buffer.concat([Buffer.from('{"transferState":"'), Buffer.from([0xff]), Buffer.from('"}')]) },
    400,
    "3101",
    "3.1.5: UTF-8",
  ],
];

describe.each(Object.keys(hosts))("on %s", (name) => {
  test.each(rows)("%s gets its answer", async (_what, sent, status, code) => {
    const seen: Callback<V11>[] = [];
    const client = clientWith({ validate: validateBody, onCallback: (callback) => seen.push(callback) });
    const url = await (hosts[name] ?? serve)(client.callbacks);
    const { path = TRANSFER, ...rest } = sent;
    const answer = await sendCallback(url, path, { type: T11, body: fulfilment, ...rest });

    expect(answer.status).toBe(status);
    expect(seen).toHaveLength(status === 200 ? 1 : 0);
    if (code === undefined) {
      expect(answer.text).toBe("");
      expect(answer.headers["content-type"]).toMatch(
        /^application\/vnd\.interoperability\.transfers\+json;version=\d\.\d$/,
      );
    } else {
      expect(answer.body).toMatchObject({ errorInformation: { errorCode: code } });
      expect(answer.text).not.toMatch(/\bat \S+:\d+|node_modules|Error:/);
    }
  });

  test("a 406 names every version that can be read, in the body and in Accept", async () => {
    const url = await (hosts[name] ?? serve)(clientWith().callbacks);
    const answer = await sendCallback(url, TRANSFER, { type: typed("transfers", "9.9"), body: fulfilment });
    // Every version of transfers that there are changes for: a spec that is added later adds itself.
    const readable = newestFirst(createRegistry(fspiopChanges).resources["transfers"] ?? []);
    expect(readable).toEqual(expect.arrayContaining(["2.0", "1.1", "1.0"]));
    expect(answer.headers.accept).toBe(readable.map((version) => typed("transfers", version)).join(","));
    expect(supportedVersions(answer.body)).toEqual(readable);
  });

  test("a program that fails is told so, and the other side sees 2001 and no more", async () => {
    const errors: unknown[] = [];
    const failure = new Error("the database is at 10.0.0.7");
    const client = clientWith({
      onCallback: () => Promise.reject(failure),
      onError: (error) => errors.push(error),
    });
    const url = await (hosts[name] ?? serve)(client.callbacks);
    const answer = await sendCallback(url, TRANSFER, { type: T11, body: fulfilment });
    expect([answer.status, answer.body]).toEqual([
      503,
      { errorInformation: { errorCode: "2001", errorDescription: "Internal server error" } },
    ]);
    expect(errors).toEqual([failure]);
  });
});

test.each(Object.keys(routed))("on %s the program's own routes are left alone", async (name) => {
  const url = await (routed[name] ?? serve)(clientWith().callbacks);
  expect((await fetch(`${url}/transfers`, { method: "POST" })).status).toBe(202);
});

test.each(["POST /transfers", "GET /", "PUT /nothing/1"])(
  "plain node, with nobody to hand on to, answers %s with 404",
  async (request) => {
    const url = await serve(clientWith().callbacks);
    const [method = "", path = ""] = request.split(" ");
    const answer = await sendCallback(url, path, { method, ...(method === "PUT" && { body: {} }) });
    expect([answer.status, answer.body]).toMatchObject([404, { errorInformation: { errorCode: "3002" } }]);
  },
);

test("what arrives is said in the client's own version, with all that belongs to it", async () => {
  const seen: Callback<V11>[] = [];
  const url = await serve(clientWith({ onCallback: (callback) => seen.push(callback) }).callbacks);
  const body = { party: { ...party.party, supportedCurrencies: ["USD"] } };
  const { status } = await sendCallback(url, "/parties/MSISDN/123%2F4", {
    type: typed("parties", "2.0"),
    body,
  });
  expect(status).toBe(200);
  expect(seen).toEqual([
    {
      operation: "PUT /parties/{Type}/{ID}",
      params: { Type: "MSISDN", ID: "123/4" },
      body: party,
      version: "2.0",
      source: "payeefsp",
      destination: "payerfsp",
    },
  ]);
});

test("an id of dots is an id like another, in whichever version it comes", async () => {
  const url = await serve(clientWith().callbacks);
  const answer = await sendCallback(url, "/parties/MSISDN/..", {
    type: typed("parties", "1.0"),
    body: party,
  });
  expect([answer.status, answer.body]).toMatchObject([400, { errorInformation: { errorCode: "3200" } }]);
});

test("what has no equivalent in the client's version is refused: a ULID in 1.1 (docs/fspiop-facts.md 5.1)", async () => {
  const seen: Callback<V11>[] = [];
  const url = await serve(clientWith({ onCallback: (callback) => seen.push(callback) }).callbacks);
  const answer = await sendCallback(url, `/transfers/${ULID}`, {
    type: typed("transfers", "2.0"),
    body: fulfilment,
  });
  expect([answer.status, seen]).toEqual([400, []]);
});

test.each([
  ["transfers", TRANSFER, fulfilment, "3208"],
  ["parties", "/parties/MSISDN/1", party, "3200"],
])(
  "%s: what nobody waits for is refused with the code of an unknown id",
  async (resource, path, body, code) => {
    const url = await serve(clientWith().callbacks);
    const answer = await sendCallback(url, path, { type: typed(resource, "1.1"), body });
    expect([answer.status, answer.body]).toMatchObject([400, { errorInformation: { errorCode: code } }]);
  },
);

test("a resend is acknowledged and taken once; another body on the same path is another callback (3.2.5)", async () => {
  const seen: Callback<V11>[] = [];
  const url = await serve(clientWith({ onCallback: (callback) => seen.push(callback) }).callbacks);
  const bodies = [fulfilment, fulfilment, { transferState: "ABORTED" }, { transferState: "ABORTED" }];
  for (const body of bodies) {
    expect((await sendCallback(url, TRANSFER, { type: T11, body })).status).toBe(200);
  }
  expect(seen.map(({ body }) => body)).toEqual([fulfilment, { transferState: "ABORTED" }]);
});

test("a resend that comes while the first is worked at waits for its outcome", async () => {
  let calls = 0;
  let finish: (error?: Error) => void = () => undefined;
  const client = clientWith({
    onCallback: () => {
      calls += 1;
      return new Promise<void>(
        (resolve, reject) => (finish = (error) => (error ? reject(error) : resolve())),
      );
    },
    onError: () => undefined,
  });
  const arrived = new EventEmitter();
  const url = await serve((req, res) => {
    client.callbacks(req, res);
    req.on("end", () => arrived.emit("one"));
  });
  const put = async (): Promise<number | undefined> =>
    (await sendCallback(url, TRANSFER, { type: T11, body: fulfilment })).status;
  const putAndArrive = async (): Promise<{ readonly status: Promise<number | undefined> }> => {
    const here = once(arrived, "one");
    const status = put();
    await here;
    await setImmediate();
    return { status };
  };
  const [first, second] = [await putAndArrive(), await putAndArrive()];
  expect(calls).toBe(1);
  finish(new Error("the database is away"));
  expect(await first.status).toBe(503);
  await expect.poll(() => calls).toBe(2); // what failed is tried again for the resend
  finish();
  expect([await second.status, await put(), calls]).toEqual([200, 200, 2]);
});

test("behind a parser of the program's, which has read the body already", async () => {
  const seen: unknown[] = [];
  const { callbacks } = clientWith({ onCallback: ({ body }) => seen.push(body) });
  const parsers = [
    express.json({ type: "*/*" }),
    express.text({ type: "*/*" }),
    express.raw({ type: "*/*" }),
  ];
  for (const [i, parser] of parsers.entries()) {
    const url = await serve(express().use(parser, callbacks));
    const body = { ...fulfilment, completedTimestamp: `2026-05-16T08:38:0${i}.699-04:00` };
    expect((await sendCallback(url, TRANSFER, { type: T11, body })).status).toBe(200);
    expect(seen.pop()).toEqual(body);
    expect((await sendCallback(url, TRANSFER, { type: T11 })).body).toMatchObject({
      errorInformation: { errorCode: "3101" },
    });
  }
});

test("behind a parser with a higher limit the limit of FSPIOP still holds", async () => {
  const { callbacks } = clientWith({ onCallback: () => undefined });
  const url = await serve(express().use(express.json({ type: "*/*", limit: "6mb" }), callbacks));
  const body = { ...fulfilment, note: "x".repeat(5_242_880) };
  const answer = await sendCallback(url, TRANSFER, { type: T11, body });
  expect([answer.status, answer.body]).toMatchObject([400, { errorInformation: { errorCode: "3104" } }]);
});

test("a change can say that a callback is acknowledged and goes no further", async () => {
  const registry = createRegistry([
    ...fspiopChanges,
    {
      id: "transfers/tidings",
      resource: "transfers",
      from: "2.0",
      to: "2.1",
      operation: "PATCH /transfers/{ID}",
      title: "tidings",
      because: "a version of this test's own",
      down: { refuse: "3100", message: "nobody asked for it before 2.1", disposition: "swallow" },
    },
  ]);
  const seen: unknown[] = [];
  const url = await serve(clientWith({ registry, onCallback: ({ body }) => seen.push(body) }).callbacks);
  const answer = await sendCallback(url, TRANSFER, {
    method: "PATCH",
    type: typed("transfers", "2.1"),
    body: { transferState: "COMMITTED" },
  });
  expect([answer.status, answer.text, seen]).toEqual([200, "", []]);
});

test("as routes of fastify, behind its own parsers", async () => {
  const seen: unknown[] = [];
  const { callbacks } = clientWith({ onCallback: ({ body }) => seen.push(body) });
  const app = fastify({ forceCloseConnections: true });
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.all("/*", callbacks);
  const url = await listening(app);
  expect((await sendCallback(url, TRANSFER, { type: T11, body: fulfilment })).status).toBe(200);
  expect((await sendCallback(url, TRANSFER, { type: T11, body: "[" })).status).toBe(400);
  expect((await sendCallback(url, "/transfers", { method: "POST", type: T11, body: {} })).status).toBe(404);
  expect(seen).toEqual([fulfilment]);
});

test("callbacks below a base path: of the option, or of the framework", async () => {
  const seen: string[] = [];
  const onCallback = ({ operation }: Callback<V11>): unknown => seen.push(operation);
  const own = await serve(clientWith({ basePath: "/fsp/a", onCallback }).callbacks);
  const mounted = await serve(express().use("/fsp/a", clientWith({ onCallback }).callbacks));
  for (const url of [own, mounted]) {
    const answer = await sendCallback(url, `/fsp/a${TRANSFER}`, { type: T11, body: fulfilment });
    expect(answer.status).toBe(200);
  }
  expect((await sendCallback(own, TRANSFER, { type: T11, body: fulfilment })).status).toBe(404);
  expect(seen).toEqual(["PUT /transfers/{ID}", "PUT /transfers/{ID}"]);
});

test("two Content-Type lines that disagree are malformed, of which Node would show the first", async () => {
  const url = await serve(clientWith({ onCallback: () => undefined }).callbacks);
  const type = [T11, typed("transfers", "1.0")];
  const answer = await sendCallback(url, TRANSFER, { type, body: fulfilment });
  expect([answer.status, answer.body]).toMatchObject([400, { errorInformation: { errorCode: "3101" } }]);
  const agreeing = await sendCallback(url, TRANSFER, { type: [T11, T11], body: fulfilment });
  expect(agreeing.status).toBe(200);
});

test("a sender that breaks off in the middle is no error of the program's", async () => {
  const errors: unknown[] = [];
  const client = clientWith({ onError: (error) => errors.push(error) });
  const closed: Promise<unknown>[] = [];
  const url = new URL(
    await serve((req, res) => {
      closed.push(once(res, "close"));
      client.callbacks(req, res);
    }),
  );
  const socket = connect(Number(url.port), url.hostname);
  const head = [`PUT ${TRANSFER} HTTP/1.1`, `Host: x`, `Content-Type: ${T11}`, "FSPIOP-Source: payeefsp"];
  socket.write([...head, "Content-Length: 200", "", "{"].join("\r\n"));
  await expect.poll(() => closed.length).toBe(1);
  socket.destroy();
  await Promise.all(closed);
  expect((await sendCallback(url.origin, TRANSFER, { type: T11, body: fulfilment })).status).toBe(400);
  expect(errors).toEqual([]);
});
