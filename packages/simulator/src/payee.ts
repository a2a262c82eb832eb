import { randomBytes } from "node:crypto";
import { errorBody, type Operation } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { Answers } from "./answering.ts";
import { hasOperation } from "./api.ts";
import { conditionOf, fulfilmentOf, readIlpPacket, writeIlpPacket } from "./ilp-packet.ts";
import type { Message } from "./message.ts";
import type { Money, PartyLike, Transaction } from "./transaction.ts";
import type { DfspTransfer } from "./transfer.ts";

/** A customer of a DFSP. */
export interface PartyRecord {
  readonly type: string;
  readonly id: string;
  /** Members of the Party beside its partyIdInfo: name, personalInfo and so on (API Definition 7.4.12). */
  readonly party?: Readonly<Record<string, unknown>>;
  /** Members of the partyIdInfo beside type, identifier and fspId. */
  readonly partyIdInfo?: Readonly<Record<string, unknown>>;
}

interface PayeeOptions {
  readonly fspId: string;
  readonly api: Api;
  readonly parties: readonly PartyRecord[];
  readonly transfers: Map<string, DfspTransfer>;
  readonly transferState: "COMMITTED" | "RESERVED" | undefined;
}

/** The side of a DFSP that is paid. */
export interface Payee {
  /** What it answers by itself: finds its party, quotes, fulfils, one or many at a time, and converts currencies. */
  readonly answers: Answers;
  /** Takes note of a notification or an error callback. */
  readonly note: (message: Message) => void;
}

const NOTIFY: Operation = "PATCH /transfers/{ID}";

interface Prepared {
  readonly transferId: string;
  readonly ilpPacket: string;
  readonly condition: string;
}

