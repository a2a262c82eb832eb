import type { Agent } from "node:http";
import { isVersion, VersioningError, type Version } from "@mojaloop-versioning/protocol";
import type { ConversionContext, Registry } from "@mojaloop-versioning/transform";
import type { Api } from "@mojaloop-versioning/types";
import type { Bodies, CallbackOperation } from "./api-shape.ts";
import type { Callback } from "./callback.ts";
import type { Sign, Verify } from "./signature.ts";

/** Where a client takes the time from. */
export interface Clock {
  readonly now: () => Date;
  readonly setTimeout: (callback: () => void, ms: number) => unknown;
  /** Takes what `setTimeout` returned. */
  readonly clearTimeout: (timer: unknown) => void;
}

/** Says whether a value is the body of an operation, as `validateBody` of `types/<api>/<version>/validate` does. */
export type Validate<O> = (
  operation: O,
  value: unknown,
) => { readonly ok: true } | { readonly ok: false; readonly pointer: string; readonly message: string };

/** What a client is made of; all but the first three are optional. */
export interface ClientOptions<A extends Api> {
  /** The API version in which the program thinks, such as `fspiopV1_1` of `types/fspiop/v1.1`. */
  readonly api: A;
  /** The FSP id of the sender. */
  readonly fspId: string;
  /** Where the other side listens; paths are put after it. */
  readonly baseUrl: string;
  /**
   * Resource to the versions that callbacks may have, preferred first: exact ones, or majors as `"1"`. Default: the version of the
   * message sent, which every server understands.
   */
  readonly offer?: { readonly [R in keyof A["resources"]]?: readonly (Version | `${number}`)[] };
  /** What stands before the resource in the paths of callbacks: `"/fsp"`. Default: nothing. */
  readonly basePath?: string;
  /** How long an exchange waits for its callback, in milliseconds. Default: 60,000. */
  readonly timeoutMs?: number;
  /**
   * How long a version that was agreed upon after a 406 is used at once towards that destination and for that resource, in
   * milliseconds. Default: 600,000.
   */
  readonly rememberMs?: number;
  /** Headers for every message, such as an authorization; those of FSPIOP are set by the client. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The changes between versions. Default: those of FSPIOP. */
  readonly registry?: Registry;
  /** What conversions may ask for beside the body: `lookup`, `ids`, `stash`. */
  readonly conversion?: Omit<ConversionContext, "params" | "query" | "report">;
  /** Judges the body of a callback; one that fails is refused with 3100. Default: what arrives is believed. */
  readonly validate?: Validate<CallbackOperation<A> & keyof Bodies<A>>;
  /** Signs what is sent, after every conversion: `createJwsSign` of `client/jws`. */
  readonly sign?: Sign;
  /** Verifies what arrives, before every conversion: `createJwsVerify` of `client/jws`. What it refuses gets 3105. Default: believe. */
  readonly verify?: Verify;
  /** Takes the callbacks that no promise waits for: notifications, late answers. Without it they are refused. */
  readonly onCallback?: (callback: Callback<A>) => unknown;
  /** Told when `onCallback` or a conversion throws; the other side sees 2001 and no more. Default: a process warning. */
  readonly onError?: (error: unknown) => void;
  /** Makes the connections: an `https.Agent` with key, certificate and CA for mutual TLS. Default: Node's own. */
  readonly agent?: Agent;
  /** Used instead of Node's HTTP client. A `fetch` of the standard adds an Accept to callbacks, which some servers refuse. */
  readonly fetch?: (request: Request) => Promise<Response>;
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
  const [foreign] = Object.entries(offer).filter(
    ([resource, versions = []]) =>
      !Object.hasOwn(api.resources, resource) ||
      versions.length === 0 ||
      !versions.every((version) => isVersion(version) || isVersion(`${version}.0`)),
  );
  const wrong =
    (!/^[\x21-\x7e](?:[\x20-\x7e]{0,30}[\x21-\x7e])?$/.test(fspId) &&
      `fspId: "${fspId}" is no FSP id of 1 to 32 characters that a header can carry`) ||
    (!/^https?:\/\/[^?#]+$/.test(baseUrl) &&
      `baseUrl: "${baseUrl}" is no http or https URL without query and fragment`) ||
    (!URL.canParse(baseUrl) && `baseUrl: "${baseUrl}" is no URL`) ||
    (!/^(?:\/.*[^/])?$/.test(basePath) &&
      `basePath: "${basePath}" must start with a slash and end without one`) ||
    (foreign &&
      `offer: "${foreign[0]}" must be a resource of ${api.id} with versions like "1.1" or majors like "1"`) ||
    (!(timeoutMs >= 0 && timeoutMs <= MAX_TIMEOUT) &&
      `timeoutMs: ${timeoutMs} is no number of milliseconds from 0 to ${MAX_TIMEOUT}`) ||
    (!(rememberMs >= 0) && `rememberMs: ${rememberMs} is no number of milliseconds from 0`);
  if (wrong) throw new VersioningError("invalid-option", wrong);
}

/** What a timer of Node can count; a longer time would fire at once. */
const MAX_TIMEOUT = 2 ** 31 - 1;
