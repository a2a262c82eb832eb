/**
 * The member of a POST's body that names its conversation, by resource; the answer comes to `PUT /{resource}/{that id}`
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

/**
 * The path to which the answer to a request is PUT, without a base path or query: that of the request itself, or for a POST to a
 * whole resource the path with the id of its body. `undefined` where the body holds no such id. The error callback goes to the
 * same path followed by `/error`.
 */
export function callbackPathOf(method: string, path: string, body?: unknown): string | undefined {
  const query = path.indexOf("?");
  const bare = query < 0 ? path : path.slice(0, query);
  if (method !== "POST" || bare.indexOf("/", 1) > 0) return bare;
  const member = ID_MEMBER.get(bare.slice(1));
  if (member === undefined || typeof body !== "object" || body === null || !Object.hasOwn(body, member)) {
    return undefined;
  }
  const id = (body as Record<string, unknown>)[member]; // an own key of an object, as the line above has just seen
  return typeof id === "string" && id !== "" ? `${bare}/${encodeURIComponent(id)}` : undefined;
}
