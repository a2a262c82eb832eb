import { isFspId, MAX_BODY_SIZE, type ErrorCode } from "@mojaloop-versioning/protocol";
import { checkNames, invalidOption, readBasePath, readChoice } from "../options/invalid-option.ts";
import { linesOf, type Message, type MessageHeaders } from "./message.ts";
import type { HttpRefusal } from "./negotiation.ts";
import { createRouteFinder } from "./route.ts";
import { createHeaderRefusals, type HeaderRefusals } from "./header-refusals.ts";

/** The header checks that are not about versions; the defaults are those of central-services-shared 18.38.2. */
export interface FspiopHeadersOptions {
  /** The first path segments that are checked. Default: the ten resources of central-services-shared. */
  readonly resources?: readonly string[];
  /** The path before the resource. Default: none. */
  readonly basePath?: string;
  /**
   * The header in which a gateway states the authenticated client. Where it is present, `FSPIOP-Source` must equal it; if there is
   * `FSPIOP-Proxy`, that must equal it and differ from `FSPIOP-Source`. `false`: not compared. Default `"x-client-id"`.
   */
  readonly clientIdHeader?: string | false;
  /** Whether `FSPIOP-Source` is mandatory, as API Definition 3.2.1 (Table 1) says. Default `"optional"`. */
  readonly source?: "optional" | "require";
  /** Whether `Date` is mandatory (API Definition 3.2.1, Table 1). One that is present must be valid. Default `"require"`. */
  readonly date?: "require" | "optional";
  /** Largest `Content-Length`, in bytes. Default 5,242,880 (API Definition 3.2.1). */
  readonly maxContentLength?: number;
  /** Describe errors as central-services-shared does. Default `false`. */
  readonly legacyStatus?: boolean;
  /** `"observe"`: report, refuse nothing. Default `"enforce"`. */
  readonly mode?: "enforce" | "observe";
  /** Called with each refusal, also with those that the mode `"observe"` does not send. */
  readonly onRefusal?: (event: FspiopHeadersEvent) => void;
}

/** The argument of `onRefusal`. */
export interface FspiopHeadersEvent {
  readonly resource: string;
  readonly method: string;
  readonly errorCode: ErrorCode;
  /** The reason, without personal data. */
  readonly description: string;
  /** `FSPIOP-Source` as sent. */
  readonly participant: string | undefined;
  readonly observed: boolean;
}

/** Checks one message; `undefined` where it passes. */
export type CheckFspiopHeaders = (message: Message) => HttpRefusal | undefined;

const NAMES: readonly (keyof FspiopHeadersOptions)[] = [
  "resources",
  "basePath",
  "clientIdHeader",
  "source",
  "date",
  "maxContentLength",
  "legacyStatus",
  "mode",
  "onRefusal",
];

/**
 * Makes a check of `FSPIOP-Source`, `FSPIOP-Proxy`, `Date` and `Content-Length`, in this order. OPTIONS is not checked.
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function createFspiopHeadersCheck(
  options: FspiopHeadersOptions,
  defaultResources: readonly string[],
): CheckFspiopHeaders {
  checkNames(options, NAMES);
  const observes = readChoice(options.mode, "mode", ["enforce", "observe"]) === "observe";
  const resources = readResources(options.resources ?? defaultResources);
  const find = createRouteFinder(
    new Map(resources.map((resource) => [resource, resource])),
    readBasePath(options.basePath),
  );
  const judge = createJudge(
    options,
    createHeaderRefusals(readChoice(options.legacyStatus, "legacyStatus", [false, true])),
  );
  const { onRefusal } = options;
  if (onRefusal !== undefined && typeof (onRefusal as unknown) !== "function") {
    throw invalidOption("onRefusal", onRefusal, "pass a function that takes an event");
  }

  return ({ method, url, mountPath, headers }) => {
    const route =
      method === "OPTIONS" ? undefined : (find(url) ?? (mountPath ? find(mountPath + url) : undefined));
    const refused = route && judge(headers);
    if (!refused) return undefined;
    onRefusal?.({
      resource: route.plan,
      method,
      errorCode: refused.errorCode,
      description: refused.body.errorInformation.errorDescription,
      participant: linesOf(headers, "fspiop-source")[0],
      observed: observes,
    });
    return observes ? undefined : refused;
  };
}

function createJudge(
  options: FspiopHeadersOptions,
  refusals: HeaderRefusals,
): (headers: MessageHeaders) => HttpRefusal | undefined {
  const { clientIdHeader = "x-client-id", maxContentLength = MAX_BODY_SIZE } = options;
  const needsSource = readChoice(options.source, "source", ["optional", "require"]) === "require";
  const needsDate = readChoice(options.date, "date", ["require", "optional"]) === "require";
  const client = clientIdHeader === false ? undefined : readHeaderName(clientIdHeader);
  if (!(Number.isSafeInteger(maxContentLength) && maxContentLength > 0)) {
    throw invalidOption("maxContentLength", maxContentLength, "write a number of bytes, like 5242880");
  }

  return (headers) => {
    const sources = linesOf(headers, "fspiop-source");
    const source = onlyOf(sources);
    if (sources.length === 0 ? needsSource : source === undefined || !isFspId(source)) {
      return sources.length === 0 ? refusals.sourceMissing : refusals.sourceMalformed;
    }
    const clients = client === undefined ? [] : linesOf(headers, client).filter((line) => line !== "");
    if (clients.length > 0) {
      const refused = judgeClient(onlyOf(clients), source, linesOf(headers, "fspiop-proxy"));
      if (refused) return refusals[refused];
    }
    const dates = linesOf(headers, "date");
    if (dates.length === 0) {
      if (needsDate) return refusals.dateMissing;
    } else if (!isHttpDate(onlyOf(dates))) {
      return refusals.dateMalformed;
    }
    return Number(linesOf(headers, "content-length")[0] ?? 0) > maxContentLength
      ? refusals.tooLarge
      : undefined;
  };
}

function judgeClient(
  client: string | undefined,
  source: string | undefined,
  proxies: readonly string[],
): "sourceForeign" | "proxyForeign" | undefined {
  const proxied = proxies.some((proxy) => proxy !== "");
  if (!proxied) return client === undefined || source !== client ? "sourceForeign" : undefined;
  const proxy = onlyOf(proxies);
  return client === undefined || proxy !== client || proxy === source ? "proxyForeign" : undefined;
}

// Lines that differ contradict each other; equal ones are one.
function onlyOf(lines: readonly string[]): string | undefined {
  return lines.every((line) => line === lines[0]) ? lines[0] : undefined;
}

// The form that senders must use, IMF-fixdate (RFC 9110 5.6.7), in any letter case; the day of the week must be right.
function isHttpDate(text: string | undefined): boolean {
  const time = text === undefined ? NaN : Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toUTCString().toLowerCase() === text?.toLowerCase();
}

function readResources(resources: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(resources) ? resources : [];
  const names = list.filter((name) => typeof name === "string" && /^[A-Za-z0-9_-]+$/.test(name));
  if (names.length > 0 && names.length === list.length) return names as string[]; // filtered by typeof
  throw invalidOption("resources", resources, 'list first path segments, like ["quotes"]');
}

function readHeaderName(name: unknown): string {
  if (typeof name === "string" && /^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return name.toLowerCase();
  throw invalidOption("clientIdHeader", name, 'write the name of a header, like "x-client-id", or false');
}
