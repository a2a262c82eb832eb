import type { IncomingMessage } from "node:http";
import { HEADER, type Version } from "@mojaloop-versioning/protocol";
import { parseBody, type RestoreNumbers } from "../bodies/parse-body.ts";
import { isNeededLater } from "../conversations/earlier-messages.ts";
import { errorAnswer } from "../server/error-answer.ts";
import { receiveBody, type ReceivedBody } from "../server/request-body.ts";
import { knownConversation } from "./choose-version.ts";
import { answerVersion, type MessageInFlight } from "./message-in-flight.ts";
import { bodyTooLarge, refuseDelivery, refuseMessage } from "./refuse-message.ts";
import type { PipelineContext, Routing } from "./routing.ts";
import { refused, type StageResult } from "./stage.ts";

/** A message with its body, as far as the following stages need it. */
export interface ReceivedMessage {
  /** The version in which it is forwarded. */
  readonly to: Version;
  readonly content: ReceivedBody;
  /** `undefined` for an empty body and for one that no stage needs. */
  readonly body: unknown;
  /** Puts numbers that a double cannot represent back into JSON text made from `body`. */
  readonly restore: RestoreNumbers;
}

/** Receives the body of a message: whole and parsed if a stage needs that, else as a stream. */
export async function receiveMessage(
  context: PipelineContext,
  message: MessageInFlight,
  to: Version | undefined,
  request: IncomingMessage,
): Promise<StageResult<ReceivedMessage>> {
  const { routing } = context;
  const signed = request.headers[HEADER.signature] !== undefined;
  const mustParse =
    routing.validation === "strict" ||
    to !== message.from ||
    (signed && message.accept !== undefined && message.accept !== to) ||
    (versionIsRemembered(message) && knownConversation(message) === undefined);
  const whole = mustParse || isKept(routing, message);

  const content = await receiveBody(request, routing.limits.bodyBytes, whole);
  if (!content.ok) {
    // The sender of an incomplete body retries.
    if (content.reason === "incomplete")
      return { ok: false, end: refused(errorAnswer("3101", "The body ended early")) };
    return {
      ok: false,
      end: await refuseMessage(context, message, to, { error: bodyTooLarge(routing), body: undefined }),
    };
  }
  const parsed = whole ? parseBody(content.bytes()) : undefined;
  if (mustParse && parsed?.ok === false) {
    const { error, body } = parsed;
    const refuse = body === undefined ? refuseMessage : refuseDelivery;
    return { ok: false, end: await refuse(context, message, to, { error, body }) };
  }
  const body = parsed?.ok ? parsed.body : undefined;
  const restore = parsed?.ok ? parsed.restore : (text: string): string => text;

  if (to !== undefined) return { ok: true, to, content, body, restore };
  const error = errorAnswer(
    "3002",
    `${message.participant.fspId} supports no version that has ${message.resource}`,
  );
  const read = body ?? (await parseLate(content));
  return { ok: false, end: await refuseDelivery(context, message, to, { error, body: read }) };
}

/** Whether the version of this message's conversation must be kept, since the configuration does not give it. */
export function versionIsRemembered(message: MessageInFlight): boolean {
  const { side, participant, resource } = message;
  return side === "participants" && participant.configured?.[resource] !== answerVersion(message);
}

/** Whether the message itself is kept for later conversions. */
export function isKept({ conversion }: Routing, message: MessageInFlight): boolean {
  return isNeededLater(conversion.registry.needs, message);
}

/** The body of a message that was streamed, parsed only to find the path of its error callback. */
export async function parseLate(content: ReceivedBody): Promise<unknown> {
  const parsed = parseBody(await content.whole());
  return parsed.ok ? parsed.body : undefined;
}
