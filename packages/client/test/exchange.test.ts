import { EventEmitter, once } from "node:events";
import type { Operation } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import { fspiopV2_0Iso20022 } from "@mojaloop-versioning/types/fspiop/v2.0-iso20022";
import { describe, expect, test } from "vitest";
import { createClient, type Client, type ClientOptions } from "../src/index.ts";
import { EXCHANGES } from "../src/api/exchange-table.ts";
import { systemClock } from "../src/options.ts";
import {
  fulfilment,
  party,
  payeeRejects,
  quote,
  quoteRequest,
  transfer,
  ULID,
  UUID,
} from "./support/messages.ts";
import { sendCallback, serve, startPeer, typed, type Peer, type Said, type Seen } from "./support/peer.ts";

type V11 = typeof fspiopV1_1;

/** A client of 1.1, the hub that it asks, and the address to which callbacks go. */
async function setUp(
  answer?: (seen: Seen, index: number) => Said | Promise<Said>,
  options: Partial<ClientOptions<V11>> = {},
): Promise<{ client: Client<V11>; hub: Peer; callbacks: string }> {
  const hub = await startPeer(answer);
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url, ...options });
  return { client, hub, callbacks: await serve(client.callbacks) };
}

test("a transfer resolves with the body of its PUT", async () => {
  const { client, hub, callbacks } = await setUp();
  const answer = client.transfers.prepare(transfer);
  await hub.until(1);
  const { status } = await sendCallback(callbacks, `/transfers/${UUID}`, {
    type: typed("transfers", "1.1"),
    body: fulfilment,
  });
  expect(status).toBe(200);
  const { data, error, ...rest } = await answer;
  expect(data).toEqual(fulfilment);
  expect(error).toBeUndefined();
  expect(rest).toEqual({ source: "payeefsp", version: "1.1" });
});

test("an error callback is a value, with the versions of a 3001 (API Definition 3.3.4.3, Note)", async () => {
  const { client, hub, callbacks } = await setUp();
  const quoted = client.quotes.request(quoteRequest);
  const prepared = client.transfers.prepare(transfer);
  await hub.until(2);
  await sendCallback(callbacks, `/quotes/${UUID}/error`, {
    type: typed("quotes", "1.1"),
    body: payeeRejects,
  });
  await sendCallback(callbacks, `/transfers/${UUID}/error`, {
    type: typed("transfers", "1.1"),
    body: {
      errorInformation: {
        errorCode: "3001",
        errorDescription: "the payee's FSP speaks 1.0",
        extensionList: { extension: [{ key: "1", value: "0" }] },
      },
    },
  });
  expect(await quoted).toEqual({
    error: { via: "callback", ...payeeRejects, versions: [] },
    source: "payeefsp",
  });
  expect((await prepared).error).toMatchObject({ via: "callback", versions: ["1.0"] });
});

test("a callback that overtakes the 202 is not missed", async () => {
  let callbacks = "";
  const { client, ...rest } = await setUp(async () => {
    await sendCallback(callbacks, `/transfers/${UUID}`, {
      type: typed("transfers", "1.1"),
      body: fulfilment,
    });
    return { drop: true };
  });
  callbacks = rest.callbacks;
  expect((await client.transfers.prepare(transfer)).data).toEqual(fulfilment);
});

type Refused = [status: number, body: unknown, code: string, description: string, why: string];

test.each<Refused>([
  [400, { errorInformation: { errorCode: "3100", errorDescription: "no" } }, "3100", "no", "as it was sent"],
  [
    400,
    { errorInformation: { errorCode: 3100, errorDescription: "no" } },
    "3100",
    "no",
    "a code as a number",
  ],
  [400, undefined, "3000", "HTTP status 400", "the body is optional (3.2.4.1)"],
  [404, "<html>", "3002", "HTTP status 404", "from something in between"],
  [406, undefined, "3001", "HTTP status 406", "without a list there is nothing to retry"],
  [301, undefined, "1001", "HTTP status 301", "a redirection must not be followed (3.2.4 Table 3)"],
  [500, undefined, "2000", "HTTP status 500", "not used by FSPIOP, but it happens"],
  [501, undefined, "2002", "HTTP status 501", "3.2.4 Table 3"],
  [503, undefined, "2003", "HTTP status 503", "3.2.4 Table 3"],
])("HTTP %i with %j is the error %s (%s): %s", async (status, body, code, description) => {
  const { client, hub } = await setUp(() => ({ status, body, headers: { location: "/elsewhere" } }));
  const expected = {
    via: "response",
    status,
    errorInformation: { errorCode: code, errorDescription: description },
    versions: [],
  };
  expect((await client.transfers.prepare(transfer)).error).toEqual(expected);
  expect((await client.POST("/transfers", { body: transfer })).error).toEqual(expected);
  expect(hub.seen).toHaveLength(2);
});

