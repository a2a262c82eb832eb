import { textAt, type Dialect, type Operation } from "@mojaloop-versioning/protocol";
import type { ClientMessage } from "./client-message.ts";

type Places = ReadonlyMap<Operation, readonly (string | number)[]>;

const AGENT = ["CdtTrfTxInf", "CdtrAgt", "FinInstnId", "Othr", "Id"];
const CREDITOR = ["CdtTrfTxInf", "Cdtr", "FinInstnId", "Othr", "Id"];

// Where a body contains the FSP id of its receiver (API Definition 3.2.1: FSPIOP-Destination must be set where it is known;
// members of 6.3 to 6.9; FSPIOP API 2.0 for the two of FX). A bulk goes to one payee FSP, so its first entry is enough.
// In ISO 20022: the agent of the creditor, or for a currency exchange the creditor itself (pacs.081, 008, 091, 009).
const PLACES: Readonly<Record<Dialect, Places>> = {
  fspiop: new Map<Operation, (string | number)[]>([
    ["POST /transactionRequests", ["payer", "fspId"]],
    ["POST /quotes", ["payee", "partyIdInfo", "fspId"]],
    ["POST /transfers", ["payeeFsp"]],
    ["POST /bulkQuotes", ["individualQuotes", 0, "payee", "partyIdInfo", "fspId"]],
    ["POST /bulkTransfers", ["payeeFsp"]],
    ["POST /fxQuotes", ["conversionTerms", "counterPartyFsp"]],
    ["POST /fxTransfers", ["counterPartyFsp"]],
  ]),
  iso20022: new Map<Operation, string[]>([
    ["POST /quotes", AGENT],
    ["POST /transfers", AGENT],
    ["POST /fxQuotes", CREDITOR],
    ["POST /fxTransfers", CREDITOR],
  ]),
};

/** The participant that a message is addressed to: given by the caller, or contained in a request's body. */
export function destinationOf(
  { destination, operation, body }: Pick<ClientMessage, "destination" | "operation" | "body">,
  dialect: Dialect | undefined,
): string | undefined {
  const place = dialect && PLACES[dialect].get(operation);
  return destination ?? (place && textAt(body, place));
}
