import { randomUUID } from "node:crypto";
import type { Answer, Outgoing } from "./message.ts";
import type { PartyRecord } from "./payee.ts";
import type { Money, Transaction } from "./transaction.ts";
import { checkedTransfer, type DfspTransfer } from "./transfer.ts";

/** Whom to pay, and how much. */
export interface Payment {
  readonly to: { readonly type: string; readonly id: string };
  readonly amount: Money;
  /** Joins the body of POST /quotes, for members that only some versions have. */
  readonly quote?: Readonly<Record<string, unknown>>;
}

interface PayerOptions {
  readonly fspId: string;
  /** The customer who pays; the DFSP itself where there is none. */
  readonly payer: PartyRecord | undefined;
  readonly transfers: Map<string, DfspTransfer>;
  readonly ask: (message: Outgoing) => Promise<Answer>;
}

/** The side of a DFSP that pays: party lookup, quote and transfer, up to the first refusal. */
export function createPayer({
  fspId,
  payer,
  transfers,
  ask,
}: PayerOptions): (payment: Payment) => Promise<Answer<DfspTransfer>> {
  async function quote(payment: Payment, payee: Transaction["payee"]): Promise<Answer> {
    const transaction: Transaction = {
      transactionId: randomUUID(),
      quoteId: randomUUID(),
      payee,
      payer: {
        partyIdInfo: { partyIdType: payer?.type ?? "BUSINESS", partyIdentifier: payer?.id ?? fspId, fspId },
        ...payer?.party,
      },
      amount: payment.amount,
      transactionType: { scenario: "TRANSFER", initiator: "PAYER", initiatorType: "CONSUMER" },
    };
    const body = { ...transaction, amountType: "SEND", ...payment.quote };
    return ask({ method: "POST", path: "/quotes", destination: payee.partyIdInfo.fspId, body });
  }

  async function transfer(quoted: unknown, payeeFsp: string | undefined): Promise<Answer<DfspTransfer>> {
    const { transferAmount: amount, ilpPacket, condition } = quoted as QuoteAnswer; // taken, so a quote by our version
    const transferId = randomUUID();
    const expiration = new Date(Date.now() + 60_000).toISOString();
    const body = { transferId, payerFsp: fspId, payeeFsp, amount, ilpPacket, condition, expiration };
    transfers.set(transferId, { transferId, role: "payer", state: "RECEIVED", amount });
    const answer = await ask({ method: "POST", path: "/transfers", destination: payeeFsp, body });
    const ended = checkedTransfer(transferId, body, answer);
    transfers.set(transferId, ended);
    return answer.ok ? { ...answer, body: ended } : answer;
  }

  return async (payment) => {
    const found = await ask({ method: "GET", path: `/parties/${payment.to.type}/${payment.to.id}` });
    if (!found.ok) return found;
    const { party } = found.body as { party: Transaction["payee"] }; // taken, so a party by our version
    const quoted = await quote(payment, party);
    if (!quoted.ok) return quoted;
    return transfer(quoted.body, party.partyIdInfo.fspId);
  };
}

interface QuoteAnswer {
  readonly transferAmount: Money;
  readonly ilpPacket: string;
  readonly condition: string;
}
