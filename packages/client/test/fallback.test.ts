import type { Version } from "@mojaloop-versioning/protocol";
import { createIdMap, createRegistry, fspiopChanges } from "@mojaloop-versioning/transform";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import type { Api } from "@mojaloop-versioning/types";
import { expect, test } from "vitest";
import { createClient, type ClientOptions } from "../src/index.ts";
import { fulfilment, quoteRequest, transfer, ULID, UUID } from "./support/messages.ts";
import { refusal, sendCallback, serve, speaks, startPeer, typed } from "./support/peer.ts";

type Settings = Pick<ClientOptions<Api>, "fspId" | "baseUrl">;

const ask = {
  "1.0": (settings: Settings) =>
    createClient({ api: fspiopV1_0, ...settings }).POST("/quotes", { body: quoteRequest }),
  "1.1": (settings: Settings) =>
    createClient({ api: fspiopV1_1, ...settings }).POST("/quotes", { body: quoteRequest }),
  "2.0": (settings: Settings) =>
    createClient({ api: fspiopV2_0, ...settings }).POST("/quotes", { body: quoteRequest }),
};

type Row = [own: keyof typeof ask, theirs: readonly Version[], sentIn: readonly Version[], why: string];

// The best common version of the list, and one retry (API Definition 3.3.4.3).
test.each<Row>([
  ["1.1", ["1.1"], ["1.1"], "spoken at once"],
  ["1.1", ["1.0"], ["1.1", "1.0"], "downgraded"],
  ["1.0", ["2.0"], ["1.0", "2.0"], "upgraded over the version between"],
  ["1.1", ["2.0", "1.0"], ["1.1", "2.0"], "the newest common one"],
  ["1.0", ["3.0", "1.1"], ["1.0", "1.1"], "what nobody here knows is passed over"],
  ["2.0", ["3.0"], ["2.0"], "nothing in common: the refusal is the outcome"],
  ["1.1", [], ["1.1"], "a refusal without a list"],
])("own %s, theirs %j: sent in %j, %s", async (own, theirs, sentIn) => {
  const hub = await startPeer(speaks(...theirs));
  const { error, version, response } = await ask[own]({ fspId: "payerfsp", baseUrl: hub.url });

  const types = sentIn.map((each) => typed("quotes", each));
  expect(hub.seen.map(({ headers }) => headers["content-type"])).toEqual(types);
  expect(hub.seen.map(({ headers }) => headers.accept)).toEqual(types);
  expect(version).toBe(sentIn.at(-1));
  const understood = theirs.includes(version);
  expect(response?.status).toBe(understood ? 202 : 406);
  expect(error?.errorInformation.errorCode).toBe(understood ? undefined : "3001");
  expect(error?.versions ?? theirs).toEqual(theirs);
});

test("the list of API Definition 1.0, Listing 5, a bare array, is understood too", async () => {
  const hub = await startPeer(({ headers }) =>
    headers.accept === typed("transfers", "1.0")
      ? {}
      : {
          status: 406,
          body: {
            errorInformation: {
              errorCode: "3001",
              errorDescription: "no",
              extensionList: [{ key: "1", value: "0" }],
            },
          },
        },
  );
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url });
  expect((await client.POST("/transfers", { body: transfer })).version).toBe("1.0");
});

test("there is one retry, though the second refusal names other versions", async () => {
  const hub = await startPeer((_seen, index) => refusal(index === 0 ? "1.0" : "2.0"));
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url });
  const { error, version } = await client.POST("/transfers", { body: transfer });
  expect(hub.seen).toHaveLength(2);
  expect([version, error?.versions]).toEqual(["1.0", ["2.0"]]);
});

test("the version that was refused is not tried again, though the list names it", async () => {
  const hub = await startPeer(() => refusal("1.1"));
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url });
  expect((await client.POST("/transfers", { body: transfer })).error?.versions).toEqual(["1.1"]);
  expect(hub.seen).toHaveLength(1);
});

test("a version whose callback could not be read is passed over", async () => {
  const registry = createRegistry([
    ...fspiopChanges,
    {
      id: "transfers/other-answer",
      resource: "transfers",
      from: "2.0",
      to: "2.1",
      operation: "PUT /transfers/{ID}",
      title: "another answer",
      because: "a version of this test's own",
      down: { refuse: "3100", message: "no older version can say it" },
    },
    {
      id: "transfers/same-request",
      resource: "transfers",
      from: "2.0",
      to: "2.1",
      operation: "POST /transfers",
      title: "the same request",
      because: "a version of this test's own",
    },
  ]);
  const send = async (): Promise<string> => {
    const hub = await startPeer(speaks("2.1", "1.0"));
    const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url, registry });
    return (await client.POST("/transfers", { body: transfer })).version;
  };
  expect(registry.between("transfers", "1.1", "2.1", "POST /transfers").class).toBe("identity");
  expect(await send()).toBe("1.0");
});

