import type { Quote } from "./messages.ts";

type Party = Quote["payee"];

const OLDER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

/** 2.0 to 1.1 as one would write it by hand at its shortest: the members one knows, nothing checked, anything else lost. */
export function barest(quote: Quote): object {
  const { quoteId, transactionId, transactionRequestId, amountType, amount, fees, transactionType, note } =
    quote;
  return {
    quoteId,
    transactionId,
    transactionRequestId,
    payee: barestParty(quote.payee),
    payer: barestParty(quote.payer),
    amountType,
    amount,
    fees,
    transactionType,
    note,
    expiration: quote.expiration,
  };
}

function barestParty({ partyIdInfo, name, personalInfo }: Party): object {
  const { complexName, dateOfBirth } = personalInfo;
  return { partyIdInfo, name, personalInfo: { complexName, dateOfBirth } };
}

/** 2.0 to 1.1 by hand with the same outcome as ours: ids checked, members nobody knows kept. */
export function careful(quote: Quote): object | undefined {
  for (const id of [quote.quoteId, quote.transactionId, quote.transactionRequestId]) {
    if (!OLDER_ID.test(id)) return undefined;
  }
  return { ...quote, payee: carefulParty(quote.payee), payer: carefulParty(quote.payer) };
}

function carefulParty(party: Party): object {
  const { supportedCurrencies, ...rest } = party;
  const { kycInformation, ...personalInfo } = party.personalInfo;
  const lost = supportedCurrencies !== undefined || kycInformation !== undefined;
  return lost ? { ...rest, personalInfo } : party;
}
