import { createNegotiator, type AnyNegotiator, type Negotiator } from "../core/negotiator.ts";
import type { MessageHeaders } from "../core/message.ts";
import type { Negotiation } from "../core/negotiation.ts";
import { VersioningError } from "@mojaloop-versioning/protocol";
import type { Offer } from "../options/offer.ts";
import type { NegotiatorOptions } from "../options/options.ts";

/** The options of every adapter: those of a negotiator, or a negotiator, whose `update` can then be called at any time. */
export type VersioningOptions<O extends Offer = Offer, C extends Offer = O> =
  NegotiatorOptions<O, C> | Negotiator<O, C> | AnyNegotiator<Negotiation<O, C>>;

/** The negotiator itself, or a new one, for a server that serves it below `prefix`. */
export function negotiatorOf<O extends Offer, C extends Offer>(
  options: VersioningOptions<O, C>,
  prefix = "",
): AnyNegotiator<Negotiation<O, C>> {
  const negotiator = "negotiate" in options ? options : createNegotiator(options);
  return prefix === "" || prefix === "/" ? negotiator : negotiator.mountedAt(prefix);
}

/** A request as servers and their test tools make it: hapi's `inject`, `serverless-http` and `node-mocks-http` have no raw list. */
export interface HeaderSource {
  readonly headers: MessageHeaders;
  readonly rawHeaders?: readonly string[] | undefined;
}

/** The headers to negotiate by: the raw list where there is one, since it shows repeated lines. */
export function headersOf({ headers, rawHeaders }: HeaderSource): MessageHeaders {
  return rawHeaders !== undefined && rawHeaders.length > 0 ? rawHeaders : headers;
}

/** The error of a handler that reads the agreement of a message without one. */
export function notNegotiated(): VersioningError {
  return new VersioningError(
    "not-negotiated",
    "this request has no agreement; register versioning before this handler, with the resource in its offer",
  );
}
