import type { Version } from "@mojaloop-versioning/protocol";
import type { Report } from "@mojaloop-versioning/transform";
import type { ErrorAnswer } from "../server/error-answer.ts";
import type { SignatureOutcome } from "../signatures/signature-policy.ts";
import type { Outcome } from "./message-event.ts";
import type { MessageInFlight } from "./message-in-flight.ts";

/** What the sender is answered. */
export type Answer =
  | { readonly ok: true; readonly status: number; readonly body?: Buffer }
  | { readonly ok: false; readonly error: ErrorAnswer };

/** How a message ended. */
export interface End {
  readonly outcome: Outcome;
  readonly answer: Answer;
  /** Whether an error callback was delivered. */
  readonly errorCallback?: boolean;
  /** Milliseconds until the receiver answered; absent if nothing was sent. */
  readonly farEndMs?: number;
  /** The name of the store that could not be used. */
  readonly failedStore?: string;
  /** The error thrown by the adapter or the network. */
  readonly cause?: unknown;
}

/** The result of a stage: what the next stage needs, or the end of the message. */
export type StageResult<T> = (T & { readonly ok: true }) | { readonly ok: false; readonly end: End };

/** What the stages found out about a message, for its event. */
export interface MessageFacts {
  readonly message?: MessageInFlight;
  readonly to?: Version | undefined;
  readonly conversionMs?: number;
  readonly report?: Report | undefined;
  readonly rewritten?: readonly string[];
  readonly signature?: SignatureOutcome;
}

/** The end of a message that is refused. */
export function refused(error: ErrorAnswer, errorCallback = false): End {
  return { outcome: "refused", answer: { ok: false, error }, errorCallback };
}
