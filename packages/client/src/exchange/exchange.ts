import {
  callbackPathOf,
  errorBody,
  kindOf,
  readErrorCallback,
  resourceOf,
  supportedVersions,
  VersioningError,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { ExchangeOptions } from "../api/exchange-table.ts";
import type { Conversations, ConversationEnd } from "../callbacks/conversations.ts";
import type { Clock } from "../options.ts";
import type { RememberedVersions } from "../send/remembered-versions.ts";
import type { ClientVersions } from "../send/client-versions.ts";
import { destinationOf } from "../send/destination.ts";
import { messagePath, type PathParams } from "../send/message-path.ts";
import { errorOfBody, type ExchangeResult } from "../api/outcome.ts";
import type { Send } from "../send/send.ts";
import { fulfilmentFault } from "./fulfilment-check.ts";

/** A request in the client's own version. */
export interface ExchangeRequest {
  readonly operation: Operation;
  readonly params?: PathParams | undefined;
  readonly body?: unknown;
}

/** Sends a request and waits for its callback. */
export type RunExchange = (
  request: ExchangeRequest,
  options?: ExchangeOptions,
) => Promise<ExchangeResult<unknown>>;

interface ExchangeParts {
  readonly api: Api;
  readonly send: Send;
  readonly conversations: Conversations;
  readonly versions: ClientVersions;
  readonly agreed: RememberedVersions;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** Makes the function that runs every exchange of the table. */
export function createExchange(parts: ExchangeParts): RunExchange {
  return async (request, { timeoutMs = parts.timeoutMs, ...options } = {}) => {
    const result = await awaitCallback(request, { ...options, timeoutMs }, parts);
    if (result.error) {
      const destination = destinationOf({ ...request, ...options }, parts.api.dialect);
      if (result.error.via === "callback" && destination !== undefined) {
        learn(request.operation, destination, result.error.versions, parts);
      }
      return result;
    }
    const fault =
      parts.api.dialect === "fspiop" && fulfilmentFault(request.operation, request.body, result.data);
    if (!fault) return result;
    return { error: errorOfBody("fulfilment", errorBody("3100", fault)), source: result.source };
  };
}

// A destination behind a hub refuses a version by an error callback. The id of the request has been used by then, so that it is not
// sent again; but the next request goes in a version that the destination supports.
function learn(
  operation: Operation,
  destination: string,
  supported: readonly Version[],
  { versions, agreed }: ExchangeParts,
): void {
  const version = supported.find((each) => versions.common(operation, each));
  if (version !== undefined) agreed.keep(destination, resourceOf(operation), version);
}

async function awaitCallback(
  request: ExchangeRequest,
  { timeoutMs, signal, ...options }: ExchangeOptions & { readonly timeoutMs: number },
  { send, conversations, clock }: ExchangeParts,
): Promise<ExchangeResult<unknown>> {
  const path = answerPathOf(request);
  signal?.throwIfAborted();
  const sending = new AbortController();
  const cleanUp: (() => void)[] = [];
  const outcome = new Promise<ExchangeResult<unknown>>((resolve, reject) => {
    // The callback may arrive before the response, so it is awaited before the request is sent.
    cleanUp.push(conversations.expect(path, (ending) => resolve(resultOf(ending))));
    const expire = (): void => {
      resolve(timedOut(request.operation, timeoutMs));
      sending.abort();
    };
    const timer = clock.setTimeout(expire, timeoutMs);
    cleanUp.push(() => clock.clearTimeout(timer));
    const giveUp = (): void => {
      reject(signal?.reason as Error); // what the caller gave to its controller, thrown as fetch throws it
      sending.abort();
    };
    signal?.addEventListener("abort", giveUp);
    cleanUp.push(() => signal?.removeEventListener("abort", giveUp));
    // A response that comes after the end changes nothing.
    send({ ...request, ...options, signal: sending.signal }).then(
      ({ error }) => error && resolve({ error }),
      reject,
    );
  });
  try {
    return await outcome;
  } finally {
    for (const clean of cleanUp) clean();
  }
}

function answerPathOf({ operation, params, body }: ExchangeRequest): string {
  const space = operation.indexOf(" ");
  const path = messagePath(operation.slice(space + 1), params);
  const answerPath = callbackPathOf(operation.slice(0, space), path, body);
  if (answerPath !== undefined) return answerPath;
  throw new VersioningError(
    "invalid-option",
    `the body of ${operation} has no id; without one no callback can be matched to it`,
  );
}

function resultOf(ending: ConversationEnd): ExchangeResult<unknown> {
  if ("error" in ending) return ending;
  const { operation, body, source, version } = ending;
  const errorInformation = kindOf(operation) === "errorCallback" ? readErrorCallback(body) : undefined;
  if (!errorInformation) return { data: body, source, version };
  return { error: { via: "callback", errorInformation, versions: supportedVersions(body) }, source };
}

function timedOut(operation: Operation, timeoutMs: number): ExchangeResult<never> {
  return {
    error: errorOfBody("timeout", errorBody("2004", `No callback to ${operation} within ${timeoutMs} ms`)),
  };
}
