import type { ErrorBody, Operation, Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { BodyOf, CallbackOf, ParamName, RequestOperation } from "../api/api-shape.ts";
import type { InboundMessage } from "../callbacks/callback.ts";

/** A request that a payee, or any other party that is asked, has to answer. */
export type ServedRequest<A extends Api, O> = Omit<InboundMessage, "operation" | "params" | "body"> & {
  readonly operation: O;
  readonly params: Readonly<Record<ParamName<O>, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** In the version of the API that the handler is written for. */
  readonly body: BodyOf<A, O>;
  /** The resource version that the callback will have on the wire. */
  readonly callbackVersion: Version;
};

/**
 * Answers a request: the body of the callback; an error body, for the error callback; or `undefined` for none, where the program
 * sends the callback itself. What it throws becomes an error callback with 2001 and goes to `onError`.
 */
export type RequestHandler<A extends Api, O> = (
  request: ServedRequest<A, O>,
) => RequestAnswer<A, O> | Promise<RequestAnswer<A, O>>;

/** What a handler gives back. */
export type RequestAnswer<A extends Api, O> = BodyOf<A, CallbackOf<O>> | ErrorBody | undefined;

/** Handlers by operation. */
export type RequestHandlers<A extends Api> = {
  readonly [O in RequestOperation<A>]?: RequestHandler<A, O>;
};

/** Handlers for the requests of one API version, which get and give bodies of that version without conversion. */
export interface VersionHandlers {
  readonly api: Api;
  readonly handlers: Readonly<Record<Operation, UntypedHandler | undefined>>;
}

/** A handler whose types have been checked. */
export type UntypedHandler = (
  request: InboundMessage & {
    readonly callbackVersion: Version;
    readonly query: Readonly<Record<string, string>>;
  },
) => unknown;

/**
 * Handlers for requests that come in another version than the client's own, for `client.serve`.
 *
 * ```ts
 * client.serve(handlers, [forVersion(fspiopV1_0, { "POST /quotes": ({ body }) => quoteAsIn1_0(body) })]);
 * ```
 */
export function forVersion<const A extends Api>(api: A, handlers: RequestHandlers<A>): VersionHandlers {
  return { api, handlers: handlers }; // the body's type follows from the operation
}
