import type { Agent } from "node:http";
import { isFspId, isVersion, VersioningError, type Version } from "@mojaloop-versioning/protocol";
import type { ConversionContext, Registry } from "@mojaloop-versioning/transform";
import type { Api } from "@mojaloop-versioning/types";
import type { Middleware } from "openapi-fetch";
import type { Bodies, CallbackOperation, RequestOperation } from "./api/api-shape.ts";
import type { Callback } from "./callbacks/callback.ts";
import type { Authorization } from "./send/authorization.ts";
import type { FetchRequest } from "./send/http-fetch.ts";
import type { ClientHeaders } from "./send/message-headers.ts";
import type { RetryPolicy } from "./send/retry.ts";
import type { Sign, Verify } from "./signatures/message-signature.ts";

/** The time and timers of a client. */
export interface Clock {
  readonly now: () => Date;
  readonly setTimeout: (callback: () => void, ms: number) => unknown;
  /** Takes what `setTimeout` returned. */
  readonly clearTimeout: (timer: unknown) => void;
}

/** Checks that a value is the body of an operation, as `validateBody` of `types/<api>/<version>/validate` does. */
export type Validate<O> = (
  operation: O,
  value: unknown,
) => { readonly ok: true } | { readonly ok: false; readonly pointer: string; readonly message: string };

/** Options of a client; all but the first three are optional. */
export interface ClientOptions<A extends Api> {
  /** The API version that the program is written for, such as `fspiopV1_1` of `types/fspiop/v1.1`. */
  readonly api: A;
  /** The FSP id of the sender. */
  readonly fspId: string;
  /** The URL of the other side; paths are appended to it. */
  readonly baseUrl: string;
  /**
   * Resource to the versions that callbacks may have, preferred first: exact ones, or majors as `"1"`. Default: the version of the
   * message sent, which every server understands.
   */
  readonly offer?: { readonly [R in keyof A["resources"]]?: readonly (Version | `${number}`)[] };
  /** The path in front of the resource in the paths of incoming messages: `"/fsp"`. Default: none. */
  readonly basePath?: string;
  /** How long an exchange waits for its callback, in milliseconds. Default: 60,000. */
  readonly timeoutMs?: number;
  /**
   * How long a version that was agreed on after a 406 is used at once for that destination and resource, in milliseconds.
   * Default: 600,000.
   */
  readonly rememberMs?: number;
  /** Headers of every message, or a function that gives those of one message; the client sets those of FSPIOP itself. */
  readonly headers?: ClientHeaders;
  /** Middleware of openapi-fetch, called with each request as it will be sent. A signature covers the body as it is then. */
  readonly middleware?: readonly Middleware[];
  /** The Authorization header of every message: `createClientCredentials` of `client/oauth`. */
  readonly authorization?: Authorization;
  /** Sends messages again that did not get through, with the same headers and bytes. Default: each is sent once. */
  readonly retry?: RetryPolicy;
  /** The changes between versions. Default: those of FSPIOP. */
  readonly registry?: Registry;
  /** The sources of conversions besides the body: `lookup`, `ids`, `stash`. */
  readonly conversion?: Omit<ConversionContext, "params" | "query" | "report">;
  /** Validates the body of incoming messages; an invalid one is refused with 3100. Default: bodies are not validated. */
  readonly validate?: Validate<(CallbackOperation<A> | RequestOperation<A>) & keyof Bodies<A>>;
  /** Signs what is sent, after every conversion: `createJwsSign` of `client/jws`. */
  readonly sign?: Sign;
  /** Verifies what arrives, before every conversion: `createJwsVerify` of `client/jws`. Refusals have 3105. Default: no check. */
  readonly verify?: Verify;
  /** Takes the callbacks that no promise awaits: notifications, late answers. Without it they are refused. */
  readonly onCallback?: (callback: Callback<A>) => unknown;
  /** Called when a handler or a conversion throws; the other side sees 2001 only. Default: a process warning. */
  readonly onError?: (error: unknown) => void;
  /** Makes the connections: an `https.Agent` with key, certificate and CA for mutual TLS. Default: Node's own. */
  readonly agent?: Agent;
  /** Used instead of Node's HTTP client. A standard `fetch` adds an Accept header to callbacks, which some servers refuse. */
  readonly fetch?: FetchRequest;
  readonly clock?: Clock;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout), // what the function above returned
};

/**
 * Checks the options that types cannot.
 * @throws VersioningError `invalid-option`
 */
export function checkOptions(options: ClientOptions<Api>): void {
  const { api, fspId, baseUrl, basePath = "", timeoutMs = 0, rememberMs = 0, offer = {} } = options;
  const times = options.retry?.times ?? 0;
  const [foreign] = Object.entries(offer).filter(
    ([resource, versions = []]) =>
      !Object.hasOwn(api.resources, resource) ||
      versions.length === 0 ||
      !versions.every((version) => isVersion(version) || isVersion(`${version}.0`)),
  );
  const wrong =
    (!isFspId(fspId) &&
      `fspId: "${fspId}" must be 1 to 32 printable ASCII characters, without comma, slash or backslash`) ||
    (!/^https?:\/\/[^?#]+$/.test(baseUrl) &&
      `baseUrl: "${baseUrl}" must be an http or https URL without query and fragment`) ||
    (!URL.canParse(baseUrl) && `baseUrl: "${baseUrl}" must be a URL`) ||
    (!/^(?:\/.*[^/])?$/.test(basePath) &&
      `basePath: "${basePath}" must start with a slash and end without one`) ||
    (foreign &&
      `offer: "${foreign[0]}" must be a resource of ${api.id} with versions like "1.1" or majors like "1"`) ||
    (!(timeoutMs >= 0 && timeoutMs <= MAX_TIMEOUT) &&
      `timeoutMs: ${timeoutMs} must be a number of milliseconds from 0 to ${MAX_TIMEOUT}`) ||
    (!(rememberMs >= 0) && `rememberMs: ${rememberMs} must be a number of milliseconds from 0`) ||
    (!(Number.isInteger(times) && times >= 0) && `retry.times: ${times} must be a whole number from 0`);
  if (wrong) throw new VersioningError("invalid-option", wrong);
}

// The longest time of a Node timer; a longer one would fire at once.
const MAX_TIMEOUT = 2 ** 31 - 1;
