import { errorBody, type Version } from "@mojaloop-versioning/protocol";
import { fspiopV2_0Iso20022 } from "@mojaloop-versioning/types/fspiop/v2.0-iso20022";
import { expect, test } from "vitest";
import { createDfsp } from "../src/index.ts";
import { APIS } from "./apis.ts";
import { ask, PARTY, PAYMENT, requestOf, startScheme } from "./scheme.ts";

const LOOK_UP = { method: "GET", path: `/parties/${PARTY.type}/${PARTY.id}` } as const;
const [, V1_1] = APIS;
const UUID = "b51ec534-ee48-4575-b6a9-ead2955b8069";

test.each<[version: Version, sent: Version, listed: Version[], why: string]>([
  ["1.0", "1.1", ["1.0"], "a minor that the hub does not know"],
  ["1.1", "1.0", ["1.1"], "an older one: the simulator speaks one version"],
  ["2.0", "9.0", ["2.0"], "a major from afar"],
])("a hub of %s refuses %s at once with the list %j: %s", async (version, sent, versions) => {
  const { hub, payer } = await startScheme(version);
  expect(await payer.request({ ...LOOK_UP, version: sent })).toMatchObject({
    ok: false,
    via: "response",
    status: 406,
    error: { errorCode: "3001" },
    versions,
  });
  expect(hub.received).toEqual([]);
});

test("the hub passes a message on as it came: path, body and source, in its own version", async () => {
  const { hub, payer, payee } = await startScheme("1.1");
  await payer.pay(PAYMENT);
  const there = hub.received.find(({ operation }) => operation === "POST /quotes");
  const arrived = payee.received.find(({ operation }) => operation === "POST /quotes");
  expect(arrived).toMatchObject({
    path: "/quotes",
    body: there?.body,
    source: "payerfsp",
    destination: "payeefsp",
    version: "1.1",
  });
});

test("a signature goes through the hub, with all that it stands on", async () => {
  const { payer, payee } = await startScheme("1.1");
  const headers = {
    date: "Sat, 21 Nov 2026 12:00:00 GMT",
    "fspiop-signature": '{"signature":"c2ln","protectedHeader":"e30"}',
    "fspiop-uri": LOOK_UP.path,
    "fspiop-http-method": "GET",
  };
  await payer.request({ ...LOOK_UP, headers });
  expect(payee.received[0]?.headers).toMatchObject(headers);
});

type Unknown = [what: string, path: string, destination: string | undefined, errorCode: string, why: string];

// API Definition 7.6, Table of error codes 32xx.
test.each<Unknown>([
  ["party", "/parties/MSISDN/999", undefined, "3204", "nobody has it"],
  ["participant of a party", "/participants/MSISDN/999", undefined, "3204", "nobody has it"],
  ["FSP", LOOK_UP.path, "nobody", "3201", "no such destination"],
  ["transfer", `/transfers/${UUID}`, "payeefsp", "3208", "the hub keeps the transfers"],
  ["quote", `/quotes/${UUID}`, "payeefsp", "3205", "the payee has given none"],
  ["transaction request", `/transactionRequests/${UUID}`, "payeefsp", "3206", "the payee has seen none"],
  ["bulk quote", `/bulkQuotes/${UUID}`, "payeefsp", "3200", "there is no code of its own"],
])("an unknown %s (%s to %s) is an error callback %s: %s", async (_what, path, destination, errorCode) => {
  const { payer } = await startScheme("1.1");
  const found = await payer.request({ method: "GET", path, destination });
  expect(found).toMatchObject({ ok: false, via: "callback", error: { errorCode } });
});

test("in ISO 20022 an unknown FSP is told by its code too", async () => {
  const { payer } = await startScheme(fspiopV2_0Iso20022);
  const found = await payer.request({ ...LOOK_UP, destination: "nobody" });
  expect(found).toMatchObject({ ok: false, via: "callback", error: { errorCode: "3201" } });
});