test("an offer that is refused gives way to the version of the message", async () => {
  const hub = await startPeer(({ headers }) =>
    headers.accept === typed("transfers", "1.1") ? {} : refusal("1.0", "1.1"),
  );
  const client = createClient({
    api: fspiopV1_1,
    fspId: "payerfsp",
    baseUrl: hub.url,
    offer: { transfers: ["3"] },
  });
  const { version, response } = await client.POST("/transfers", { body: transfer });
  expect([version, response?.status, hub.seen.length]).toEqual(["1.1", 202, 2]);
});

test("what is lost on the way down is not sent: 1.0 has no extension list in a PartyIdInfo (docs/fspiop-facts.md 3.1)", async () => {
  const hub = await startPeer(speaks("1.0"));
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url });
  const partyIdInfo = {
    ...quoteRequest.payer.partyIdInfo,
    extensionList: { extension: [{ key: "branch", value: "7" }] },
  };
  const body = { ...quoteRequest, payer: { partyIdInfo } };
  expect((await client.POST("/quotes", { body })).response?.status).toBe(202);
  expect(hub.seen.map(({ body: sent }) => sent)).toEqual([body, quoteRequest]);
});

test("a callback (PUT) falls back as a request does, and has no Accept even then", async () => {
  const hub = await startPeer(speaks("1.0"));
  const client = createClient({ api: fspiopV1_1, fspId: "payeefsp", baseUrl: hub.url });
  const params = { path: { ID: UUID } };
  await client.PUT("/transfers/{ID}", { params, body: fulfilment, destination: "payerfsp" });
  expect(hub.seen.map(({ headers }) => [headers["content-type"], headers.accept])).toEqual([
    [typed("transfers", "1.1"), undefined],
    [typed("transfers", "1.0"), undefined],
  ]);
});

test("a version that is known beforehand is used at once", async () => {
  const hub = await startPeer(speaks("1.0"));
  const client = createClient({ api: fspiopV2_0, fspId: "payerfsp", baseUrl: hub.url });
  const { version, error } = await client.POST("/transfers", { body: transfer, version: "1.0" });
  expect([version, error, hub.seen.length]).toEqual(["1.0", undefined, 1]);
  expect(hub.seen[0]?.headers.accept).toBe(typed("transfers", "1.0"));
});

test("a version that cannot be said is an error, and nothing is sent", async () => {
  const hub = await startPeer();
  const client = createClient({ api: fspiopV2_0, fspId: "payerfsp", baseUrl: hub.url });
  const unknown = await client.POST("/transfers", { body: transfer, version: "7.0" });
  expect(unknown.error).toMatchObject({ via: "conversion", errorInformation: { errorCode: "3001" } });
  // A ULID is an id in 2.0 only; without an id map nothing stands for it in 1.1 (docs/fspiop-facts.md 5.1).
  const body = { ...transfer, transferId: ULID };
  const ulid = await client.POST("/transfers", { body, version: "1.1" });
  expect(ulid.error?.via).toBe("conversion");
  expect(hub.seen).toEqual([]);
});

test("an exchange goes on in the other version: id, path and callback are said in the client's own", async () => {
  const hub = await startPeer(speaks("1.1"));
  const client = createClient({
    api: fspiopV2_0,
    fspId: "payerfsp",
    baseUrl: hub.url,
    conversion: { ids: createIdMap() },
  });
  const callbacks = await serve(client.callbacks);
  const answer = client.transfers.prepare({ ...transfer, transferId: ULID });
  await hub.until(2);
  const { transferId } = hub.seen[1]?.body as typeof transfer; // what the client sent
  expect(transferId).toMatch(/^[0-9a-f]{8}-/);
  const { status } = await sendCallback(callbacks, `/transfers/${transferId}`, {
    type: typed("transfers", "1.1"),
    body: fulfilment,
  });
  expect(status).toBe(200);
  expect(await answer).toEqual({ data: fulfilment, source: "payeefsp", version: "1.1" });
});
