import type { ErrorBody, Operation, Version } from "@mojaloop-versioning/protocol";
import type { Report } from "@mojaloop-versioning/transform";
import type { SignatureFate } from "./signature.ts";

/** What became of a message. */
export type Outcome =
  /** Handed on as it came. */
  | "passed"
  /** Handed on in another version. */
  | "converted"
  /** Acknowledged, and gone no further: the receiver's version never asks for it. */
  | "swallowed"
  /** Not handed on: the sender was told why. */
  | "refused"
  /** The far end refused it or could not be reached, and the sender was told so. */
  | "failed";

/** One message that went through the adapter, told as it is answered. Bodies are never part of it. */
export interface MessageEvent {
  readonly side: "participants" | "hub";
  /** Milliseconds since 1970 when its head had come, and how long until it was answered. */
  readonly at: number;
  readonly durationMs: number;
  /** FSPIOP-Source, where that is a participant or the hub. */
  readonly source: string | undefined;
  readonly destination: string | undefined;
  /** The participant that sent it, on the participants' side, or was to get it, on the hub's. */
  readonly participant: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation | undefined;
  readonly resource: string | undefined;
  /** Version in which it came, and in which it went on. */
  readonly from: Version | undefined;
  readonly to: Version | undefined;
  readonly outcome: Outcome;
  /** Status that the sender got. */
  readonly status: number;
  readonly error: ErrorBody["errorInformation"] | undefined;
  /** Lower-case names of the header fields that went on with another value. */
  readonly rewritten: readonly string[];
  /** What the conversion dropped, stashed, restored and invented. */
  readonly report: Report | undefined;
  readonly signature: SignatureFate;
  /** Whether an error callback went to its source, or to whoever waits for it where it is an answer. */
  readonly errorCallback: boolean;
  /** Milliseconds that parsing, converting and writing the body took. */
  readonly conversionMs: number | undefined;
  /** What was thrown inside, or by the network. */
  readonly cause: unknown;
}
