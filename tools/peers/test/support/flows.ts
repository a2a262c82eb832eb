import { Ilp } from "@mojaloop/sdk-standard-components";
import type { SdkAnswer } from "./sdk-scheme.ts";
import { SDK_LOGGER, type Sdk } from "./sdk.ts";

/** One request by the SDK, the SDK's answer to it, and the callback that must reach the payer. */
export interface Flow {
  readonly name: string;
  /** Exists from 2.0 on. */
  readonly isFx: boolean;
  readonly ask: (sdk: Sdk) => Promise<unknown>;
  readonly answer: SdkAnswer;
  /** Path of the callback, and members of its body. */
  readonly path: string;
  readonly body: object;
}

/** Makes the ids of a conversation. */
export type MakeId = () => string;

const MONEY = { currency: "USD", amount: "100" };
const TARGET_MONEY = { currency: "TZS", amount: "250000" };
const PAYEE = { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "123456789", fspId: "payeefsp" } };
const PAYER = { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "987654321", fspId: "payerfsp" } };
const EXPIRATION = new Date(Date.now() + 365 * 86_400_000).toISOString();
const ERROR = { errorInformation: { errorCode: "5000", errorDescription: "Generic payee error" } };
const PAYEE_PARTY = ["MSISDN", "123456789", undefined] as const;
const PAYER_PARTY = ["MSISDN", "987654321", undefined] as const;

const ilp = Ilp.ilpFactory("v1", { secret: "a secret of the payee", logger: SDK_LOGGER });

function both(
  flow: Pick<Flow, "name" | "ask" | "answer" | "path" | "body">,
  refuse: SdkAnswer,
  isFx = false,
): readonly Flow[] {
  const { name, path } = flow;
  return [
    { ...flow, isFx },
    { ...flow, isFx, name: `${name}, error`, answer: refuse, path: `${path}/error`, body: ERROR },
  ];
}

/** Every operation that the SDK has a method for and that a payer, a payee and a hub exchange. */
export function flowsOf(makeId: MakeId): readonly Flow[] {
  const id = makeId();
  return [...directoryFlows(), ...paymentFlows(id, makeId()), ...conversionFlows(id, makeId())];
}

function directoryFlows(): readonly Flow[] {
  return [
    ...both(
      {
        name: "parties",
        ask: (sdk) => sdk.getParties(...PAYEE_PARTY),
        answer: (_request, sdk) => sdk.putParties(...PAYEE_PARTY, { party: PAYEE }, "payerfsp"),
        path: "/parties/MSISDN/123456789",
        body: { party: PAYEE },
      },
      (_request, sdk) => sdk.putPartiesError(...PAYEE_PARTY, ERROR, "payerfsp"),
    ),
    ...both(
      {
        name: "participants",
        ask: (sdk) => sdk.deleteParticipants(...PAYER_PARTY, "hub"),
        answer: (_request, _sdk, hub) =>
          hub.putParticipants(...PAYER_PARTY, { fspId: "payerfsp" }, "payerfsp"),
        path: "/participants/MSISDN/987654321",
        body: { fspId: "payerfsp" },
      },
      (_request, _sdk, hub) => hub.putParticipantsError(...PAYER_PARTY, ERROR, "payerfsp"),
    ),
  ];
}

function paymentFlows(id: string, transactionId: string): readonly Flow[] {
  const transaction = {
    quoteId: id,
    transactionId,
    payee: PAYEE,
    payer: PAYER,
    transactionType: { scenario: "TRANSFER", initiator: "PAYER", initiatorType: "CONSUMER" },
  } as const;
  const quote = { ...transaction, amountType: "SEND", amount: MONEY };
  const { fulfilment, condition, ilpPacket } = ilp.getQuoteResponseIlp(
    { ...transaction, expiration: EXPIRATION },
    { transferAmount: MONEY },
  );
  const terms = { transferAmount: MONEY, expiration: EXPIRATION, ilpPacket, condition };
  const parties = { payerFsp: "payerfsp", payeeFsp: "payeefsp" };
  const transfer = {
    transferId: id,
    ...parties,
    amount: MONEY,
    ilpPacket,
    condition,
    expiration: EXPIRATION,
  };
  return [
    ...both(
      {
        name: "quotes",
        ask: (sdk) => sdk.postQuotes(quote, "payeefsp"),
        answer: (_request, sdk) => sdk.putQuotes(id, terms, "payerfsp"),
        path: `/quotes/${id}`,
        body: terms,
      },
      (_request, sdk) => sdk.putQuotesError(id, ERROR, "payerfsp"),
    ),
    ...both(
      {
        name: "transfers",
        ask: (sdk) => sdk.postTransfers(transfer, "payeefsp"),
        answer: (request, sdk) => {
          const arrived = JSON.parse(request.text) as typeof transfer; // what postTransfers sent
          const body = { transferState: "COMMITTED", fulfilment: ilp.calculateFulfil(arrived.ilpPacket) };
          return sdk.putTransfers(id, { ...body, completedTimestamp: EXPIRATION }, "payerfsp");
        },
        path: `/transfers/${id}`,
        body: { transferState: "COMMITTED", fulfilment },
      },
      (_request, sdk) => sdk.putTransfersError(id, ERROR, "payerfsp"),
    ),
  ];
}

function conversionFlows(id: string, conversionId: string): readonly Flow[] {
  const agreed = { initiatingFsp: "payerfsp", counterPartyFsp: "payeefsp", expiration: EXPIRATION };
  const amounts = { sourceAmount: MONEY, targetAmount: TARGET_MONEY };
  const conversionTerms = { conversionId, ...agreed, amountType: "SEND", ...amounts };
  const { fulfilment, condition } = ilp.getFxQuoteResponseIlp(
    { conversionRequestId: id },
    { conversionTerms },
  );
  const transfer = { commitRequestId: id, ...agreed, ...amounts, condition };
  const done = { fulfilment, conversionState: "COMMITTED", completedTimestamp: EXPIRATION };
  return [
    ...both(
      {
        name: "fxQuotes",
        ask: (sdk) => sdk.postFxQuotes({ conversionRequestId: id, conversionTerms }, "payeefsp"),
        answer: (_request, sdk) => sdk.putFxQuotes(id, { condition, conversionTerms }, "payerfsp"),
        path: `/fxQuotes/${id}`,
        body: { condition, conversionTerms },
      },
      (_request, sdk) => sdk.putFxQuotesError(id, ERROR, "payerfsp"),
      true,
    ),
    ...both(
      {
        name: "fxTransfers",
        ask: (sdk) => sdk.postFxTransfers(transfer, "payeefsp"),
        answer: (_request, sdk) => sdk.putFxTransfers(id, done, "payerfsp"),
        path: `/fxTransfers/${id}`,
        body: done,
      },
      (_request, sdk) => sdk.putFxTransfersError(id, ERROR, "payerfsp"),
      true,
    ),
  ];
}