/** Makes the side of a DFSP that is paid. The bodies that it reads have passed the validator of its own version. */
export function createPayee({ fspId, api, parties, transfers, ...options }: PayeeOptions): Payee {
  const secret = randomBytes(32).toString("base64");
  const transferState = options.transferState ?? (hasOperation(api, NOTIFY) ? "RESERVED" : "COMMITTED");

  function findParty({ params }: Message): PartyRecord | undefined {
    return parties.find(({ type, id }) => type === params["Type"] && id === params["ID"]);
  }

  function party(request: Message): unknown {
    const found = findParty(request);
    if (!found) return errorBody("3204");
    const { SubId } = request.params;
    const partyIdInfo = {
      partyIdType: found.type,
      partyIdentifier: found.id,
      ...(SubId !== undefined && { partySubIdOrType: SubId }),
      fspId,
      ...found.partyIdInfo,
    };
    return { party: { partyIdInfo, ...found.party } };
  }

  function participant(request: Message): unknown {
    return findParty(request) ? { fspId } : errorBody("3204");
  }

  function termsOf(asked: Transaction): object {
    const { transactionId, quoteId, payee, payer, amount, transactionType } = asked;
    const ilpPacket = writeIlpPacket({
      amount: smallestUnits(amount),
      account: `g.${fspId}.${accountOf(payee)}`,
      transaction: { transactionId, quoteId, payee, payer, amount, transactionType },
    });
    return {
      transferAmount: amount,
      payeeReceiveAmount: amount,
      ilpPacket,
      condition: conditionOf(fulfilmentOf(ilpPacket, secret)),
    };
  }

  function quote({ body }: Message): unknown {
    return { ...termsOf(body as Transaction), expiration: inAMinute() }; // of POST /quotes
  }

  function bulkQuote({ body }: Message): unknown {
    const { payer, individualQuotes } = body as {
      readonly payer: PartyLike;
      readonly individualQuotes: readonly Omit<Transaction, "payer">[];
    };
    return {
      individualQuoteResults: individualQuotes.map((each) => ({
        quoteId: each.quoteId,
        payee: each.payee,
        ...termsOf({ ...each, payer }),
      })),
      expiration: inAMinute(),
    };
  }

  /** The fulfilment of a condition that was once given away in a quote; `undefined` where the condition is none of ours. */
  function fulfilmentFor({ ilpPacket, condition }: Prepared): string | undefined {
    const fulfilment = fulfilmentOf(ilpPacket, secret);
    return readIlpPacket(ilpPacket) && conditionOf(fulfilment) === condition ? fulfilment : undefined;
  }

  function fulfil({ body }: Message): unknown {
    const prepared = body as Prepared & { readonly amount: Money };
    const { transferId, amount } = prepared;
    const fulfilment = fulfilmentFor(prepared);
    if (fulfilment === undefined) return errorBody("5000", "The condition is none of ours");
    transfers.set(transferId, { transferId, role: "payee", state: transferState, amount, fulfilment });
    const committed = transferState === "COMMITTED" && { completedTimestamp: new Date().toISOString() };
    return { fulfilment, transferState, ...committed };
  }

  function bulkFulfil({ body }: Message): unknown {
    const { individualTransfers } = body as { readonly individualTransfers: readonly Prepared[] };
    return {
      bulkTransferState: "COMPLETED",
      completedTimestamp: new Date().toISOString(),
      individualTransferResults: individualTransfers.map((each) => {
        const fulfilment = fulfilmentFor(each);
        const outcome = fulfilment ? { fulfilment } : errorBody("5000", "The condition is none of ours");
        return { transferId: each.transferId, ...outcome };
      }),
    };
  }

  function state({ params }: Message): unknown {
    const known = transfers.get(params["ID"] ?? "");
    if (!known) return errorBody("3208");
    return { transferState: known.state, ...(known.fulfilment && { fulfilment: known.fulfilment }) };
  }

  // The condition of a conversion has no packet to be made of: its fulfilment is that of the two amounts.
  function conversion({ sourceAmount, targetAmount }: Conversion): string {
    const amounts = [sourceAmount, targetAmount].map(({ currency, amount }) => `${currency} ${amount}`);
    return fulfilmentOf(amounts.join(" "), secret);
  }

  /** One unit for one: what is left open of the two amounts is as much as the other. */
  function convert({ body }: Message): unknown {
    const { conversionTerms: asked } = body as { readonly conversionTerms: Conversion };
    const { sourceAmount, targetAmount } = asked;
    const amount = sourceAmount.amount ?? targetAmount.amount ?? "1";
    const conversionTerms = {
      ...asked,
      sourceAmount: { amount, ...sourceAmount },
      targetAmount: { amount, ...targetAmount },
    };
    return { condition: conditionOf(conversion(conversionTerms)), conversionTerms };
  }

  function settleConversion({ body }: Message): unknown {
    const committed = body as Conversion & { readonly condition: string };
    const fulfilment = conversion(committed);
    if (conditionOf(fulfilment) !== committed.condition) {
      return errorBody("5000", "The condition is none of ours");
    }
    return { fulfilment, conversionState: "COMMITTED", completedTimestamp: new Date().toISOString() };
  }

  return {
    answers: {
      "GET /parties/{Type}/{ID}": party,
      "GET /parties/{Type}/{ID}/{SubId}": party,
      "GET /participants/{Type}/{ID}": participant,
      "GET /participants/{Type}/{ID}/{SubId}": participant,
      "POST /quotes": quote,
      "POST /bulkQuotes": bulkQuote,
      "POST /transfers": fulfil,
      "POST /bulkTransfers": bulkFulfil,
      "GET /transfers/{ID}": state,
      "POST /fxQuotes": convert,
      "POST /fxTransfers": settleConversion,
      "GET /services/FXP": () => ({ providers: [fspId] }),
      "GET /services/FXP/{SourceCurrency}/{TargetCurrency}": () => ({ providers: [fspId] }),
    },
    note({ operation, params, body }) {
      const known = transfers.get(params["ID"] ?? "");
      if (!known) return;
      if (operation === NOTIFY) {
        const { transferState: settled } = body as { readonly transferState: DfspTransfer["state"] }; // of PATCH /transfers/{ID}
        transfers.set(known.transferId, { ...known, state: settled });
      }
      if (operation === "PUT /transfers/{ID}/error") {
        const reason = "an error callback came";
        transfers.set(known.transferId, { ...known, state: "ABORTED", reason });
      }
    },
  };
}

interface Conversion {
  readonly sourceAmount: Pick<Money, "currency"> & Partial<Money>;
  readonly targetAmount: Pick<Money, "currency"> & Partial<Money>;
}

function inAMinute(): string {
  return new Date(Date.now() + 60_000).toISOString();
}

// Two decimals will do for a simulator: the number in the packet binds nobody, the Transaction beside it does.
function smallestUnits({ amount }: Money): bigint {
  const [whole = "0", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(2, "0").slice(0, 2));
}

// An ILP address takes letters, digits and four signs.
function accountOf({ partyIdInfo }: PartyLike): string {
  return `${partyIdInfo.partyIdType}.${partyIdInfo.partyIdentifier}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9._~-]/g, "_");
}
