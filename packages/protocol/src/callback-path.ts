import { textAt } from "./json.ts";
import { pathOfTarget } from "./request-target.ts";

/**
 * The member of a POST's body with the id of its conversation, by resource; the answer is `PUT /{resource}/{that id}`
 * (API Definition 6.2 to 6.9; FSPIOP API 2.0 for the two of FX).
 */
const ID_MEMBER: ReadonlyMap<string, string> = new Map([
  ["participants", "requestId"],
  ["transactionRequests", "transactionRequestId"],
  ["quotes", "quoteId"],
  ["transfers", "transferId"],
  ["bulkQuotes", "bulkQuoteId"],
  ["bulkTransfers", "bulkTransferId"],
  ["fxQuotes", "conversionRequestId"],
  ["fxTransfers", "commitRequestId"],
]);

/** The path of that id in messages of ISO 20022, for every resource (pacs.081, 008, 091, 009). */
const ISO_ID = ["CdtTrfTxInf", "PmtId", "TxId"];

/**
 * The path to which the answer to a request is PUT, without a base path or query: that of the request itself, or for a POST to a
 * whole resource the path with the id of its body, in either dialect. `undefined` where the body has no such id. The error
 * callback goes to the same path followed by `/error`.
 */
export function callbackPathOf(method: string, path: string, body?: unknown): string | undefined {
  const bare = pathOfTarget(path);
  if (method !== "POST" || bare.indexOf("/", 1) > 0) return bare;
  const member = ID_MEMBER.get(bare.slice(1));
  const id = member === undefined ? undefined : (textAt(body, [member]) ?? textAt(body, ISO_ID));
  return id === undefined ? undefined : `${bare}/${encodeURIComponent(id)}`;
}
