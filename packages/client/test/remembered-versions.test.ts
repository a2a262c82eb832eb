import type { Version } from "@mojaloop-versioning/protocol";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { expect, test } from "vitest";
import { createRememberedVersions } from "../src/send/remembered-versions.ts";
import { createClient, type Clock } from "../src/index.ts";
import { fulfilment, quoteRequest, transfer, UUID } from "./support/messages.ts";
import { refusal, sendCallback, serve, speaks, startPeer, typed, type Peer } from "./support/peer.ts";

const SETTINGS = { api: fspiopV1_1, fspId: "payerfsp" };

/** A clock whose time the test sets. */
function createClock(): Clock & { time: number } {
  const clock = {
    time: 0,
    now: () => new Date(clock.time),
    setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
    clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout), // what the function above returned
  };
  return clock;
}

/** The versions in which messages came, oldest first. */
function versionsOf({ seen }: Peer): string[] {
  return seen.map(({ headers }) => headers["content-type"]?.split("=")[1] ?? "");
}

test("what was agreed after a 406 is used at once: for the resource, whatever the operation", async () => {
  const hub = await startPeer(speaks("1.0"));
  const client = createClient({ ...SETTINGS, baseUrl: hub.url });
  const params = { path: { ID: UUID } };
  await client.POST("/transfers", { body: transfer });
  expect(await client.POST("/transfers", { body: transfer })).toMatchObject({ version: "1.0" });
  await client.GET("/transfers/{ID}", { params, destination: "payeefsp" });
  await client.PUT("/transfers/{ID}", { params, destination: "payeefsp", body: fulfilment });
  expect(versionsOf(hub)).toEqual(["1.1", "1.0", "1.0", "1.0", "1.0"]);
  expect(hub.seen.map(({ headers }) => headers.accept?.endsWith("version=1.0"))).toEqual([
    false,
    true,
    true,
    true,
    undefined, // a callback has no Accept
  ]);
});

test("another destination, another resource and another client know nothing of it", async () => {
  const hub = await startPeer(speaks("1.0"));
  const [client, other] = [0, 1].map(() => createClient({ ...SETTINGS, baseUrl: hub.url }));
  const body = { ...transfer, payeeFsp: "otherfsp" };
  await client?.POST("/transfers", { body: transfer });
  await client?.POST("/transfers", { body });
  await client?.POST("/quotes", { body: quoteRequest });
  await other?.POST("/transfers", { body: transfer });
  expect(versionsOf(hub)).toEqual(["1.1", "1.0", "1.1", "1.0", "1.1", "1.0", "1.1", "1.0"]);
});

test("it holds for as long as it is told to, by the client's own clock", async () => {
  const hub = await startPeer(speaks("1.0"));
  const clock = createClock();
  const client = createClient({ ...SETTINGS, baseUrl: hub.url, clock, rememberMs: 1_000 });
  const send = async (): Promise<string[]> => {
    await client.POST("/transfers", { body: transfer });
    return versionsOf(hub);
  };
  expect(await send()).toEqual(["1.1", "1.0"]);
  clock.time = 999;
  expect((await send()).slice(2)).toEqual(["1.0"]);
  clock.time = 1_000;
  expect((await send()).slice(3)).toEqual(["1.1", "1.0"]);
});

type Row = [then: Version[], sent: string[], why: string];

// What the other side speaks changes after a first transfer that was sent in 1.1 and then in 1.0.
test.each<Row>([
  [["1.0"], ["1.0", "1.0"], "nothing changes"],
  [["1.1"], ["1.0", "1.1", "1.1"], "the old one is refused, and the list names the new one"],
  [["1.0", "1.1"], ["1.0", "1.0"], "nobody can know before the agreement has run out"],
  [["3.0"], ["1.0", "1.1"], "nothing in common any more: the agreement is gone"],
])("when the other side speaks %j, two more transfers are sent in %j: %s", async (then, sent) => {
  let spoken: Version[] = ["1.0"];
  const hub = await startPeer((seen) => speaks(...spoken)(seen));
  const client = createClient({ ...SETTINGS, baseUrl: hub.url });
  await client.POST("/transfers", { body: transfer });
  spoken = then;
  await client.POST("/transfers", { body: transfer });
  await client.POST("/transfers", { body: transfer });
  expect(versionsOf(hub).slice(2)).toEqual(sent);
});

