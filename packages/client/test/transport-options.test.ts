import { createServer } from "node:http";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { settlementV1_1 as settlement } from "@mojaloop-versioning/types/settlement/v1.1";
import { describe, expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { createClientCredentials } from "../src/oauth.ts";
import { systemClock } from "../src/options.ts";
import { transfer } from "./support/messages.ts";
import { listen, startPeer, urlOf, type Said } from "./support/peer.ts";

const retry = { times: 3, delayMs: () => 1 };

describe("a resend has the same bytes and headers (API Definition 3.2.5)", () => {
  const rows: readonly [string, Said, number][] = [
    ["503", { status: 503 }, 3],
    ["429", { status: 429 }, 3],
    ["502", { status: 502 }, 3],
    ["a cut connection", { drop: true }, 3],
    ["400 is not sent again", { status: 400 }, 1],
    ["500 is not sent again", { status: 500 }, 1],
  ];
  test.each(rows)("%s", async (_name, bad, expected) => {
    const hub = await startPeer((_seen, index) => (index < 2 ? bad : {}));
    const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url, retry });
    const { error } = await client.POST("/transfers", { body: transfer });
    expect(error === undefined).toBe(expected === 3);
    expect(hub.seen).toHaveLength(expected);
    expect(new Set(hub.seen.map(({ headers, text }) => JSON.stringify([headers.date, text]))).size).toBe(1);
  });

  test("ends after so many resends", async () => {
    const hub = await startPeer(() => ({ status: 503 }));
    const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url, retry });
    const { error } = await client.POST("/transfers", { body: transfer });
    expect(error?.status).toBe(503);
    expect(hub.seen).toHaveLength(4);
  });

  test("a POST of Settlement, which has no id, is sent once", async () => {
    const hub = await startPeer(() => ({ status: 503 }));
    const client = createClient({ api: settlement, fspId: "hub", baseUrl: hub.url, retry });
    await client.POST("/settlements", {
      body: { settlementModel: "A", reason: "b", settlementWindows: [{ id: 1 }] } as never,
    });
    expect(hub.seen).toHaveLength(1);
  });
});

test("headers may be a function of the message; those of FSPIOP stay the client's", async () => {
  const hub = await startPeer();
  const client = createClient({
    api: fspiopV1_1,
    fspId: "payerfsp",
    baseUrl: hub.url,
    headers: async ({ operation, destination, version }) => {
      await Promise.resolve();
      return { "x-trace": `${operation} ${destination} ${version}`, "FSPIOP-Source": "someone" };
    },
  });
  await client.POST("/transfers", { body: transfer });
  expect(hub.seen[0]?.headers).toMatchObject({
    "x-trace": "POST /transfers payeefsp 1.1",
    "fspiop-source": "payerfsp",
  });
});

test("middleware of openapi-fetch sees every request and response", async () => {
  const hub = await startPeer();
  const statuses: number[] = [];
  const client = createClient({
    api: fspiopV1_1,
    fspId: "payerfsp",
    baseUrl: hub.url,
    middleware: [
      {
        onRequest: ({ request }) => {
          request.headers.set("traceparent", "00-1-2-01");
          return request;
        },
        onResponse: ({ response }) => void statuses.push(response.status),
      },
    ],
  });
  await client.POST("/transfers", { body: transfer });
  expect(hub.seen[0]?.headers).toMatchObject({ traceparent: "00-1-2-01" });
  expect(statuses).toEqual([202]);
});

/** A token endpoint that gives `token-1`, `token-2` and so on, each for 60 seconds. */
async function startTokens(): Promise<{ url: string; requests: { authorization?: string; text: string }[] }> {
  const requests: { authorization?: string; text: string }[] = [];
  const server = createServer((req, res) => {
    void (async () => {
      let text = "";
      for await (const chunk of req.setEncoding("utf8")) text += String(chunk);
      requests.push({ ...(req.headers.authorization && { authorization: req.headers.authorization }), text });
      const token = { access_token: `token-${requests.length}`, token_type: "Bearer", expires_in: 60 };
      res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(token));
    })();
  });
  await listen(server);
  return { url: `${urlOf(server)}/token`, requests };
}

describe("OAuth 2 client credentials (RFC 6749 4.4)", () => {
  test("one token serves all messages until it nears its end", async () => {
    const tokens = await startTokens();
    const hub = await startPeer();
    let now = 0;
    const authorization = createClientCredentials({
      tokenUrl: tokens.url,
      clientId: "payer fsp",
      clientSecret: "s:ecret",
      scope: "fspiop",
      clock: { now: () => new Date(now) },
    });
    const client = createClient({
      api: fspiopV1_1,
      fspId: "payerfsp",
      baseUrl: hub.url,
      authorization,
      clock: systemClock,
    });
    await Promise.all([1, 2, 3].map(() => client.POST("/transfers", { body: transfer })));
    now = 31_000; // 60 seconds less the 30 by which it is replaced early
    await client.POST("/transfers", { body: transfer });
    expect(hub.seen.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-1",
      "Bearer token-1",
      "Bearer token-2",
    ]);
    // RFC 6749 2.3.1: both parts are form-encoded before they are joined.
    expect(tokens.requests[0]).toEqual({
      authorization: `Basic ${Buffer.from("payer+fsp:s%3Aecret").toString("base64")}`,
      text: "scope=fspiop&grant_type=client_credentials",
    });
  });

  test("a 401 leads to one new token and the same bytes; a second 401 is the answer", async () => {
    const tokens = await startTokens();
    const hub = await startPeer(() => ({ status: 401 }));
    const authorization = createClientCredentials({ tokenUrl: tokens.url, clientId: "a", clientSecret: "b" });
    const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url, authorization });
    const { error } = await client.POST("/transfers", { body: transfer });
    expect(error?.status).toBe(401);
    expect(hub.seen.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-2",
    ]);
    expect(hub.seen[0]?.text).toBe(hub.seen[1]?.text);
  });

  test.each([
    ["http beyond this machine", { tokenUrl: "http://tokens.example/token" }],
    ["no URL", { tokenUrl: "tokens" }],
    ["no secret", { clientSecret: "" }],
  ])("is refused at start: %s", (_name, wrong) => {
    const options = { tokenUrl: "https://tokens.example/token", clientId: "a", clientSecret: "b", ...wrong };
    expect(() => createClientCredentials(options)).toThrow(
      expect.objectContaining({ code: "invalid-option" }),
    );
  });
});
