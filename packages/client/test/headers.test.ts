import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import { settlementV2_0 } from "@mojaloop-versioning/types/settlement/v2.0";
import { expect, test } from "vitest";
import { createClient, type Client } from "../src/index.ts";
import { systemClock } from "../src/options.ts";
import { fulfilment, quoteRequest, transfer, UUID } from "./support/messages.ts";
import { startPeer, typed } from "./support/peer.ts";

type V11 = typeof fspiopV1_1;

const NOON = new Date(Date.UTC(2026, 10, 21, 12, 0, 0));
const clock = { ...systemClock, now: () => NOON };

type Row = [
  what: string,
  send: (client: Client<V11>) => Promise<unknown>,
  path: string,
  headers: Readonly<Record<string, string | undefined>>,
  why: string,
];

test.each<Row>([
  [
    "POST",
    (client) => client.POST("/transfers", { body: transfer }),
    "/transfers",
    {
      accept: typed("transfers", "1.1"),
      "content-type": typed("transfers", "1.1"),
      date: "Sat, 21 Nov 2026 12:00:00 GMT",
      "fspiop-source": "payerfsp",
      "fspiop-destination": "payeefsp",
    },
    "API Definition 3.2.1 Table 1; the payee's FSP is known from the body",
  ],
  [
    "GET",
    (client) => client.GET("/parties/{Type}/{ID}", { params: { path: { Type: "MSISDN", ID: 123 } } }),
    "/parties/MSISDN/123",
    {
      accept: typed("parties", "1.1"),
      "content-type": typed("parties", "1.1"),
      "fspiop-destination": undefined,
    },
    "3.2.1: Content-Type also without a body; FSPIOP-Destination is left out where it is unknown",
  ],
  [
    "GET of a resource that is still 1.0",
    (client) => client.GET("/transactions/{ID}", { params: { path: { ID: UUID } }, destination: "payeefsp" }),
    `/transactions/${UUID}`,
    {
      accept: typed("transactions", "1.0"),
      "content-type": typed("transactions", "1.0"),
      "fspiop-destination": "payeefsp",
    },
    "API Definition 1.1, 3.3 Table 6",
  ],
  [
    "DELETE",
    (client) =>
      client.DELETE("/participants/{Type}/{ID}", { params: { path: { Type: "IBAN", ID: "a b/c" } } }),
    "/participants/IBAN/a%20b%2Fc",
    { accept: typed("participants", "1.1"), "content-type": typed("participants", "1.1") },
    "RFC 3986 2.1: a slash in an id is no path separator",
  ],
  [
    "PUT",
    (client) =>
      client.PUT("/transfers/{ID}", {
        params: { path: { ID: UUID } },
        body: fulfilment,
        destination: "otherfsp",
      }),
    `/transfers/${UUID}`,
    { accept: undefined, "content-type": typed("transfers", "1.1"), "fspiop-destination": "otherfsp" },
    "3.2.1 Table 1: no Accept in a callback",
  ],
  [
    "PATCH",
    (client) =>
      client.PATCH("/transfers/{ID}", {
        params: { path: { ID: UUID } },
        body: { completedTimestamp: "2026-05-16T08:38:08.699-04:00", transferState: "COMMITTED" },
      }),
    `/transfers/${UUID}`,
    { accept: undefined, "content-type": typed("transfers", "1.1") },
    "9.2: a notification is no request",
  ],
  [
    "headers of the caller",
    (client) =>
      client.POST("/quotes", {
        body: quoteRequest,
        headers: { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Accept: "*/*" },
      }),
    "/quotes",
    {
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      authorization: "Bearer x",
      accept: typed("quotes", "1.1"),
      "fspiop-destination": "payeefsp",
    },
    "those of FSPIOP are the client's, the others pass",
  ],
])("%s bears the headers of FSPIOP", async (_what, send, path, headers) => {
  const hub = await startPeer();
  const client = createClient({
    api: fspiopV1_1,
    fspId: "payerfsp",
    baseUrl: hub.url,
    clock,
    headers: { Authorization: "Bearer x" },
  });
  await send(client);
  expect(hub.seen).toHaveLength(1);
  expect(hub.seen[0]?.path).toBe(path);
  expect({ ...hub.seen[0]?.headers }).toMatchObject(
    Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
  );
  for (const [name, value] of Object.entries(headers)) expect(hub.seen[0]?.headers[name]).toBe(value);
});

test.each([
  ["1.0", fspiopV1_0],
  ["1.1", fspiopV1_1],
  ["2.0", fspiopV2_0],
] as const)("a client of FSPIOP API %s speaks that version of transfers", async (version, api) => {
  const hub = await startPeer();
  const client = createClient({ api, fspId: "payerfsp", baseUrl: `${hub.url}/`, clock });
  const { data, error, response } = await client.GET("/transfers/{ID}", { params: { path: { ID: UUID } } });
  expect([data, error, response?.status]).toEqual([undefined, undefined, 202]);
  expect(hub.seen[0]?.path).toBe(`/transfers/${UUID}`);
  expect(hub.seen[0]?.headers.accept).toBe(typed("transfers", version));
});

test("an offer is written without blanks, weights and charsets, preferred first", async () => {
  const hub = await startPeer();
  const client = createClient({
    api: fspiopV1_1,
    fspId: "payerfsp",
    baseUrl: hub.url,
    offer: { transfers: ["1", "2.0", "1.0"] },
  });
  await client.POST("/transfers", { body: transfer });
  // central-services-shared, src/util/headerValidation: neither ", " nor a parameter beside the version is taken.
  expect(hub.seen[0]?.headers.accept).toBe(
    [typed("transfers", "1"), typed("transfers", "2.0"), typed("transfers", "1.0")].join(","),
  );
});

test("the body goes as it is", async () => {
  const hub = await startPeer();
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url });
  await client.POST("/transfers", { body: transfer });
  expect(hub.seen[0]?.body).toEqual(transfer);
  expect(hub.seen[0]?.headers["content-length"]).toBe(String(Buffer.byteLength(JSON.stringify(transfer))));
});

test("an API without media types of its own is spoken in plain JSON, and its data come back", async () => {
  const hub = await startPeer(({ path }) => ({ status: 200, body: { asked: path } }));
  const client = createClient({ api: settlementV2_0, fspId: "hub", baseUrl: `${hub.url}/v2` });
  const { data } = await client.GET("/settlements", { params: { query: { currency: "USD" } } });
  expect(data).toEqual({ asked: "/v2/settlements?currency=USD" });
  expect(hub.seen[0]?.headers).toMatchObject({
    accept: "application/json",
    "content-type": "application/json",
  });
  expect(hub.seen[0]?.headers).not.toHaveProperty("fspiop-source");
  expect(client).not.toHaveProperty("participants");
});
