import { randomBytes } from "node:crypto";
import {
  callbackPathOf,
  errorBody,
  kindOf,
  type ErrorBody,
  type ErrorCode,
  type Operation,
} from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { hasOperation } from "./api.ts";
import { conditionOf, fulfilmentOf, readIlpPacket, writeIlpPacket } from "./ilp-packet.ts";
import type { Message, Outgoing, Reply } from "./message.ts";
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

/** The answer to a request: the body of its callback, or that of its error callback; nothing for no callback. */
export type HandlerAnswer = { readonly body: unknown } | { readonly error: ErrorBody } | undefined;

/** Answers by operation. */
export type Handlers = Readonly<
  Partial<Record<Operation, (message: Message) => HandlerAnswer | Promise<HandlerAnswer>>>
>;

interface PayeeOptions {
  readonly fspId: string;
  readonly api: Api;
  readonly parties: readonly PartyRecord[];
  readonly transfers: Map<string, DfspTransfer>;
  readonly transferState: "COMMITTED" | "RESERVED" | undefined;
  readonly handlers: Handlers | undefined;
  readonly send: (message: Outgoing) => Promise<Reply>;
}

const NOTIFY: Operation = "PATCH /transfers/{ID}";

/** The side of a DFSP that answers: finds its party, quotes, fulfils. */
export function createPayee(options: PayeeOptions): (message: Message) => Promise<void> {
  const { fspId, api, parties, transfers } = options;
  const secret = randomBytes(32).toString("base64");
  const transferState = options.transferState ?? (hasOperation(api, NOTIFY) ? "RESERVED" : "COMMITTED");

  const given = new Map<string, Promise<HandlerAnswer>>();

  const handlers: Handlers = {
    "GET /parties/{Type}/{ID}": party,
    "GET /parties/{Type}/{ID}/{SubId}": party,
    "POST /quotes": quote,
    "POST /transfers": fulfil,
    "GET /transfers/{ID}": ({ params }) => {
      const known = transfers.get(params["ID"] ?? "");
      if (!known) return refuse("3208");
      return {
        body: { transferState: known.state, ...(known.fulfilment && { fulfilment: known.fulfilment }) },
      };
    },
    ...options.handlers,
  };

  function party({ params }: Message): HandlerAnswer {
    const found = parties.find(({ type, id }) => type === params["Type"] && id === params["ID"]);
    if (!found) return refuse("3204");
    const partyIdInfo = { partyIdType: found.type, partyIdentifier: found.id, fspId, ...found.partyIdInfo };
    return { body: { party: { partyIdInfo, ...found.party } } };
  }

  function quote({ body }: Message): HandlerAnswer {
    const asked = body as Transaction & Readonly<Record<string, unknown>>; // the validator of our version has seen it
    const transaction = {
      transactionId: asked.transactionId,
      quoteId: asked.quoteId,
      payee: asked.payee,
      payer: asked.payer,
      amount: asked.amount,
      transactionType: asked.transactionType,
    };
    const ilpPacket = writeIlpPacket({
      amount: smallestUnits(asked.amount),
      account: `g.${fspId}.${accountOf(asked.payee)}`,
      transaction,
    });
    return {
      body: {
        transferAmount: asked.amount,
        payeeReceiveAmount: asked.amount,
        expiration: new Date(Date.now() + 60_000).toISOString(),
        ilpPacket,
        condition: conditionOf(fulfilmentOf(ilpPacket, secret)),
      },
    };
  }

  function fulfil({ body }: Message): HandlerAnswer {
    const prepared = body as { transferId: string; amount: Money; ilpPacket: string; condition: string }; // validated before
    const { transferId, amount } = prepared;
    const fulfilment = fulfilmentOf(prepared.ilpPacket, secret);
    if (!readIlpPacket(prepared.ilpPacket) || conditionOf(fulfilment) !== prepared.condition) {
      return refuse("5000", "The condition is none of ours");
    }
    transfers.set(transferId, { transferId, role: "payee", state: transferState, amount, fulfilment });
    const committed = transferState === "COMMITTED" && { completedTimestamp: new Date().toISOString() };
    return { body: { fulfilment, transferState, ...committed } };
  }

  /** A message that comes again gets the answer that it got before (API Definition 3.2.5.1). */
  async function answerTo(message: Message): Promise<HandlerAnswer> {
    const key = `${message.operation} ${message.path} ${message.source} ${JSON.stringify(message.body)}`;
    if (message.method !== "POST") return handle(message);
    let answer = given.get(key);
    if (!answer) given.set(key, (answer = handle(message)));
    return answer;
  }

  async function handle(message: Message): Promise<HandlerAnswer> {
    const handler = handlers[message.operation];
    return handler ? handler(message) : refuse("2002", `${fspId} does not answer ${message.operation}`);
  }

  return async (message) => {
    if (message.operation === NOTIFY) settle(message);
    if (message.operation === "PUT /transfers/{ID}/error") abort(message);
    if (kindOf(message.operation) !== "request") return;
    const answer = await answerTo(message);
    const path = callbackPathOf(message.method, message.path, message.body);
    if (!answer || path === undefined) return;
    const failed = "error" in answer;
    const reply = await options.send({
      method: "PUT",
      path: failed ? `${path}/error` : path,
      destination: message.source,
      body: failed ? answer.error : answer.body,
    });
    if (reply.status >= 300)
      throw new Error(`PUT ${path} was answered ${reply.status}: ${JSON.stringify(reply.body)}`);
  };

  function settle({ params, body }: Message): void {
    const known = transfers.get(params["ID"] ?? "");
    const { transferState: state } = body as { transferState: DfspTransfer["state"] }; // validated before
    if (known) transfers.set(known.transferId, { ...known, state });
  }

  function abort({ params }: Message): void {
    const known = transfers.get(params["ID"] ?? "");
    if (known)
      transfers.set(known.transferId, { ...known, state: "ABORTED", reason: "an error callback came" });
  }
}

function refuse(code: ErrorCode, description?: string): HandlerAnswer {
  return { error: errorBody(code, description) };
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
