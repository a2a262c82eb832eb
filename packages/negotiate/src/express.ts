import type { RequestHandler } from "express";
import { negotiatorOf, stamp, type VersioningOptions } from "./adapter.ts";
import type { RegisteredApiVersion, RegisteredNegotiated } from "./negotiation.ts";
import { refuse } from "./node.ts";
import type { Offer } from "./offer.ts";
import { createPathVersioner, type PathVersioningOptions } from "./path-version.ts";

declare global {
  namespace Express {
    interface Request {
      /** What was negotiated for this request; only requests to resources of the offer have it. */
      fspiop: RegisteredNegotiated;
      /** The version that {@link pathVersioning} read off the path. */
      apiVersion: RegisteredApiVersion;
    }
  }
}

/**
 * Makes an Express middleware, for 4 and 5: `req.fspiop` is set, the response stamped, or the refusal sent.
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
    // `req.url` is what the router goes by: below a mounted path it is the rest.
    const { method, url, rawHeaders } = req;
    const outcome = negotiator.negotiate({ method, url, headers: rawHeaders });
    if (!outcome.ok) {
      refuse(res, outcome);
      return;
    }
    if (outcome.managed) {
      req.fspiop = outcome;
      stamp(res, outcome.headers);
    }
    next();
  };
}

/**
 * Makes an Express middleware for APIs that do not negotiate: `req.apiVersion` is the version that the path says.
 *
 * ```ts
 * app.use(pathVersioning({ prefixes: { "/v1": "1.1", "/v2": "2.0" } }));
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function pathVersioning(options: PathVersioningOptions): RequestHandler {
  const versionOf = createPathVersioner(options);
  return (req, res, next) => {
    const outcome = versionOf(req.url);
    if (!outcome.ok) {
      refuse(res, outcome);
      return;
    }
    if (outcome.apiVersion !== undefined) req.apiVersion = outcome.apiVersion;
    next();
  };
}
