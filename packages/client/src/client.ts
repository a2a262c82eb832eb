import type { Operation, Version } from "@mojaloop-versioning/protocol";
import { createRegistry, fspiopChanges } from "@mojaloop-versioning/transform";
import type { Api } from "@mojaloop-versioning/types";
import type { BodyOf, DataOf, Method, ParamName, ParamsFor, PathOf, QueryOf } from "./api/api-shape.ts";
import { EXCHANGES, type ExchangeOptions, type Exchanges } from "./api/exchange-table.ts";
import { createConversations } from "./callbacks/conversations.ts";
import { createMessageHandler, type MessageHandler } from "./callbacks/message-handler.ts";
import { createMessageReader } from "./callbacks/message-reader.ts";
import { createReceive, type Receive } from "./callbacks/receive.ts";
import { createExchange, type RunExchange } from "./exchange/exchange.ts";
import { checkOptions, systemClock, type ClientOptions } from "./options.ts";
import { createRememberedVersions } from "./send/remembered-versions.ts";
import { createClientVersions } from "./send/client-versions.ts";
import type { PathParams } from "./send/message-path.ts";
import type { SendResult } from "./api/outcome.ts";
import { createSend, type Send } from "./send/send.ts";
import { createTransport } from "./send/transport.ts";
import type { RequestHandlers, VersionHandlers } from "./server/request-handlers.ts";
import { createServe } from "./server/serve.ts";

/** Options of one message besides its parameters and body. */
export interface MessageOptions {
  /** FSPIOP-Destination, where the body does not contain the receiving FSP id. */
  readonly destination?: string;
  /** The resource version to send in: the one that the requester of a callback asked for, or that the receiver supports. */
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
) => Promise<SendResult<DataOf<A, M, P>>>;

/**
 * A client of one API version: one method for each of HTTP's, one function for each exchange that the API version has, and the
 * handlers by which messages come in. Outcomes are values; network failures are thrown.
 */
export type Client<A extends Api> = { readonly [M in Method]: SendMethod<A, M> } & Exchanges<A> & {
    /** Takes callbacks. */
    readonly callbacks: MessageHandler;
    /**
     * Makes a handler that takes callbacks and serves requests: each is answered 202, and its callback is sent in the version that the
     * requester accepts. `handlers` are written for the client's API version and get other versions converted; `others`, made by
     * `forVersion`, get the bodies of their version as they are.
     * @throws VersioningError `invalid-option` where a handler is for no request of its API
     */
    readonly serve: (handlers: RequestHandlers<A>, others?: readonly VersionHandlers[]) => MessageHandler;
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
  const { api, basePath = "", clock = systemClock, onError = warn } = options;
  const { timeoutMs = DEFAULT_TIMEOUT_MS, rememberMs = DEFAULT_REMEMBER_MS } = options;
  const versions = createClientVersions(api, options.registry ?? createRegistry(fspiopChanges));
  const conversations = createConversations();
  const agreed = createRememberedVersions(clock, rememberMs);
  const transport = createTransport({ ...options, clock });
  const send = createSend({ options, versions, agreed, transport });
  const exchange = createExchange({ api, send, conversations, versions, agreed, clock, timeoutMs });
  const reader = api.dialect && createMessageReader(options, api.dialect, versions);
  // Settlement and Admin have no callbacks.
  const receivers: Receive[] = reader ? [createReceive({ options, reader, conversations })] : [];
  const client = {
    ...Object.fromEntries(METHODS.map((method) => [method, methodOf(method, send)])),
    ...exchangesOf(api, exchange),
    callbacks: createMessageHandler({ receivers, basePath, onError }),
    serve(handlers: VersionHandlers["handlers"], others: readonly VersionHandlers[] = []): MessageHandler {
      const serving =
        reader && createServe({ api, handlers }, others, { api, versions, reader, send, onError });
      return createMessageHandler({
        receivers: serving ? [...receivers, serving] : receivers,
        basePath,
        onError,
      });
    },
  };
  // The mapped types describe what the loops above make of the operations table.
  return client as unknown as Client<A>;
}

interface UntypedInit extends MessageOptions {
  readonly params?: { readonly path?: PathParams; readonly query?: Readonly<Record<string, unknown>> };
  readonly body?: unknown;
}

function methodOf(method: Method, send: Send): (path: `/${string}`, init?: UntypedInit) => ReturnType<Send> {
  return (path, { params, ...rest } = {}) =>
    send({ operation: `${method} ${path}`, params: params?.path, query: params?.query, ...rest });
}

function exchangesOf(api: Api, exchange: RunExchange): Record<string, Record<string, unknown>> {
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
  exchange: RunExchange,
): (...message: readonly unknown[]) => ReturnType<RunExchange> {
  const [shortest = "GET /"] = operations;
  const hasParams = shortest.includes("{");
  const hasBody = api.operations[shortest]?.body !== undefined;
  return (...message) => {
    const rest = [...message];
    const params = hasParams ? ((rest.shift() ?? {}) as PathParams) : undefined; // the order of the ExchangeMethod type
    const body = hasBody ? rest.shift() : undefined;
    const options = rest.shift() as ExchangeOptions | undefined; // the same
    // The longest path whose parameters are all given: with a SubId, the one that contains it.
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