test("a newer version that is accepted ends the agreement", async () => {
  let spoken: Version[] = ["1.0"];
  const hub = await startPeer((seen) => speaks(...spoken)(seen));
  const client = createClient({ ...SETTINGS, baseUrl: hub.url });
  await client.POST("/transfers", { body: transfer });
  spoken = ["1.0", "1.1"];
  await client.POST("/transfers", { body: transfer, version: "1.1" });
  await client.POST("/transfers", { body: transfer });
  expect(versionsOf(hub)).toEqual(["1.1", "1.0", "1.1", "1.1"]);
});

test("a version that is refused as well is not remembered", async () => {
  const hub = await startPeer((_seen, index) => refusal(index % 2 === 0 ? "1.0" : "2.0"));
  const client = createClient({ ...SETTINGS, baseUrl: hub.url });
  await client.POST("/transfers", { body: transfer });
  await client.POST("/transfers", { body: transfer });
  expect(versionsOf(hub)).toEqual(["1.1", "1.0", "1.1", "1.0"]);
});

test("an offer that gave way to the version of the message is not made again", async () => {
  const hub = await startPeer(({ headers }) => (headers.accept?.endsWith("=1.1") ? {} : refusal("1.1")));
  const client = createClient({ ...SETTINGS, baseUrl: hub.url, offer: { transfers: ["3"] } });
  await client.POST("/transfers", { body: transfer });
  await client.POST("/transfers", { body: transfer });
  expect(hub.seen.map(({ headers }) => headers.accept?.split("=")[1])).toEqual(["3", "1.1", "1.1"]);
});

type Learned = [listed: Version[], next: string, why: string];

test.each<Learned>([
  [["1.0"], "1.0", "the one that it speaks"],
  [["9.0", "2.0", "1.0"], "2.0", "the newest that can be said"],
  [["9.0"], "1.1", "nothing in common"],
  [[], "1.1", "no list"],
])(
  "after an error callback 3001 that lists %j the next message to that destination is sent in %s: %s",
  async (listed, next) => {
    const hub = await startPeer();
    const client = createClient({ ...SETTINGS, baseUrl: hub.url });
    const callbacks = await serve(client.callbacks);
    const answer = client.transfers.prepare(transfer);
    await hub.until(1);
    const body = refusal(...listed).body;
    await sendCallback(callbacks, `/transfers/${UUID}/error`, { type: typed("transfers", "1.1"), body });
    expect((await answer).error).toMatchObject({ via: "callback", versions: listed });
    await client.POST("/transfers", { body: transfer });
    await client.POST("/transfers", { body: { ...transfer, payeeFsp: "otherfsp" } });
    expect(versionsOf(hub)).toEqual(["1.1", next, "1.1"]);
  },
);

test("where the destination was not known, nothing is learned from its error callback", async () => {
  const hub = await startPeer();
  const client = createClient({ ...SETTINGS, baseUrl: hub.url });
  const callbacks = await serve(client.callbacks);
  const params = { Type: "MSISDN", ID: "1" };
  const answer = client.parties.lookup(params);
  await hub.until(1);
  const { body } = refusal("1.0");
  await sendCallback(callbacks, "/parties/MSISDN/1/error", { type: typed("parties", "1.1"), body });
  expect((await answer).error?.versions).toEqual(["1.0"]);
  await client.GET("/parties/{Type}/{ID}", { params: { path: params } });
  expect(versionsOf(hub)).toEqual(["1.1", "1.1"]);
});

test("1,000 agreements are kept and no more, the oldest goes first", () => {
  const agreements = createRememberedVersions(createClock(), 1_000);
  for (let i = 0; i <= 1_000; i++) agreements.keep(`fsp${i}`, "transfers", "1.0");
  expect([0, 1, 1_000].map((i) => agreements.find(`fsp${i}`, "transfers"))).toEqual([
    undefined,
    "1.0",
    "1.0",
  ]);
});
