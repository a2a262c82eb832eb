import type { Dialect, ErrorCode, Version } from "@mojaloop-versioning/protocol";

/** The result of a negotiation, for metrics. */
export type NegotiationOutcome =
  | "agreed"
  /** A mandatory header is absent (error 3102). */
  | "missing"
  /** A header is malformed (error 3101). */
  | "malformed"
  /** No version in Accept is offered (error 3001). */
  | "unacceptable"
  /** The version of the body cannot be read (error 3001). */
  | "unsupported"
  /** Only a router more lenient than this one would find the resource (error 3002). */
  | "disguised";

/** The argument of `onNegotiation`. */
export interface NegotiationEvent {
  readonly resource: string;
  readonly dialect: Dialect;
  readonly method: string;
  /** The request target as sent. It may contain personal data, such as an MSISDN, so do not log it as it is. */
  readonly url: string;
  /** The Accept header as sent, all lines. */
  readonly asked: string | undefined;
  /** The agreed version: of the callback, or on PUT and PATCH of the body. */
  readonly agreed: Version | undefined;
  /** The version of the body, where it could be read. */
  readonly content: Version | undefined;
  /** `FSPIOP-Source` as sent. Do not use it as a metric label unless it is in a list of participants. */
  readonly participant: string | undefined;
  /** `FSPIOP-Destination` as sent. */
  readonly destination: string | undefined;
  /** `traceparent` (W3C Trace Context) as sent. */
  readonly traceparent: string | undefined;
  /** `X-Request-ID` or `X-Correlation-ID` as sent. */
  readonly requestId: string | undefined;
  readonly outcome: NegotiationOutcome;
  /** The FSPIOP error code of a refusal. */
  readonly errorCode: ErrorCode | undefined;
  /** Whether the outcome was only reported: the mode is `"observe"`. */
  readonly observed: boolean;
}
