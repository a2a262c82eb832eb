import type { Version } from "@mojaloop-versioning/protocol";
import { errorAnswer, withVersions, type ErrorAnswer } from "../server/error-answer.ts";
import { chooseVersion } from "./choose-version.ts";
import { sendErrorCallback, sendErrorInsteadOfAnswer, type CallbackDelivery } from "./error-callback.ts";
import type { MessageInFlight } from "./message-in-flight.ts";
import type { UnreadMessage } from "./read-message.ts";
import type { PipelineContext, Routing } from "./routing.ts";
import { refused, type End } from "./stage.ts";

/** Why a message is refused. */
export interface Reason {
  readonly error: ErrorAnswer;
  /** The body of the message, if it could be parsed. */
  readonly body: unknown;
  /** The versions that its destination supports. */
  readonly versions?: readonly Version[];
}

/** Refuses a message whose headers were wrong. If it is an answer, its receiver gets an error callback instead. */
export async function refuseUnreadMessage(
  context: PipelineContext,
  { error, callback }: UnreadMessage,
): Promise<End> {
  const to = callback && (await chooseVersion(context, callback));
  if (!callback || to === undefined) return refused(error);
  const sent = await sendErrorInsteadOfAnswer(context, callback, to, { error: error.body, body: undefined });
  return refused(error, sent === "delivered");
}

/** Refuses a message. If it is an answer, its receiver gets an error callback instead. */
export async function refuseMessage(
  context: PipelineContext,
  message: MessageInFlight,
  to: Version | undefined,
  { error, body }: Reason,
): Promise<End> {
  if (to === undefined) return refused(error);
  const sent = await sendErrorInsteadOfAnswer(context, message, to, { error: error.body, body });
  return refusedAfterCallback(message, error, sent);
}

/**
 * Refuses a message that its receiver cannot take. A request of the hub's side also ends in an error callback to its source, with the
 * versions that the destination supports (API Definition 3.3.4.3, Note).
 */
export async function refuseDelivery(
  context: PipelineContext,
  message: MessageInFlight,
  to: Version | undefined,
  { error, body, versions = [] }: Reason,
): Promise<End> {
  if (message.side === "participants") return refuseMessage(context, message, to, { error, body });
  const listed: ErrorAnswer = { ...error, body: withVersions(error.body, versions) };
  if (message.kind !== "request") return refuseMessage(context, message, to, { error: listed, body });
  const sent = await sendErrorCallback(context, message, { error: listed.body, body });
  return refusedAfterCallback(message, listed, sent);
}

/** The error for a body larger than the limit. */
export function bodyTooLarge({ limits }: Routing): ErrorAnswer {
  return errorAnswer("3104", `The body is larger than ${limits.bodyBytes} bytes`);
}

// A hub gets 1001 if the receiver of the error callback is unreachable: it then sends the message again, and the error with it.
function refusedAfterCallback({ side }: MessageInFlight, error: ErrorAnswer, sent: CallbackDelivery): End {
  const delivered = sent === "delivered";
  if (side === "participants" || sent !== "unreachable") return refused(error, delivered);
  const { errorDescription } = error.body.errorInformation;
  const retry = errorAnswer("1001", `The error callback could not be delivered: ${errorDescription}`);
  return refused(retry, delivered);
}
