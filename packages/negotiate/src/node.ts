import type { IncomingMessage, ServerResponse } from "node:http";
import type { Version } from "@mojaloop-versioning/protocol";
import { createHandlerChoice, type VersionKey, type VersionOfKey } from "./adapters/handlers-by-version.ts";
import { keepContentType, refuse, stamp } from "./adapters/stamp.ts";
import { headersOf, negotiatorOf, type VersioningOptions } from "./adapters/versioning-options.ts";
import { createFspiopHeadersCheck, type FspiopHeadersOptions } from "./core/fspiop-headers.ts";
import type { Negotiated, Negotiation, Unmanaged } from "./core/negotiation.ts";
import type { Offer } from "./options/offer.ts";
import { DEFAULT_RESOURCES } from "./options/protocol-versions.ts";
import { createPathVersioner, type PathVersioningOptions } from "./paths/path-version.ts";

/**
 * Makes a function that negotiates and stamps the response. It returns `undefined` where it has answered with a refusal.
 *
 * ```ts
 * const negotiate = versioning({ offer: { transfers: ["1.0", "1.1"] } });
 * createServer({ maxHeaderSize: 65536 }, (req, res) => {
 *   const outcome = negotiate(req, res);
 *   if (outcome?.managed) res.writeHead(202).end();
 * });
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function versioning<const O extends Offer, const C extends Offer = O>(
  options: VersioningOptions<O, C>,
): (req: IncomingMessage, res: ServerResponse) => Negotiated<O, C> | Unmanaged | undefined {
  const negotiator = negotiatorOf(options);
  return (req, res) => {
    const { method = "GET", url = "/" } = req;
    const outcome: Negotiation = negotiator.negotiate({ method, url, headers: headersOf(req) });
    if (!outcome.ok) {
      refuse(res, outcome);
      return undefined;
    }
    stampOutcome(res, outcome);
    return outcome as Negotiated<O, C> | Unmanaged; // not a refusal, as checked above
  };
}

/** Puts the header fields of an outcome on a response and keeps its Content-Type until it leaves. */
export function stampOutcome(res: ServerResponse, { headers }: Negotiated | Unmanaged): void {
  if (!headers) return;
  stamp(res, headers);
  const type = headers["content-type"];
  if (type !== undefined) keepContentType(res, type);
}

/**
 * Makes a check of `FSPIOP-Source`, `FSPIOP-Proxy`, `Date` and `Content-Length`. It returns `false` where it has answered with a
 * refusal.
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function fspiopHeaders(
  options: FspiopHeadersOptions = {},
): (req: IncomingMessage, res: ServerResponse) => boolean {
  const check = createFspiopHeadersCheck(options, DEFAULT_RESOURCES);
  return (req, res) => {
    const { method = "GET", url = "/" } = req;
    const refused = check({ method, url, headers: headersOf(req) });
    if (refused) refuse(res, refused);
    return !refused;
  };
}

/**
 * Makes one handler from several, chosen by the version of the body.
 *
 * ```ts
 * const handle = byVersion({ "1.0": (fspiop, req, res) => …, "1.1+": (fspiop, req, res) => … });
 * if (outcome?.managed) handle(outcome, req, res);
 * ```
 * @throws VersioningError `invalid-option` for wrong keys, and at a request for a version without a handler
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- K gives each handler the type of its key
export function byVersion<const K extends VersionKey, A extends readonly unknown[], R>(handlers: {
  readonly [P in K]: (fspiop: Negotiated & { readonly content: VersionOfKey<P> }, ...rest: A) => R;
}): (fspiop: Negotiated, ...rest: A) => R {
  const choose = createHandlerChoice<(fspiop: never, ...rest: A) => R>(handlers);
  // The chosen handler is the one for this version.
  return (fspiop, ...rest) => choose(fspiop.content)(fspiop as never, ...rest);
}

/**
 * Makes a function that reads the API version from the path, for APIs that do not negotiate. It returns `undefined` where it has
 * answered with a refusal.
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function pathVersioning<const V extends Version>(
  options: PathVersioningOptions<V>,
): (req: IncomingMessage, res: ServerResponse) => { readonly apiVersion?: V } | undefined {
  const versionOf = createPathVersioner(options);
  return ({ url = "/" }, res) => {
    const outcome = versionOf(url);
    if (outcome.ok) return outcome;
    refuse(res, outcome);
    return undefined;
  };
}
