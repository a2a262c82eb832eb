import {
  callbackPathOf,
  errorBody,
  readErrorBody,
  resourceOf,
  type ErrorBody,
  type ErrorCode,
  type Operation,
} from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { faultOf, hasOperation, leastBody } from "./api.ts";
import type { Message, Outgoing } from "./message.ts";
import { valuesOf } from "./minimal-body.ts";

/**
 * Answers to requests by operation: the body of the callback; a body with `errorInformation` makes it the error callback, and
 * `undefined` leaves the request without one.
 */
export type Answers = Readonly<Partial<Record<Operation, (request: Message) => unknown>>>;

interface AnsweringOptions {
  readonly fspId: string;
  readonly api: Api;
  readonly answers: Answers;
  /** Throws where the message is refused. */
  readonly send: (message: Outgoing) => Promise<void>;
}

/** Answers one request. */
export type Answering = (request: Message) => Promise<void>;

/** API Definition 7.6: the error of an id that nobody here knows, by resource. */
const UNKNOWN_ID: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ["transactionRequests", "3206"],
  ["quotes", "3205"],
  ["transfers", "3208"],
]);

/**
 * Makes what answers every request of an API version: by the answers given; a GET of something that was asked for before as it
 * was then; anything else with the least body that the schema of the callback takes.
 */
export function createAnswering({ fspId, api, answers, send }: AnsweringOptions): Answering {
  const taken = new Map<string, { readonly text: string; readonly answer: Promise<unknown> }>();

  /** A resend gets the answer that it got before; a request that only bears its id is refused (API Definition 3.2.5.1). */
  async function answerOnce(request: Message, path: string): Promise<unknown> {
    // Only a POST to a whole resource bears an id; who registers a party again means it.
    if (request.method !== "POST" || request.path === path) return answerTo(request, path);
    const text = JSON.stringify(request.body);
    const key = `${path} ${request.source}`;
    const known = taken.get(key);
    if (known) return known.text === text ? known.answer : errorBody("3106");
    const answer = answerTo(request, path);
    taken.set(key, { text, answer });
    return answer;
  }

  async function answerTo(request: Message, path: string): Promise<unknown> {
    const given = answers[request.operation];
    if (given) return given(request);
    const resource = resourceOf(request.operation);
    if (request.operation === `GET /${resource}/{ID}` && hasOperation(api, `POST /${resource}`)) {
      return taken.get(`${path} ${request.source}`)?.answer ?? errorBody(UNKNOWN_ID.get(resource) ?? "3200");
    }
    const body = await leastBody(api, callbackOf(request.operation), valuesOf(request.body, request.params));
    return body ?? errorBody("2002", `${fspId} does not answer ${request.operation}`);
  }

  return async (request) => {
    const path = callbackPathOf(request.method, request.path, request.body);
    if (path === undefined) return;
    const answer = await answerOnce(request, path);
    if (answer === undefined) return;
    const error = readErrorBody(answer);
    await send({
      method: "PUT",
      path: error ? `${path}/error` : path,
      destination: request.source,
      body: error ? await errorMessage(api, request.operation, { errorInformation: error }) : answer,
    });
  };
}

/** The body of the error callback to a request, in the dialect of the API. */
export async function errorMessage(api: Api, request: Operation, error: ErrorBody): Promise<unknown> {
  const operation: Operation = `${callbackOf(request)}/error`;
  if (faultOf(api, operation, error) === undefined) return error;
  return isoError(await leastBody(api, operation, valuesOf(undefined)), error);
}

/** The operation that answers a request (API Definition 6.2 to 6.10). */
function callbackOf(request: Operation): Operation {
  const path = request.slice(request.indexOf("/"));
  return `PUT ${path}${request.startsWith("POST ") && !path.includes("/", 1) ? "/{ID}" : ""}` as Operation; // path has its slash
}

/** Puts the code where pacs.002, or for parties acmt.024, has its reason. */
function isoError(body: unknown, { errorInformation }: ErrorBody): object {
  const least = body as { readonly Rpt?: object }; // a message of ISO 20022, of an object at its root
  const Rsn = { Cd: errorInformation.errorCode };
  return least.Rpt
    ? { ...least, Rpt: { ...least.Rpt, Rsn } }
    : { ...least, TxInfAndSts: { StsRsnInf: { Rsn } } };
}