test("faults of the network throw", async () => {
  const { client } = await setUp(() => ({ drop: true }));
  await expect(client.transfers.prepare(transfer)).rejects.toThrow("socket hang up");
  await expect(client.POST("/transfers", { body: transfer })).rejects.toThrow("socket hang up");
});

test("without a callback in time there is a 2004, and a late callback goes to onCallback", async () => {
  const alarms: { readonly ms: number; readonly ring: () => void }[] = [];
  const late: unknown[] = [];
  const { client, hub, callbacks } = await setUp(undefined, {
    timeoutMs: 5_000,
    onCallback: ({ body }) => late.push(body),
    clock: {
      ...systemClock,
      setTimeout: (ring, ms) => alarms.push({ ms, ring }),
      clearTimeout: () => undefined,
    },
  });
  const answer = client.transfers.prepare(transfer);
  const patient = client.transfers.get({ ID: UUID }, { timeoutMs: 9_000 });
  await hub.until(2);
  expect(alarms.map(({ ms }) => ms)).toEqual([5_000, 9_000]);
  for (const { ring } of alarms) ring();
  expect(await answer).toEqual({
    error: {
      via: "timeout",
      errorInformation: {
        errorCode: "2004",
        errorDescription: "No callback to POST /transfers within 5000 ms",
      },
      versions: [],
    },
  });
  expect((await patient).error?.via).toBe("timeout");
  const { status } = await sendCallback(callbacks, `/transfers/${UUID}`, {
    type: typed("transfers", "1.1"),
    body: fulfilment,
  });
  expect([status, late]).toEqual([200, [fulfilment]]);
});

test("time runs out for a hub that does not even answer, and the connection is given up", async () => {
  const closed = new EventEmitter();
  const hub = await serve((_req, res) => res.on("close", () => closed.emit("one")));
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub });
  const end = once(closed, "one");
  const { error } = await client.transfers.prepare(transfer, { timeoutMs: 20 });
  expect(error?.via).toBe("timeout");
  await end;
});

test("a signal ends the wait with its own reason, before and after the request is sent", async () => {
  const { client, hub } = await setUp();
  const reason = new Error("the user left");
  await expect(client.transfers.prepare(transfer, { signal: AbortSignal.abort(reason) })).rejects.toBe(
    reason,
  );
  expect(hub.seen).toEqual([]);
  const controller = new AbortController();
  const answer = client.transfers.prepare(transfer, { signal: controller.signal });
  await hub.until(1);
  controller.abort(reason);
  await expect(answer).rejects.toBe(reason);
});

test("all that ask the same thing get the answer", async () => {
  const { client, hub, callbacks } = await setUp();
  const ask = (): Promise<unknown> => client.parties.lookup({ Type: "MSISDN", ID: "123" });
  const answers = [ask(), ask()];
  await hub.until(2);
  await sendCallback(callbacks, "/parties/MSISDN/123", { type: typed("parties", "1.1"), body: party });
  const expected = { data: party, source: "payeefsp", version: "1.1" };
  expect(await Promise.all(answers)).toEqual([expected, expected]);
});

test("a malformed callback is refused and the wait goes on", async () => {
  const { client, hub, callbacks } = await setUp();
  const answer = client.quotes.request(quoteRequest);
  await hub.until(1);
  const type = typed("quotes", "1.1");
  expect((await sendCallback(callbacks, `/quotes/${UUID}`, { type, body: "{" })).status).toBe(400);
  expect((await sendCallback(callbacks, `/quotes/${UUID}`, { type, body: quote })).status).toBe(200);
  expect((await answer).data).toEqual(quote);
});

test("a notification does not end the wait for the answer (API Definition 6.7.2.3)", async () => {
  const { client, hub, callbacks } = await setUp(undefined, { onCallback: () => undefined });
  const answer = client.transfers.prepare(transfer);
  await hub.until(1);
  const type = typed("transfers", "1.1");
  const path = `/transfers/${UUID}`;
  await sendCallback(callbacks, path, { method: "PATCH", type, body: { transferState: "COMMITTED" } });
  await sendCallback(callbacks, path, { type, body: { transferState: "RESERVED" } });
  expect((await answer).data).toEqual({ transferState: "RESERVED" });
});

test("an answer that cannot be said in the client's own version is an error on both sides", async () => {
  const { client, hub, callbacks } = await setUp();
  const answer = client.transfers.get({ ID: ULID });
  await hub.until(1);
  const { status } = await sendCallback(callbacks, `/transfers/${ULID}`, {
    type: typed("transfers", "2.0"),
    body: fulfilment,
  });
  expect(status).toBe(400);
  expect((await answer).error?.via).toBe("conversion");
});

