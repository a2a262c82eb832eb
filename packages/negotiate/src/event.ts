import type { Version } from "@mojaloop-versioning/protocol";

/** How a negotiation went. */
export type NegotiationOutcome =
  | "agreed"
  /** A mandatory header is absent (error 3102). */
  | "missing"
  /** A header is malformed (error 3101). */
  | "malformed"
  /** No version asked for can be spoken (error 3001). */
  | "unacceptable"
  /** The body's version cannot be read (error 3001). */
  | "unsupported"
  /** A path that only a lenient router would lead to this resource (error 3002). */
  | "disguised";

/** What `onNegotiation` is told. */
export interface NegotiationEvent {
  readonly resource: string;
  readonly method: string;
  /** The Accept header as sent, all lines. */
  readonly asked: string | undefined;
  /** The version agreed on: of the callback, or on PUT and PATCH of the body. */
  readonly agreed: Version | undefined;
  /** The version of the body, where it was understood. */
  readonly content: Version | undefined;
  /** `FSPIOP-Source` as sent; unchecked, so never use it as an unbounded metric label. */
  readonly participant: string | undefined;
  readonly outcome: NegotiationOutcome;
}
