import { kindOf, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { BodyOf, CallbackOf, OperationOf, ParamName, ParamsFor } from "./api-shape.ts";
import type { ExchangeResult } from "./outcome.ts";

/**
 * Every exchange of FSPIOP, a request and the callback that answers it, by resource and name (API Definition 6.2 to 6.10; FSPIOP API
 * 2.0 for FX and services). Where a name has several operations the parameters given choose among them.
 */
export const EXCHANGES = {
  participants: {
    lookup: ["GET /participants/{Type}/{ID}", "GET /participants/{Type}/{ID}/{SubId}"],
    register: ["POST /participants/{Type}/{ID}", "POST /participants/{Type}/{ID}/{SubId}"],
    registerMany: ["POST /participants"],
    remove: ["DELETE /participants/{Type}/{ID}", "DELETE /participants/{Type}/{ID}/{SubId}"],
  },
  parties: { lookup: ["GET /parties/{Type}/{ID}", "GET /parties/{Type}/{ID}/{SubId}"] },
  transactionRequests: {
    request: ["POST /transactionRequests"],
    get: ["GET /transactionRequests/{ID}"],
  },
  quotes: { request: ["POST /quotes"], get: ["GET /quotes/{ID}"] },
  authorizations: { get: ["GET /authorizations/{ID}"] },
  transfers: { prepare: ["POST /transfers"], get: ["GET /transfers/{ID}"] },
  transactions: { get: ["GET /transactions/{ID}"] },
  bulkQuotes: { request: ["POST /bulkQuotes"], get: ["GET /bulkQuotes/{ID}"] },
  bulkTransfers: { prepare: ["POST /bulkTransfers"], get: ["GET /bulkTransfers/{ID}"] },
  fxQuotes: { request: ["POST /fxQuotes"], get: ["GET /fxQuotes/{ID}"] },
  fxTransfers: { prepare: ["POST /fxTransfers"], get: ["GET /fxTransfers/{ID}"] },
  services: { fxp: ["GET /services/FXP"], fxpFor: ["GET /services/FXP/{SourceCurrency}/{TargetCurrency}"] },
} as const;

/** Options of one exchange. */
export interface ExchangeOptions {
  /** How long to wait for the callback, in milliseconds. */
  readonly timeoutMs?: number;
  /** FSPIOP-Destination, where the body does not contain the receiving FSP id. */
  readonly destination?: string;
  /** The resource version to send in, where it is known which one the other side supports. */
  readonly version?: Version;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the exchange; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

type Table = typeof EXCHANGES;

type ExchangeMethod<A extends Api, O> = (
  ...message: [
    ...([ParamName<O>] extends [never] ? [] : [params: O extends unknown ? ParamsFor<O> : never]),
    ...([BodyOf<A, O>] extends [undefined] ? [] : [body: BodyOf<A, O>]),
    options?: ExchangeOptions,
  ]
) => Promise<ExchangeResult<BodyOf<A, CallbackOf<O>>>>;

/** The exchanges that an API version has: `transfers.prepare`, `parties.lookup`, … */
export type Exchanges<A extends Api> = {
  readonly [R in keyof Table & keyof A["resources"] as A["dialect"] extends undefined ? never : R]: {
    readonly [N in keyof Table[R] as Offered<A, Table[R][N]> extends never ? never : N]: ExchangeMethod<
      A,
      Offered<A, Table[R][N]>
    >;
  };
};

type Offered<A extends Api, Operations> = Operations extends readonly (infer O)[]
  ? O & OperationOf<A>
  : never;

/** The operation that answers a request of an API version; `undefined` where no callback does. */
export function answerTo(api: Api, operation: Operation): Operation | undefined {
  if (!api.dialect || kindOf(operation) !== "request") return undefined;
  const path = operation.slice(operation.indexOf(" ") + 1);
  const whole = operation.startsWith("POST ") && !path.includes("/", 1);
  const answer: Operation = `PUT /${path.slice(1)}${whole ? "/{ID}" : ""}`;
  return Object.hasOwn(api.operations, answer) ? answer : undefined;
}