test.each(["", ".", ".."])('an id of "%s" is no part of a path and is refused', async (ID) => {
  const { client, hub } = await setUp();
  await expect(client.transfers.get({ ID })).rejects.toMatchObject({ code: "invalid-option" });
  await expect(client.GET("/transfers/{ID}", { params: { path: { ID } } })).rejects.toMatchObject({
    code: "invalid-option",
  });
  expect(hub.seen).toEqual([]);
});

test("a program without types gets an error for what the types forbid", async () => {
  const { client, hub } = await setUp();
  const params = { path: { ID: UUID } };
  await expect(client.GET("/transfer/{ID}" as "/transfers/{ID}", { params })).rejects.toMatchObject({
    name: "VersioningError",
    code: "unknown-version",
    message: 'fspiop/1.1 has no operation "GET /transfer/{ID}"',
  });
  await expect(client.transfers.prepare({} as typeof transfer)).rejects.toMatchObject({
    code: "invalid-option",
    message: "the body of POST /transfers has no id; without one no callback can be matched to it",
  });
  expect(hub.seen).toEqual([]);
});

test("a participant's sub-id chooses the longer path", async () => {
  const { client, hub } = await setUp(() => ({ status: 503 }));
  await client.parties.lookup({ Type: "BUSINESS", ID: "Shoe & Co", SubId: "2" }, { destination: "otherfsp" });
  expect(hub.seen[0]).toMatchObject({
    path: "/parties/BUSINESS/Shoe%20%26%20Co/2",
    headers: { "fspiop-destination": "otherfsp" },
  });
});

// Every exchange of every version: what is asked is what the document calls so, and its callback, wherever it comes, is the answer.
const BODY_ID: Readonly<Record<string, string>> = {
  participants: "requestId",
  transactionRequests: "transactionRequestId",
  quotes: "quoteId",
  transfers: "transferId",
  bulkQuotes: "bulkQuoteId",
  bulkTransfers: "bulkTransferId",
  fxQuotes: "conversionRequestId",
  fxTransfers: "commitRequestId",
};
const PARAMS = { Type: "MSISDN", ID: UUID, SubId: "7", SourceCurrency: "USD", TargetCurrency: "EUR" };

type Untyped = Record<string, Record<string, (...message: unknown[]) => Promise<unknown>>>;

const APIS: readonly Api[] = [fspiopV1_0, fspiopV1_1, fspiopV2_0, fspiopV2_0Iso20022];

describe.each(APIS.map((api): [string, Api] => [api.id, api]))("%s", (_id, api) => {
  const offered = Object.entries(EXCHANGES).flatMap(([resource, names]) =>
    Object.entries<readonly Operation[]>(names).flatMap(([name, operations]) =>
      operations
        .filter((operation) => Object.hasOwn(api.operations, operation))
        .map((operation) => [operation, resource, name] as const),
    ),
  );

  test("has an exchange for every request that a callback answers", () => {
    const requests = Object.entries(api.operations).filter(([, { kind }]) => kind === "request");
    expect(offered.map(([operation]) => operation).sort()).toEqual(
      requests.map(([operation]) => operation).sort(),
    );
  });

  test.each(offered)("%s is %s.%s", async (operation, resource, name) => {
    const [method = "", template = ""] = operation.split(" ");
    const params = Object.fromEntries(
      Object.entries(PARAMS).filter(([key]) => template.includes(`{${key}}`)),
    );
    const path = template.replaceAll(/\{(\w+)\}/g, (_all, key: string) => params[key] ?? "");
    const hasBody = api.operations[operation]?.body !== undefined;
    const answerPath = method === "POST" && template === `/${resource}` ? `${path}/${UUID}` : path;

    const hub = await startPeer();
    const client = createClient({ api, fspId: "payerfsp", baseUrl: hub.url });
    const callbacks = await serve(client.callbacks);
    const exchange = (client as unknown as Untyped)[resource]?.[name]; // the table, not a type, says what there is
    const isoBody = api.dialect === "iso20022" && resource !== "participants"; // those kept their bodies
    const body = isoBody
      ? { CdtTrfTxInf: { PmtId: { TxId: UUID } } }
      : { [BODY_ID[resource] ?? "other"]: UUID };
    const answer = exchange?.(...(template.includes("{") ? [params] : []), ...(hasBody ? [body] : []));
    await hub.until(1);
    expect(hub.seen[0]).toMatchObject({ method, path });
    expect(hub.seen[0]?.body).toEqual(hasBody ? body : undefined);

    const version = api.resources[resource] ?? "none";
    const reply = await sendCallback(callbacks, answerPath, {
      type: typed(`${api.dialect === "iso20022" ? "iso20022." : ""}${resource}`, version),
      body: { it: "is" },
    });
    expect(reply.status).toBe(200);
    expect(await answer).toEqual({ data: { it: "is" }, source: "payeefsp", version });
  });
});
