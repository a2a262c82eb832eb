import type { Operation, Version } from "@mojaloop-versioning/protocol";
import { createRegistry, fspiopChanges } from "@mojaloop-versioning/transform";
import type { Api } from "@mojaloop-versioning/types";
import { createAgreements } from "./agreements.ts";
import type { BodyOf, DataOf, Method, ParamName, ParamsFor, PathOf, QueryOf } from "./api-shape.ts";
import { createCallbackHandler, type CallbackHandler } from "./callback-handler.ts";
import { createConversations } from "./conversations.ts";
import { createDictionary } from "./dictionary.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import { EXCHANGES, type ExchangeOptions, type Exchanges } from "./exchange-table.ts";
import { checkOptions, systemClock, type ClientOptions } from "./options.ts";
import type { Result } from "./outcome.ts";
import type { Params } from "./path.ts";
import { createReceive } from "./receive.ts";
import { createSend, type Send } from "./send.ts";

/** What every message may be told beside its parameters and body. */
export interface MessageOptions {
  /** FSPIOP-Destination, where the body does not name the payee's FSP itself. */
  readonly destination?: string;
  /** The resource version to send in: that which a callback's requester asked for, or which the other side is known to speak. */
  readonly version?: Version;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

type Init<A extends Api, M extends Method, P> = MessageOptions &
  ([ParamName<P>] extends [never]
    ? { readonly params?: { readonly query?: QueryOf<A, M, P> } }
    : { readonly params: { readonly path: ParamsFor<P>; readonly query?: QueryOf<A, M, P> } }) &
  (BodyOf<A, `${M} ${P & string}`> extends undefined
    ? { readonly body?: undefined }
    : { readonly body: BodyOf<A, `${M} ${P & string}`> });

type InitArguments<I> = Partial<I> extends I ? [init?: I] : [init: I];

/** One method over every path that the API version has for it. */
export type SendMethod<A extends Api, M extends Method> = <P extends PathOf<A, M>>(
  path: P,
  ...init: InitArguments<Init<A, M, P>>
) => Promise<Result<DataOf<A, M, P>>>;

/**
 * A client of one API version: one method for each of HTTP's, one function for each exchange that the API version has, and the
 * handler by which the callbacks come in. Outcomes are values; faults of the network throw.
 */
export type Client<A extends Api> = { readonly [M in Method]: SendMethod<A, M> } & Exchanges<A> & {
    readonly callbacks: CallbackHandler;
  };

const METHODS: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_REMEMBER_MS = 600_000;

/**
 * Makes a client.
 *
 * ```ts
 * const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: "http://hub.example" });
 * createServer({ maxHeaderSize: 65536 }, client.callbacks).listen(4001);
 * const { data, error } = await client.parties.lookup({ Type: "MSISDN", ID: "123456789" });
 * ```
 * @throws VersioningError `invalid-option` that names the option
 */
export function createClient<const A extends Api>(options: ClientOptions<A>): Client<A> {
  checkOptions(options);
  const { api, basePath = "", clock = systemClock } = options;
  const { timeoutMs = DEFAULT_TIMEOUT_MS, rememberMs = DEFAULT_REMEMBER_MS } = options;
  const dictionary = createDictionary(api, options.registry ?? createRegistry(fspiopChanges));
  const conversations = createConversations();
  const agreements = createAgreements(clock, rememberMs);
  const send = createSend({ ...options, clock }, dictionary, agreements);
  const receive = createReceive(options, dictionary, conversations);
  const client = {
    ...Object.fromEntries(METHODS.map((method) => [method, methodOf(method, send)])),
    ...exchangesOf(
      api,
      createExchange({ api, send, conversations, dictionary, agreements, clock, timeoutMs }),
    ),
    callbacks: createCallbackHandler(receive, basePath, options.onError ?? warn),
  };
  // The mapped types say of the operations table what the loops above make of it.
  return client as unknown as Client<A>;
}

interface UntypedInit extends MessageOptions {
  readonly params?: { readonly path?: Params; readonly query?: Readonly<Record<string, unknown>> };
  readonly body?: unknown;
}

function methodOf(method: Method, send: Send): (path: `/${string}`, init?: UntypedInit) => ReturnType<Send> {
  return (path, { params, ...rest } = {}) =>
    send({ operation: `${method} ${path}`, params: params?.path, query: params?.query, ...rest });
}

function exchangesOf(api: Api, exchange: Exchange): Record<string, Record<string, unknown>> {
  if (!api.dialect) return {};
  const named: Record<string, Record<string, unknown>> = {};
  for (const [resource, names] of Object.entries(EXCHANGES)) {
    for (const [name, operations] of Object.entries<readonly Operation[]>(names)) {
      const offered = operations.filter((operation) => Object.hasOwn(api.operations, operation));
      if (offered.length > 0) (named[resource] ??= {})[name] = exchangeOf(api, offered, exchange);
    }
  }
  return named;
}

function exchangeOf(
  api: Api,
  operations: readonly Operation[],
  exchange: Exchange,
): (...message: readonly unknown[]) => ReturnType<Exchange> {
  const [shortest = "GET /"] = operations;
  const hasParams = shortest.includes("{");
  const hasBody = api.operations[shortest]?.body !== undefined;
  return (...message) => {
    const rest = [...message];
    const params = hasParams ? ((rest.shift() ?? {}) as Params) : undefined; // the order of the Exchange type
    const body = hasBody ? rest.shift() : undefined;
    const options = rest.shift() as ExchangeOptions | undefined; // the same
    // The longest path whose parameters are all there: with a SubId, the one that has a place for it.
    const operation = operations.findLast((each) =>
      namesOf(each).every((name) => params?.[name] !== undefined),
    );
    return exchange({ operation: operation ?? shortest, params, body }, options);
  };
}

function namesOf(operation: Operation): string[] {
  return Array.from(operation.matchAll(/\{([^}]*)\}/g), ([, name = ""]) => name);
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
