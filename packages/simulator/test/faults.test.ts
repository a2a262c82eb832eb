import { expect, test } from "vitest";
import type { Fault } from "../src/index.ts";
import { APIS, requestsOf } from "./apis.ts";
import { ask, PAYMENT, requestOf, startScheme } from "./scheme.ts";

type Row = [name: string, fault: Fault, seen: object, why: string];

const REFUSALS: Row[] = [
  ["503", { status: 503 }, { status: 503, error: { errorCode: "2000" } }, "a status alone"],
  [
    "500 with 2001",
    { status: 500, body: { errorInformation: { errorCode: "2001", errorDescription: "ouch" } } },
    { status: 500, error: { errorCode: "2001", errorDescription: "ouch" } },
    "a body as it was given",
  ],
  [
    "406 with versions",
    { speaks: ["0.9", "7.1"] },
    { status: 406, error: { errorCode: "3001" }, versions: ["7.1", "0.9"] },
    "API Definition 3.3.4.3: the versions that there are",
  ],
];

test.each(APIS.flatMap((spoken) => REFUSALS.map((row) => [spoken.api.id, row[0], spoken, row] as const)))(
  "every request of %s can be refused with %s, once",
  async (_id, _name, spoken, [, fault, seen]) => {
    const scheme = await startScheme(spoken.api);
    for (const operation of requestsOf(spoken.api)) {
      scheme.hub.fault({ on: operation, ...fault });
      const refused = await scheme.payer.request(requestOf(spoken, operation, "payeefsp"));
      expect(refused, operation).toMatchObject({ ok: false, via: "response", ...seen });
    }
    // All are used up: whatever is asked for now is answered.
    expect(await ask(scheme, spoken, "POST /transfers", "payeefsp")).toMatchObject({ ok: true });
  },
);

test("a connection that is cut is a fault of the network, and is mended by a resend", async () => {
  const { hub, payer } = await startScheme("1.1");
  hub.fault({ drop: true });
  await expect(payer.pay(PAYMENT)).rejects.toThrow();

  const patient = await startScheme("1.1", { payer: { resends: 1 } });
  patient.hub.fault({ on: "POST /quotes", drop: true });
  expect(await patient.payer.pay(PAYMENT)).toMatchObject({ ok: true, body: { state: "COMMITTED" } });
});

test("a delayed message is overtaken by the next one", async () => {
  const { hub, payer } = await startScheme("1.1");
  const asked = (id: string): ReturnType<typeof payer.send> =>
    payer.send({ method: "GET", path: `/parties/MSISDN/${id}` });
  let first: unknown;
  hub.fault({ delayMs: 100 });
  const delayed = asked("1").then((reply) => (first = reply.status));
  while (first === undefined && hub.received.length === 0) await asked("2");
  await delayed;
  expect(hub.received.map(({ params }) => params["ID"]).at(-1)).toBe("1");
});

test("what the hub sends in a wrong version is refused by the payee, and the payer is told", async () => {
  const { hub, payer } = await startScheme("1.1");
  hub.fault({ on: "POST /quotes", version: "9.0" });
  expect(await payer.pay(PAYMENT)).toMatchObject({
    ok: false,
    via: "callback",
    error: { errorCode: "3001" },
    versions: ["1.1"],
  });
  expect(await payer.pay(PAYMENT)).toMatchObject({ ok: true });
});

test("a callback in a wrong version is refused by the payer, who waits in vain", async () => {
  const { hub, payer } = await startScheme("1.1", { payer: { timeoutMs: 100 } });
  hub.fault({ on: "PUT /parties/{Type}/{ID}", version: "9.0", times: Infinity });
  expect(await payer.pay(PAYMENT)).toMatchObject({
    ok: false,
    via: "timeout",
    error: { errorCode: "2004" },
  });
  expect(payer.received).toEqual([]);
});

test("a fault can be for good, and for every operation", async () => {
  const { hub, payer } = await startScheme("1.1");
  hub.fault({ status: 503, times: Infinity });
  const seen = [await payer.pay(PAYMENT), await payer.pay(PAYMENT), await payer.pay(PAYMENT)];
  expect(seen.map((answer) => !answer.ok && answer.status)).toEqual([503, 503, 503]);
});
