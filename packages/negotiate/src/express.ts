import type { NextFunction, Request, RequestHandler, Response } from "express";
import { createHandlerChoice, type VersionKey, type VersionOfKey } from "./adapters/handlers-by-version.ts";
import { refuse } from "./adapters/stamp.ts";
import {
  headersOf,
  negotiatorOf,
  notNegotiated,
  type VersioningOptions,
} from "./adapters/versioning-options.ts";
import { createFspiopHeadersCheck, type FspiopHeadersOptions } from "./core/fspiop-headers.ts";
import type {
  Negotiation,
  RegisteredApiVersion,
  RegisteredNegotiated,
  RegisteredRequest,
} from "./core/negotiation.ts";
import { stampOutcome } from "./node.ts";
import type { Offer } from "./options/offer.ts";
import { DEFAULT_RESOURCES } from "./options/protocol-versions.ts";
import { createPathVersioner, type PathVersioningOptions } from "./paths/path-version.ts";

declare global {
  namespace Express {
    interface Request {
      /** The agreement about this request; absent for paths of no resource in the offer. */
      fspiop?: RegisteredNegotiated;
      /** The version that {@link pathVersioning} read from the path. */
      apiVersion?: RegisteredApiVersion;
    }
  }
}

/**
 * Makes an Express middleware, for 4 and 5: it sets `req.fspiop` and stamps the response, or sends the refusal. Mounted at a path,
 * it takes that path for granted; `basePath` may name it too.
 *
 * ```ts
 * app.use(versioning({ offer: { transfers: ["1.0", "1.1", "2.0"] } }));
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function versioning<const O extends Offer, const C extends Offer = O>(
  options: VersioningOptions<O, C>,
): RequestHandler {
  const negotiator = negotiatorOf(options);
  return (req, res, next) => {
    // `req.url` is what the router uses: below a mounted path, the rest.
    const { method, url, baseUrl: mountPath } = req;
    const outcome: Negotiation = negotiator.negotiate({ method, url, mountPath, headers: headersOf(req) });
    if (!outcome.ok) {
      refuse(res, outcome);
      return;
    }
    if (outcome.managed) req.fspiop = outcome; // Register has the type of this offer
    stampOutcome(res, outcome);
    next();
  };
}

/**
 * The agreement about a request (GET, POST, DELETE), with its `accept`.
 * @throws VersioningError `not-negotiated` where there is none
 */
export function requestAgreement({ fspiop }: Request): RegisteredRequest {
  if (fspiop?.kind === "request") return fspiop;
  throw notNegotiated();
}

/**
 * Makes one handler from several, chosen by the version of the body: `byVersion({ "1.0": a, "1.1+": b })`.
 * @throws VersioningError `invalid-option` for wrong keys
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- K gives each handler the type of its key
export function byVersion<const K extends VersionKey>(handlers: {
  readonly [P in K]: (req: RequestOf<P>, res: Response, next: NextFunction) => unknown;
}): RequestHandler {
  const choose = createHandlerChoice<(req: never, res: Response, next: NextFunction) => unknown>(handlers);
  return (req, res, next) => {
    if (!req.fspiop) throw notNegotiated();
    // The chosen handler is the one for this version.
    return choose(req.fspiop.content)(req as never, res, next);
  };
}

/** A request whose body has the version of a key of {@link byVersion}. */
export type RequestOf<K extends VersionKey> = Request & {
  readonly fspiop: RegisteredNegotiated & { readonly content: VersionOfKey<K> };
};

/**
 * Makes an Express middleware that checks `FSPIOP-Source`, `FSPIOP-Proxy`, `Date` and `Content-Length`, with the defaults of
 * central-services-shared.
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function fspiopHeaders(options: FspiopHeadersOptions = {}): RequestHandler {
  const check = createFspiopHeadersCheck(options, DEFAULT_RESOURCES);
  return (req, res, next) => {
    const { method, url, baseUrl: mountPath } = req;
    const refused = check({ method, url, mountPath, headers: headersOf(req) });
    if (refused) refuse(res, refused);
    else next();
  };
}

/**
 * Makes an Express middleware for APIs that do not negotiate: it sets `req.apiVersion` from the path.
 *
 * ```ts
 * app.use(pathVersioning({ prefixes: { "/v1": "1.1", "/v2": "2.0" } }));
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function pathVersioning(options: PathVersioningOptions): RequestHandler {
  const versionOf = createPathVersioner(options);
  return (req, res, next) => {
    const outcome = versionOf(req.url, req.baseUrl);
    if (!outcome.ok) {
      refuse(res, outcome);
      return;
    }
    if (outcome.apiVersion !== undefined) req.apiVersion = outcome.apiVersion;
    next();
  };
}
