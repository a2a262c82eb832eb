import type { IncomingMessage } from "node:http";
import { StoreFailure } from "../conversations/store-failure.ts";
import { errorAnswer } from "../server/error-answer.ts";
import { chooseVersion } from "./choose-version.ts";
import { convertMessage } from "./convert-message.ts";
import { deliverMessage } from "./deliver-message.ts";
import type { MessageSide } from "./message-in-flight.ts";
import { readMessage } from "./read-message.ts";
import { receiveMessage } from "./receive-message.ts";
import { refuseUnreadMessage } from "./refuse-message.ts";
import { rememberConversation } from "./remember-conversation.ts";
import type { PipelineContext } from "./routing.ts";
import { signMessage } from "./sign-message.ts";
import type { End, MessageFacts } from "./stage.ts";

/** A message that is ready to be answered. */
export interface ProcessedMessage {
  readonly facts: MessageFacts;
  readonly end: End;
}

/** Takes one message through all stages. Whatever goes wrong in a stage ends in an answer to the sender. */
export async function processMessage(
  context: PipelineContext,
  side: MessageSide,
  request: IncomingMessage,
): Promise<ProcessedMessage> {
  let facts: MessageFacts = {};
  try {
    const read = readMessage(context.routing, side, request);
    if (!read.ok) return { facts, end: await refuseUnreadMessage(context, read) };
    const { message } = read;
    facts = { message };

    const to = await chooseVersion(context, message);
    facts = { message, to };

    const received = await receiveMessage(context, message, to, request);
    if (!received.ok) return { facts, end: received.end };

    const converted = await convertMessage(context, message, received);
    facts = { ...facts, ...converted.facts };
    if (!converted.ok) return { facts, end: converted.end };

    const signed = await signMessage(context, message, converted, request);
    facts = { ...facts, ...signed.facts };
    if (!signed.ok) return { facts, end: signed.end };

    await rememberConversation(context, message, converted);

    return { facts, end: await deliverMessage(context, message, converted, signed) };
  } catch (cause) {
    return { facts, end: failed(cause) };
  }
}

function failed(cause: unknown): End {
  const end = { outcome: "failed", cause } as const;
  if (!(cause instanceof StoreFailure)) {
    const error = errorAnswer("2001", "Internal error of the adapter");
    return { ...end, answer: { ok: false, error } };
  }
  const { store } = cause;
  const error = errorAnswer("2001", `The store of the adapter (${store}) cannot be reached; retry later`);
  const headers = { "retry-after": "1" };
  return { ...end, answer: { ok: false, error: { ...error, headers } }, failedStore: store };
}
