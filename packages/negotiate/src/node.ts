import type { IncomingMessage, ServerResponse } from "node:http";
import type { Version } from "@mojaloop-versioning/protocol";
import { negotiatorOf, stamp, type VersioningOptions } from "./adapter.ts";
import type { Negotiated, Refusal, Unmanaged } from "./negotiation.ts";
import type { Offer } from "./offer.ts";
import { createPathVersioner, type PathVersioningOptions } from "./path-version.ts";

/**
 * Makes a function that negotiates and stamps the response; `undefined` means that it has answered already.
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
    const { method = "GET", url = "/", rawHeaders } = req;
    const outcome = negotiator.negotiate({ method, url, headers: rawHeaders });
    if (!outcome.ok) {
      refuse(res, outcome);
      return undefined;
    }
    if (outcome.managed) stamp(res, outcome.headers);
    return outcome;
  };
}

/**
 * Makes a function that reads the API version off the path, for APIs that do not negotiate; `undefined` means that it has answered
 * already.
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

/** Sends a refusal on a plain Node response. */
export function refuse(res: ServerResponse, { status, headers, body }: Refusal): void {
  const text = JSON.stringify(body);
  stamp(res, headers);
  res.statusCode = status;
  res.setHeader("content-length", Buffer.byteLength(text));
  res.end(text);
}
