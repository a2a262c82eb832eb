import type { ErrorBody, Operation, Version } from "@mojaloop-versioning/protocol";
import type { Report } from "@mojaloop-versioning/transform";
import type { SignatureOutcome } from "../signatures/signature-policy.ts";

/** The outcome of a message. */
export type Outcome =
  /** Forwarded unchanged. */
  | "passed"
  /** Forwarded in another version. */
  | "converted"
  /** Acknowledged and not forwarded: the receiver's version has no such message. */
  | "swallowed"
  /** Not forwarded; the sender got the reason. */
  | "refused"
  /** The far end refused it or could not be reached; the sender got an error. */
  | "failed";

/** One message that went through the adapter, reported when it is answered. Bodies are never part of it. */
export interface MessageEvent {
  readonly side: "participants" | "hub";
  /** Milliseconds since 1970 when its headers had arrived, and how long until it was answered. */
  readonly at: number;
  readonly durationMs: number;
  /** FSPIOP-Source, if that is a participant or the hub. */
  readonly source: string | undefined;
  readonly destination: string | undefined;
  /** The participant that sent it, on the participants' side, or its receiver, on the hub's. */
  readonly participant: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation | undefined;
  readonly resource: string | undefined;
  /** Version in which it arrived, and in which it was forwarded. */
  readonly from: Version | undefined;
  readonly to: Version | undefined;
  readonly outcome: Outcome;
  /** Status that the sender got. */
  readonly status: number;
  readonly error: ErrorBody["errorInformation"] | undefined;
  /** Lower-case names of the header fields that were forwarded with another value. */
  readonly rewritten: readonly string[];
  /** What the conversion dropped, stashed, restored and invented. */
  readonly report: Report | undefined;
  readonly signature: SignatureOutcome;
  /** Whether an error callback was delivered: to the source of a request, or to the receiver of an answer. */
  readonly errorCallback: boolean;
  /** Milliseconds that parsing, converting and writing the body took. */
  readonly conversionMs: number | undefined;
  /** Milliseconds until the receiver answered; `undefined` if nothing was sent. */
  readonly farEndMs: number | undefined;
  /** The name of the store that could not be used. */
  readonly failedStore: string | undefined;
  /** The error thrown by the adapter or the network. */
  readonly cause: unknown;
}
