import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient, type Client, type FspiopError } from "@mojaloop-versioning/client";
import { MAX_HEADER_SIZE, type Operation, type Version } from "@mojaloop-versioning/protocol";
import { conditionOf } from "@mojaloop-versioning/simulator";
import { fspiopV1_0, type Money } from "@mojaloop-versioning/types/fspiop/v1.0";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";

/** A message as its receiver got it. */
export interface ReceivedMessage {
  readonly operation: Operation;
  readonly version: Version;
  readonly body: unknown;
}

/** The result of a payment. */
export type PaymentResult =
  | {
      readonly ok: true;
      readonly transferId: string;
      readonly state: string;
      /** Whether the condition is the SHA-256 of the fulfilment. */
      readonly fulfilled: boolean;
    }
  | { readonly ok: false; readonly error: FspiopError };

/** The payee, the amount, and members that are added to the body of POST /quotes. */
export interface Payment {
  readonly to: { readonly type: string; readonly id: string };
  readonly amount: Money;
  readonly quote?: Readonly<Record<string, unknown>>;
}

/** A payer DFSP: a program that uses the client, and the server that receives its callbacks. */
export interface Payer {
  readonly fspId: string;
  readonly version: PayerVersion;
  readonly url: string;
  readonly received: readonly ReceivedMessage[];
  /** Sets the base URL of all further requests. */
  readonly connect: (baseUrl: string) => void;
  readonly pay: (payment: Payment) => Promise<PaymentResult>;
  readonly close: () => Promise<void>;
}

// The part of the client that the program uses. It is the same in all versions.
type PayerClient = Pick<Client<typeof fspiopV1_0>, "parties" | "quotes" | "transfers" | "callbacks">;

interface Settings {
  readonly fspId: string;
  readonly baseUrl: string;
}

// One line per version: the program below is the same for all.
const CLIENTS = {
  "1.0": (settings: Settings): PayerClient => createClient({ api: fspiopV1_0, ...settings }),
  "1.1": (settings: Settings): PayerClient => createClient({ api: fspiopV1_1, ...settings }),
  "2.0": (settings: Settings): PayerClient => createClient({ api: fspiopV2_0, ...settings }),
} as const;

/** The FSPIOP versions of the payers. */
export type PayerVersion = keyof typeof CLIENTS;

/** Starts a payer on a free port of 127.0.0.1. */
export async function startPayer(fspId: string, version: PayerVersion): Promise<Payer> {
  let client = CLIENTS[version]({ fspId, baseUrl: "http://127.0.0.1" });
  const received: ReceivedMessage[] = [];
  const server = createServer({ maxHeaderSize: MAX_HEADER_SIZE }, (req, res) => {
    client.callbacks(req, res);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one

  async function pay({ to, amount, quote }: Payment): Promise<PaymentResult> {
    const found = await client.parties.lookup({ Type: to.type, ID: to.id });
    if (found.error) return { ok: false, error: found.error };
    received.push({ operation: "PUT /parties/{Type}/{ID}", version: found.version, body: found.data });
    const { party: payee } = found.data;

    const quoted = await client.quotes.request({
      quoteId: randomUUID(),
      transactionId: randomUUID(),
      payee,
      payer: { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "256700000001", fspId } },
      amountType: "SEND",
      amount,
      transactionType: { scenario: "TRANSFER", initiator: "PAYER", initiatorType: "CONSUMER" },
      ...quote,
    });
    if (quoted.error) return { ok: false, error: quoted.error };
    received.push({ operation: "PUT /quotes/{ID}", version: quoted.version, body: quoted.data });
    const { transferAmount, ilpPacket, condition } = quoted.data;

    const transferId = randomUUID();
    const paid = await client.transfers.prepare({
      transferId,
      payerFsp: fspId,
      payeeFsp: payee.partyIdInfo.fspId ?? "",
      amount: transferAmount,
      ilpPacket,
      condition,
      expiration: new Date(Date.now() + 60_000).toISOString(),
    });
    if (paid.error) return { ok: false, error: paid.error };
    received.push({ operation: "PUT /transfers/{ID}", version: paid.version, body: paid.data });
    const { fulfilment = "", transferState: state } = paid.data;
    return { ok: true, transferId, state, fulfilled: conditionOf(fulfilment) === condition };
  }

  return {
    fspId,
    version,
    url: `http://127.0.0.1:${port}`,
    received,
    connect: (baseUrl) => void (client = CLIENTS[version]({ fspId, baseUrl })),
    pay,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