test("a participant that is down is told to the source as 1001", async () => {
  const { hub, payer, payee } = await startScheme("1.1");
  hub.connect(payee.fspId, "http://127.0.0.1:9");
  const found = await payer.request(LOOK_UP);
  expect(found).toMatchObject({ ok: false, via: "callback", error: { errorCode: "1001" } });
});

test("a transfer that is not fulfilled in time is aborted at both ends, though one of them is cut off", async () => {
  const { hub, payer, payee } = await startScheme("1.1", {
    payer: { timeoutMs: 60_000 },
    payee: { answers: { "POST /transfers": () => undefined } },
  });
  const quoted = await ask({ payer }, V1_1, "POST /quotes", "payeefsp");
  if (!quoted.ok) throw new Error(JSON.stringify(quoted.error));
  const expiration = new Date(Date.now() + 200).toISOString();
  const prepare = requestOf(V1_1, "POST /transfers", "payeefsp", { ...(quoted.body as object), expiration });
  payee.fault({ on: "PUT /transfers/{ID}/error", drop: true });
  const answer = await payer.request(prepare);
  expect(answer).toMatchObject({ ok: false, via: "callback", error: { errorCode: "3303" } });
  // What the hub could not say is one of its failures, and no unhandled rejection.
  expect(await hub.until(() => hub.failures[0])).toBeInstanceOf(Error);
});

test("what is registered can be looked up, with a SubId or without, until it is removed", async () => {
  const { payer } = await startScheme("1.1");
  const path = "/participants/MSISDN/7";
  const body = { fspId: "payerfsp" };
  await payer.request({ method: "POST", path, body });
  await payer.request({ method: "POST", path: `${path}/card`, body: { fspId: "payeefsp" } });
  const owners = async (): Promise<unknown[]> => {
    const answers = [path, `${path}/card`, `${path}/other`].map((each) =>
      payer.request({ method: "GET", path: each }),
    );
    return (await Promise.all(answers)).map((answer) => (answer.ok ? answer.body : answer.error.errorCode));
  };
  expect(await owners()).toEqual([body, { fspId: "payeefsp" }, body]);
  await payer.request({ method: "DELETE", path: `${path}/card` });
  await payer.request({ method: "DELETE", path });
  expect(await owners()).toEqual(["3204", "3204", "3204"]);
  await payer.request({ method: "POST", path, body });
  expect(await owners()).toEqual([body, body, body]);
});

test("many parties are registered at once, and the answer comes to the id of the request", async () => {
  const { payer } = await startScheme("2.0");
  const partyList = ["7", "8"].map((partyIdentifier) => ({
    partyIdType: "MSISDN",
    partyIdentifier,
    fspId: "payeefsp",
  }));
  const answer = await payer.request({
    method: "POST",
    path: "/participants",
    body: { requestId: UUID, partyList },
  });
  expect(answer).toMatchObject({
    message: { path: `/participants/${UUID}` },
    body: { partyList: partyList.map((partyId) => ({ partyId })) },
  });
  const found = await payer.request({ method: "GET", path: "/participants/MSISDN/8" });
  expect(found).toMatchObject({ ok: true, body: { fspId: "payeefsp" } });
});

test("the hub answers by itself what its answers hold, and says whom it knows as provider of currencies", async () => {
  const { hub, payer } = await startScheme("2.0", {
    hub: { answers: { "POST /quotes": () => errorBody("2003", "closed for today") } },
  });
  const fxp = await createDfsp({ fspId: "fxp", version: "2.0", hub });
  expect(await payer.request({ method: "GET", path: "/services/FXP" })).toMatchObject({
    body: { providers: ["payeefsp", "fxp"] },
  });
  expect(await payer.pay(PAYMENT)).toMatchObject({ via: "callback", error: { errorCode: "2003" } });
  await fxp.close();
});
