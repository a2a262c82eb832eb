import { createHmac } from "node:crypto";
import { canonicalJson, ownMember, textAt, VersioningError } from "@mojaloop-versioning/protocol";
import { readIlpTransaction } from "@mojaloop-versioning/transform";
import { conditionOf } from "./fulfilment.ts";
import { minorUnits, type MoneyAmount } from "./minor-units.ts";
import { writePayment, writePrepare } from "./packet.ts";

/** How a payee makes its ILP terms. */
export interface IlpOptions {
  /** Known to the payee alone; a fulfilment can be made again from it and the packet. */
  readonly secret: string;
  /** ILP version 1 (API Definition 4; the default) or version 4. */
  readonly version?: "v1" | "v4";
}

/** The `Transaction` of a packet (API Definition 7.4.18), as far as it is read here; every other member is kept. */
export interface IlpTransaction {
  readonly transactionId: string;
  readonly quoteId: string;
  readonly payee: IlpParty;
  readonly payer: IlpParty;
  readonly amount: MoneyAmount;
  /** Required for ILP version 4. */
  readonly expiration?: string;
}

/** A party of a transaction, as far as it is read here. */
export interface IlpParty {
  readonly partyIdInfo: {
    readonly partyIdType: string;
    readonly partyIdentifier: string;
    readonly partySubIdOrType?: string;
    readonly fspId?: string;
  };
}

/** The agreed terms of a currency conversion (FSPIOP API 2.0, `FxConversion`), as far as they are read here. */
export interface IlpConversion {
  readonly conversionRequestId: string;
  readonly conversionTerms: {
    readonly counterPartyFsp: string;
    readonly sourceAmount: Pick<MoneyAmount, "currency">;
    readonly targetAmount: Pick<MoneyAmount, "currency">;
    readonly expiration: string;
  };
}

/** What a payee answers a quote with, and the fulfilment that it keeps until the transfer. */
export interface IlpTerms {
  readonly ilpPacket: string;
  readonly condition: string;
  readonly fulfilment: string;
}

/** The ILP part of a payee: terms for quotes, fulfilments for transfers. */
export interface Ilp {
  /** Terms for a quote or a currency conversion. @throws VersioningError `invalid-option` */
  terms(transaction: IlpTransaction | IlpConversion): IlpTerms;
  /** The fulfilment of a packet that this payee made; `undefined` where the condition is not the one that it gave. */
  fulfilmentOf(transfer: { readonly ilpPacket: string; readonly condition: string }): string | undefined;
}

const V4_ADDRESS = "g.mojaloop"; // Mojaloop has no ILP addresses of its own; sdk-standard-components 19 writes the same

/**
 * Makes the ILP part of a payee. Packets, conditions and fulfilments are those of sdk-standard-components 19 for the same secret, so
 * that a payee which changes from one to the other can still fulfil its open quotes.
 * @throws VersioningError `invalid-option`
 */
export function createIlp({ secret, version = "v1" }: IlpOptions): Ilp {
  if (secret === "") throw new VersioningError("invalid-option", "secret: must not be empty");
  const key = Buffer.from(secret).toString("base64");
  const hmac = (text: string): string => createHmac("sha256", key).update(text).digest("base64url");
  const hmacOfTransaction = (transaction: unknown): string =>
    hmac(Buffer.from(canonicalJson(transaction)).toString("base64"));

  return {
    terms(transaction) {
      const data = Buffer.from(Buffer.from(canonicalJson(transaction)).toString("base64url"));
      const amount = "conversionTerms" in transaction ? 0n : minorUnits(transaction.amount);
      if (version === "v1") {
        const ilpPacket = writePayment({ amount, address: addressOf(transaction), data });
        const fulfilment = hmac(ilpPacket);
        return { ilpPacket, condition: conditionOf(fulfilment), fulfilment };
      }
      const fulfilment = hmacOfTransaction(transaction);
      const condition = conditionOf(fulfilment);
      const ilpPacket = writePrepare({
        amount,
        address: V4_ADDRESS,
        data,
        expiresAt: expirationOf(transaction),
        condition: Buffer.from(condition, "base64url"),
      });
      return { ilpPacket, condition, fulfilment };
    },
    fulfilmentOf({ ilpPacket, condition }) {
      const transaction = readIlpTransaction(ilpPacket);
      if (!transaction) return undefined;
      const fulfilment = version === "v1" ? hmac(ilpPacket) : hmacOfTransaction(transaction);
      return conditionOf(fulfilment) === condition ? fulfilment : undefined;
    },
  };
}

/** What a transfer must have in common with the transaction in its packet (API Definition 6.7.3.1). */
export interface TransferTerms {
  readonly ilpPacket: string;
  readonly payerFsp: string;
  readonly payeeFsp: string;
  readonly amount: MoneyAmount;
}

/**
 * Which member of a transfer contradicts the transaction in its ILP packet, such as `"/amount/currency"`; `"/ilpPacket"` where that
 * cannot be read; `undefined` where all is as quoted.
 */
export function transferMismatch(transfer: TransferTerms): string | undefined {
  const transaction = readIlpTransaction(transfer.ilpPacket);
  if (!transaction) return "/ilpPacket";
  const amount = ownMember(transaction, "amount");
  const pairs = [
    ["/payerFsp", transfer.payerFsp, textAt(transaction, ["payer", "partyIdInfo", "fspId"])],
    ["/payeeFsp", transfer.payeeFsp, textAt(transaction, ["payee", "partyIdInfo", "fspId"])],
    ["/amount/currency", transfer.amount.currency, ownMember(amount, "currency")],
    ["/amount/amount", transfer.amount.amount, ownMember(amount, "amount")],
  ] as const;
  return pairs.find(([, sent, quoted]) => sent !== quoted)?.[0];
}

// An ILP address: scheme, FSP, kind of identifier, identifier. For FX: scheme, FSP and the two currencies.
function addressOf(transaction: IlpTransaction | IlpConversion): string {
  if ("conversionTerms" in transaction) {
    const { counterPartyFsp, sourceAmount, targetAmount } = transaction.conversionTerms;
    return `g.${counterPartyFsp}.${sourceAmount.currency}.${targetAmount.currency}`.toLowerCase();
  }
  const { fspId, partyIdType, partyIdentifier, partySubIdOrType } = transaction.payee.partyIdInfo;
  const party = [partyIdType, partyIdentifier, partySubIdOrType].filter((part) => part).join(".");
  return `g.${fspId}.${party.toLowerCase()}`;
}

function expirationOf(transaction: IlpTransaction | IlpConversion): Date {
  const text =
    "conversionTerms" in transaction ? transaction.conversionTerms.expiration : transaction.expiration;
  const expiresAt = new Date(text ?? NaN);
  if (Number.isNaN(expiresAt.getTime())) {
    throw new VersioningError(
      "invalid-option",
      `expiration: ${String(text)} must be a date and time, which an ILP packet of version 4 contains`,
    );
  }
  return expiresAt;
}
