import {
  createNegotiator,
  type Negotiated,
  type Negotiator,
  type Offer,
} from "@mojaloop-versioning/negotiate";
import {
  callbackPathOf,
  createOperationMatcher,
  errorBody,
  readErrorBody,
  resourceOf,
  VersioningError,
  type Operation,
  type OperationMatch,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { answerTo } from "../api/exchange-table.ts";
import type { HttpReply, IncomingHttp } from "../callbacks/incoming.ts";
import type { MessageReader } from "../callbacks/message-reader.ts";
import type { Receive } from "../callbacks/receive.ts";
import type { ClientVersions } from "../send/client-versions.ts";
import type { Send } from "../send/send.ts";
import type { UntypedHandler, VersionHandlers } from "./request-handlers.ts";
import { createResends, type Resends } from "./resends.ts";

interface ServeParts {
  readonly api: Api;
  readonly versions: ClientVersions;
  readonly reader: MessageReader;
  readonly send: Send;
  readonly onError: (error: unknown) => void;
}

// A request whose version has been negotiated.
interface AgreedRequest {
  readonly matched: OperationMatch;
  readonly known: Candidates;
  readonly agreed: Negotiated;
  readonly resends: Resends;
}

// A request that was answered 202 and waits for its callback.
interface ServedMessage {
  readonly operation: Operation;
  /** Of the callback. */
  readonly path: string;
  readonly source: string;
  /** The version of what the handler gives. */
  readonly readAs: Version;
  readonly callbackVersion: Version;
}

// The handlers of one operation: those of the client's own version first.
type Candidates = readonly { readonly version: Version; readonly handler: UntypedHandler }[];

/**
 * Makes the part of a client that serves requests: it agrees on a version, answers 202, runs the handler and sends the callback in
 * the version that the requester accepts.
 * @throws VersioningError `invalid-option` where a handler is for no request of its API
 */
export function createServe(
  own: VersionHandlers,
  others: readonly VersionHandlers[],
  parts: ServeParts,
): Receive {
  const candidates = candidatesOf([own, ...others], parts);
  const match = createOperationMatcher(candidates.keys());
  const negotiators = new Map(
    Array.from(
      candidates,
      ([operation, known]) => [operation, negotiatorOf(operation, known, parts)] as const,
    ),
  );
  const resends = createResends();

  return (incoming) => {
    const matched = match(incoming.method, incoming.path);
    const known = matched && candidates.get(matched.operation);
    const agreed =
      matched &&
      negotiators.get(matched.operation)?.negotiate({
        method: incoming.method,
        url: incoming.path,
        headers: incoming.rawHeaders,
      });
    if (!matched || !known || !agreed) return undefined;
    if (!agreed.ok) return Promise.resolve(agreed);
    if (!agreed.managed) return undefined;
    return serve(incoming, { matched, known, agreed, resends }, parts);
  };
}

async function serve(
  incoming: IncomingHttp,
  { matched, known, agreed, resends }: AgreedRequest,
  parts: ServeParts,
): Promise<HttpReply> {
  const { operation } = matched;
  const chosen =
    known.find(({ version }) => version === agreed.content) ??
    known.find(({ version }) => parts.versions.converter(operation, agreed.content, version));
  if (!chosen) throw new Error(`no handler of ${operation} can read ${agreed.content}`); // not offered then
  const callbackVersion = agreed.accept ?? agreed.content;
  const readAs = chosen.version;
  const reading = await parts.reader.read(incoming, matched, { writtenIn: agreed.content, readAs });
  if (!reading.ok) return reading.reply;
  const { message, text } = reading;
  const path = callbackPathOf(incoming.method, incoming.path, message.body);
  if (path === undefined)
    return parts.reader.refuse(operation, "3102", "The body has no id for its callback");
  const request = { ...message, query: incoming.query, callbackVersion };
  const isResendable = incoming.method === "POST" && path !== incoming.path;
  const answer = async (): Promise<unknown> => await chosen.handler(request);
  const work = isResendable ? resends.once(`${path} ${message.source}`, text, answer) : answer;
  return {
    status: 202,
    headers: agreed.headers,
    afterwards: () =>
      void respond({ operation, path, source: message.source, readAs, callbackVersion }, work, parts),
  };
}

async function respond(
  served: ServedMessage,
  work: () => Promise<unknown>,
  { api, send, onError }: ServeParts,
): Promise<void> {
  try {
    const body = await work().catch((error: unknown) => {
      onError(error);
      return errorBody("2001");
    });
    if (body === undefined) return;
    const isError = readErrorBody(body) !== undefined;
    const callback = answerTo(api, served.operation);
    if (!callback) return;
    const operation: Operation = isError ? `${callback}/error` : callback;
    const params = createOperationMatcher([callback])("PUT", served.path)?.params;
    const { error } = await send({
      operation,
      params,
      body,
      destination: served.source,
      writtenIn: served.readAs,
      version: served.callbackVersion,
    });
    if (error)
      throw new Error(`${operation} to ${served.source}: ${error.errorInformation.errorDescription}`);
  } catch (error) {
    onError(error);
  }
}

function candidatesOf(all: readonly VersionHandlers[], { api }: ServeParts): Map<Operation, Candidates> {
  const candidates = new Map<Operation, Candidates>();
  for (const { api: handled, handlers } of all) {
    for (const [name, handler] of Object.entries(handlers)) {
      const operation = name as Operation; // the keys of RequestHandlers
      const version = handled.resources[resourceOf(operation)];
      if (!handler) continue;
      if (!version || !Object.hasOwn(handled.operations, operation) || !answerTo(api, operation)) {
        throw new VersioningError(
          "invalid-option",
          `"${operation}" must be a request of ${handled.id} and of ${api.id} that a callback answers`,
        );
      }
      candidates.set(operation, [...(candidates.get(operation) ?? []), { version, handler }]);
    }
  }
  return candidates;
}

// A version is offered for the callback if an answer of some handler can be converted to it, and accepted for the request if the
// body can be converted to what some handler reads.
function negotiatorOf(operation: Operation, known: Candidates, { api, versions }: ServeParts): Negotiator {
  const resource = resourceOf(operation);
  const callback = answerTo(api, operation);
  const candidates = versions.related(operation);
  const isWritable = (version: Version): boolean =>
    known.some((each) => callback && versions.converter(callback, each.version, version) !== undefined);
  const isReadable = (version: Version): boolean =>
    known.some((each) => versions.converter(operation, version, each.version) !== undefined);
  const offer: Offer = { [resource]: candidates.filter(isWritable) };
  const content: Offer = { [resource]: candidates.filter(isReadable) };
  return createNegotiator({
    offer,
    content,
    ...(api.dialect && { dialect: api.dialect }),
  });
}
