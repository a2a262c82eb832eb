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
import type { Agreements } from "./agreements.ts";
import type { Conversations, Ending } from "./conversations.ts";
import { destinationOf } from "./destination.ts";
import type { Dictionary } from "./dictionary.ts";
import type { ExchangeOptions } from "./exchange-table.ts";
import type { Clock } from "./options.ts";
import { errorOfBody, type Answer } from "./outcome.ts";
import { pathOf, type Params } from "./path.ts";
import type { Send } from "./send.ts";

/** A request in the client's own version. */
export interface Question {
  readonly operation: Operation;
  readonly params?: Params | undefined;
  readonly body?: unknown;
}

/** Sends a request and waits for its callback. */
export type Exchange = (question: Question, options?: ExchangeOptions) => Promise<Answer<unknown>>;

interface ExchangeParts {
  readonly api: Api;
  readonly send: Send;
  readonly conversations: Conversations;
  readonly dictionary: Dictionary;
  readonly agreements: Agreements;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** Makes the function behind every exchange of the table. */
export function createExchange({
  api,
  send,
  conversations,
  dictionary,
  agreements,
  clock,
  timeoutMs: defaultTimeoutMs,
}: ExchangeParts): Exchange {
  /**
   * A destination behind a hub refuses a version by an error callback. The id of the request is used up by then, so that it is not
   * sent again; but the next one goes in a version that the destination speaks.
   */
  function learn({ operation }: Question, destination: string, versions: readonly Version[]): void {
    const version = versions.find((each) => dictionary.common(operation, each));
    if (version !== undefined) agreements.keep(destination, resourceOf(operation), version);
  }

  return async (question, { timeoutMs = defaultTimeoutMs, signal, ...rest } = {}) => {
    const path = answerPathOf(question);
    signal?.throwIfAborted();
    const sending = new AbortController();
    const cleanUp: (() => void)[] = [];
    const outcome = new Promise<Answer<unknown>>((resolve, reject) => {
      // The callback may overtake the response, so it is awaited before the request is sent.
      cleanUp.push(conversations.expect(path, (ending) => resolve(answerOf(ending))));
      const expire = (): void => {
        resolve(timedOut(question.operation, timeoutMs));
        sending.abort();
      };
      const timer = clock.setTimeout(expire, timeoutMs);
      cleanUp.push(() => clock.clearTimeout(timer));
      const giveUp = (): void => {
        reject(signal?.reason as Error); // whatever the caller gave to its controller, thrown as fetch throws it
        sending.abort();
      };
      signal?.addEventListener("abort", giveUp);
      cleanUp.push(() => signal?.removeEventListener("abort", giveUp));
      // A response that comes after the end, good or bad, changes nothing.
      send({ ...question, ...rest, signal: sending.signal }).then(
        ({ error }) => error && resolve({ error }),
        reject,
      );
    });
    try {
      const answer = await outcome;
      const destination = destinationOf({ ...question, ...rest }, api.dialect);
      if (answer.error?.via === "callback" && destination !== undefined) {
        learn(question, destination, answer.error.versions);
      }
      return answer;
    } finally {
      for (const clean of cleanUp) clean();
    }
  };
}

function answerPathOf({ operation, params, body }: Question): string {
  const space = operation.indexOf(" ");
  const path = pathOf(operation.slice(space + 1), params);
  const answerPath = callbackPathOf(operation.slice(0, space), path, body);
  if (answerPath !== undefined) return answerPath;
  throw new VersioningError(
    "invalid-option",
    `the body of ${operation} has no id to which an answer could come`,
  );
}

function answerOf(ending: Ending): Answer<unknown> {
  if ("error" in ending) return ending;
  const { operation, body, source, version } = ending;
  const errorInformation = kindOf(operation) === "errorCallback" ? readErrorCallback(body) : undefined;
  if (!errorInformation) return { data: body, source, version };
  return { error: { via: "callback", errorInformation, versions: supportedVersions(body) }, source };
}

function timedOut(operation: Operation, timeoutMs: number): Answer<never> {
  return {
    error: errorOfBody("timeout", errorBody("2004", `No callback to ${operation} within ${timeoutMs} ms`)),
  };
}
