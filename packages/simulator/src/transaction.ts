/** An amount in a currency (API Definition 7.4.8). */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** Who takes part in a transaction, as far as a simulator reads it (API Definition 7.4.12). */
export interface PartyLike {
  readonly partyIdInfo: {
    readonly partyIdType: string;
    readonly partyIdentifier: string;
    readonly partySubIdOrType?: string;
    readonly fspId?: string;
  };
}

/** The content of an ILP packet, as far as every version has it (API Definition 7.4.17). */
export interface Transaction {
  readonly transactionId: string;
  readonly quoteId: string;
  readonly payee: PartyLike;
  readonly payer: PartyLike;
  readonly amount: Money;
  readonly transactionType: {
    readonly scenario: string;
    readonly initiator: string;
    readonly initiatorType: string;
  };
}
