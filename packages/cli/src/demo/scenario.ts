import { createCompatAdapter, type MessageEvent } from "@mojaloop-versioning/compat-adapter";
import {
  createDfsp,
  createHub,
  type Answer,
  type Dfsp,
  type DfspTransfer,
  type Hub,
} from "@mojaloop-versioning/simulator";
import { hopsOf, type Hop } from "./hop.ts";

/** Everything that runs, and what it did. */
export interface Played {
  readonly hub: Hub;
  readonly payer: Dfsp;
  readonly payee: Dfsp;
  readonly newcomer: Dfsp;
  readonly modern: Dfsp;
  readonly transfer: { readonly answer: Answer<DfspTransfer>; readonly hops: readonly Hop[] };
  readonly refusal: { readonly answer: Answer; readonly hops: readonly Hop[] };
  readonly errorCallback: { readonly answer: Answer; readonly hops: readonly Hop[] };
}

export const ADA = {
  type: "MSISDN",
  id: "256700000002",
  party: {
    name: "Ada Obi",
    personalInfo: { complexName: { firstName: "Ada", lastName: "Obi" }, dateOfBirth: "1990-04-12" },
  },
  // 1.1 may say more of an identifier than 1.0 can hear.
  partyIdInfo: { extensionList: { extension: [{ key: "wallet", value: "gold" }] } },
};
const BEN = { type: "MSISDN", id: "256700000001", party: { name: "Ben Kato" } };
export const PAYMENT = { to: ADA, amount: { amount: "125.5", currency: "UGX" } };

/** Plays the three scenes on free ports of 127.0.0.1, gives them to `judge`, and stops everything. */
export async function play<T>(judge: (played: Played) => T | Promise<T>): Promise<T> {
  const running: { close(): Promise<void> }[] = [];
  const started = async <R extends { close(): Promise<void> }>(starting: Promise<R>): Promise<R> => {
    const each = await starting;
    running.unshift(each);
    return each;
  };
  try {
    const hub = await started(createHub({ version: "2.0" }));
    const payer = await started(createDfsp({ fspId: "payer", version: "1.0", parties: [BEN] }));
    const payee = await started(createDfsp({ fspId: "payee", version: "1.1", parties: [ADA] }));
    const modern = await started(createDfsp({ fspId: "modern", version: "2.0", parties: [BEN] }));
    const newcomer = await started(
      createDfsp({ fspId: "newcomer", version: "2.0", resources: { parties: "9.0" } }),
    );
    const dfsps = [payer, payee, modern, newcomer];

    const events: MessageEvent[] = [];
    const adapter = createCompatAdapter({
      hub: { url: hub.url, version: hub.api.version },
      participants: Object.fromEntries(
        dfsps.map(({ fspId, url, api }) => [fspId, { url, version: api.version }]),
      ),
      onMessage: (event) => void events.push(event),
    });
    running.unshift(adapter);
    const urls = await adapter.listen();
    for (const dfsp of dfsps) {
      dfsp.connect(urls.participants);
      hub.register({ fspId: dfsp.fspId, parties: dfsp.parties, url: urls.hub });
    }
    const scene = (): Hop[] => hopsOf(events.splice(0), hub);

    const paid = await payer.pay(PAYMENT);
    const transferId = paid.ok ? paid.body.transferId : "";
    await payee.until(
      () => (payee.transfers.get(transferId)?.state === "COMMITTED" ? true : undefined),
      2_000,
    );
    await quiet(events);
    const transfer = { answer: paid, hops: scene() };

    const asked = await newcomer.request({ method: "GET", path: `/parties/${ADA.type}/${ADA.id}` });
    await quiet(events);
    const refusal = { answer: asked, hops: scene() };

    const quoted = await modern.pay({
      ...PAYMENT,
      quote: {
        converter: "PAYER",
        currencyConversion: { sourceAmount: { amount: "30", currency: "USD" }, targetAmount: PAYMENT.amount },
      },
    });
    await quiet(events);
    const errorCallback = { answer: quoted, hops: scene() };
    return await judge({ hub, payer, payee, newcomer, modern, transfer, refusal, errorCallback });
  } finally {
    for (const each of running) await each.close();
  }
}

/** The last answer reaches its sender a moment before the adapter tells of it. */
export async function quiet(events: readonly MessageEvent[]): Promise<void> {
  for (let seen = -1; seen !== events.length;) {
    seen = events.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
