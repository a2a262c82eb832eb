import type { Quote } from "./messages.ts";

type Party = Quote["payee"];

const OLDER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

/** 2.0 to 1.1 by hand at its shortest: the members one knows, nothing checked, anything else lost. */
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

/** 2.0 to 1.1 as the author of a service would write it: the ids checked that 1.1 has a pattern for, then the members one knows. */
export function listed(quote: Quote): object | undefined {
  return hasOlderIds(quote) ? barest(quote) : undefined;
}

/** 2.0 to 1.1 by hand with the same outcome as ours: ids checked, members nobody knows kept. */
export function careful(quote: Quote): object | undefined {
  if (!hasOlderIds(quote)) return undefined;
  return { ...quote, payee: carefulParty(quote.payee), payer: carefulParty(quote.payer) };
}

/** The same to 1.0, which knows no extensions of an identifier either. */
export function carefulTwice(quote: Quote): object | undefined {
  if (!hasOlderIds(quote)) return undefined;
  return { ...quote, payee: twiceParty(quote.payee), payer: twiceParty(quote.payer) };
}

function hasOlderIds({ quoteId, transactionId, transactionRequestId }: Quote): boolean {
  return OLDER_ID.test(quoteId) && OLDER_ID.test(transactionId) && OLDER_ID.test(transactionRequestId);
}

function carefulParty(party: Party): Party {
  const { supportedCurrencies, ...rest } = party;
  const { kycInformation, ...personalInfo } = party.personalInfo;
  const lost = supportedCurrencies !== undefined || kycInformation !== undefined;
  return lost ? { ...rest, personalInfo } : party;
}

function twiceParty(party: Party): Party {
  const { extensionList, ...partyIdInfo } = party.partyIdInfo;
  const once = carefulParty(party);
  return extensionList === undefined ? once : { ...once, partyIdInfo };
}

/** POST /transfers from 2.0 by hand: only its id can be one that 1.x does not know. */
export function carefulTransfer<T extends { readonly transferId: string }>(transfer: T): T | undefined {
  return OLDER_ID.test(transfer.transferId) ? transfer : undefined;
}
