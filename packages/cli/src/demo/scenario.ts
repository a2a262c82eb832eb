import { createCompatAdapter, type MessageEvent } from "@mojaloop-versioning/compat-adapter";
import { createDfsp, createHub, type Answer, type Dfsp, type Hub } from "@mojaloop-versioning/simulator";
import { hopsOf, type Hop } from "./hop.ts";
import { startPayer, type PaymentResult, type Payer, type Payment } from "./payer.ts";

/** A payment of one payer with all its messages. */
export interface PlayedTransfer {
  readonly payer: Payer;
  readonly paid: PaymentResult;
  readonly hops: readonly Hop[];
}

/** All parties and what they did. */
export interface Played {
  readonly hub: Hub;
  readonly payee: Dfsp;
  readonly newcomer: Dfsp;
  readonly transfers: readonly PlayedTransfer[];
  readonly refusal: { readonly answer: Answer & { readonly ok: false }; readonly hops: readonly Hop[] };
  readonly errorCallback: PlayedTransfer;
}

/** The payee's customer. */
export const ADA = {
  type: "MSISDN",
  id: "256700000002",
  party: {
    name: "Ada Obi",
    personalInfo: { complexName: { firstName: "Ada", lastName: "Obi" }, dateOfBirth: "1990-04-12" },
  },
  // PartyIdInfo has an extension list in 1.1 and none in 1.0.
  partyIdInfo: { extensionList: { extension: [{ key: "wallet", value: "gold" }] } },
};
export const PAYMENT: Payment = { to: ADA, amount: { amount: "125.5", currency: "UGX" } };

/** Runs the scenes on free ports of 127.0.0.1, passes them to `judge`, and stops everything. */
export async function play<T>(judge: (played: Played) => T | Promise<T>): Promise<T> {
  const running: { close(): Promise<void> }[] = [];
  const started = async <R extends { close(): Promise<void> }>(starting: Promise<R>): Promise<R> => {
    const each = await starting;
    running.unshift(each);
    return each;
  };
  try {
    const hub = await started(createHub({ version: "2.0" }));
    const oldest = await started(startPayer("payer-1.0", "1.0"));
    const older = await started(startPayer("payer-1.1", "1.1"));
    const newest = await started(startPayer("payer-2.0", "2.0"));
    const payers = [oldest, older, newest];
    const payee = await started(createDfsp({ fspId: "payee", version: "1.1", parties: [ADA] }));
    const newcomer = await started(
      createDfsp({ fspId: "newcomer", version: "2.0", resources: { parties: "9.0" } }),
    );

    const events: MessageEvent[] = [];
    const adapter = createCompatAdapter({
      hub: { url: hub.url, version: hub.api.version },
      participants: Object.fromEntries([
        ...payers.map(({ fspId, url, version }) => [fspId, { url, version }] as const),
        ...[payee, newcomer].map(({ fspId, url, api }) => [fspId, { url, version: api.version }] as const),
      ]),
      onMessage: (event) => void events.push(event),
    });
    running.unshift(adapter);
    const urls = await adapter.listen();
    for (const dfsp of [...payers, payee, newcomer]) {
      dfsp.connect(urls.participants);
      hub.register({ fspId: dfsp.fspId, parties: dfsp === payee ? [ADA] : [], url: urls.hub });
    }
    const scene = async (): Promise<Hop[]> => {
      await waitUntilQuiet(events);
      return hopsOf(events.splice(0), hub);
    };
    const played = async (payer: Payer, payment: Payment): Promise<PlayedTransfer> => {
      const paid = await payer.pay(payment);
      if (paid.ok) await waitForCommit(payee, paid.transferId);
      return { payer, paid, hops: await scene() };
    };

    const transfers = [];
    for (const payer of payers) transfers.push(await played(payer, PAYMENT));

    const answer = await newcomer.request({ method: "GET", path: `/parties/${ADA.type}/${ADA.id}` });
    if (answer.ok) throw new Error("version 9 was accepted");
    const refusal = { answer, hops: await scene() };

    const currencyConversion = {
      sourceAmount: { amount: "30", currency: "USD" },
      targetAmount: PAYMENT.amount,
    };
    const errorCallback = await played(newest, {
      ...PAYMENT,
      quote: { converter: "PAYER", currencyConversion },
    });
    return await judge({ hub, payee, newcomer, transfers, refusal, errorCallback });
  } finally {
    for (const each of running) await each.close();
  }
}

/** Waits until the payee has received the notification of the commit. */
export async function waitForCommit(payee: Dfsp, transferId: string): Promise<void> {
  const TIMEOUT_MS = 2_000;
  await payee.until(
    () => (payee.transfers.get(transferId)?.state === "COMMITTED" ? true : undefined),
    TIMEOUT_MS,
  );
}

/** Waits until no event has come for 50 ms: the adapter reports an answer just after it has sent it. */
export async function waitUntilQuiet(events: readonly MessageEvent[]): Promise<void> {
  for (let seen = -1; seen !== events.length;) {
    seen = events.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
