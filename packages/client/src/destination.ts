import type { Operation } from "@mojaloop-versioning/protocol";

// Where a body names the participant that it is for (API Definition 3.2.1: FSPIOP-Destination must be set where it is known;
// members of 6.3 to 6.9; FSPIOP API 2.0 for the two of FX). A bulk goes to one payee FSP, so its first entry speaks for all.
const MEMBERS: ReadonlyMap<Operation, readonly (string | number)[]> = new Map<Operation, (string | number)[]>(
  [
    ["POST /transactionRequests", ["payer", "fspId"]],
    ["POST /quotes", ["payee", "partyIdInfo", "fspId"]],
    ["POST /transfers", ["payeeFsp"]],
    ["POST /bulkQuotes", ["individualQuotes", 0, "payee", "partyIdInfo", "fspId"]],
    ["POST /bulkTransfers", ["payeeFsp"]],
    ["POST /fxQuotes", ["conversionTerms", "counterPartyFsp"]],
    ["POST /fxTransfers", ["counterPartyFsp"]],
  ],
);

/** The participant to which a request's body is addressed, where it says so. */
export function destinationOf(operation: Operation, body: unknown): string | undefined {
  const members = MEMBERS.get(operation);
  let value = members && body;
  for (const key of members ?? []) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[key]; // an own key of an object, as the line above has seen
  }
  return typeof value === "string" && value !== "" ? value : undefined;
}
