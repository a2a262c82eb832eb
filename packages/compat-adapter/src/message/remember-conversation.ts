import { createCallbackContext, formatCallbackContext } from "@mojaloop-versioning/negotiate";
import { conversationPath, retentionMs, versionKey } from "../conversations/conversation.ts";
import { keepMessage } from "../conversations/earlier-messages.ts";
import type { ConvertedMessage } from "./convert-message.ts";
import type { MessageInFlight } from "./message-in-flight.ts";
import { isKept, versionIsRemembered } from "./receive-message.ts";
import type { PipelineContext } from "./routing.ts";

/** Keeps what later messages of the conversation need: the sender's version, and the message itself if a change asks for it. */
export async function rememberConversation(
  { routing, store }: PipelineContext,
  message: MessageInFlight,
  { body, converted }: ConvertedMessage,
): Promise<void> {
  const { operation, resource, dialect, from, accept, source, url } = message;
  const arrived = { url, body };
  const forwarded = converted ?? arrived;
  const ttlMs = retentionMs(body, routing.limits.rememberMs);

  const valid = (): boolean => routing.validate(operation, resource, from, body) === undefined;
  if (isKept(routing, message) && body !== undefined && valid()) {
    const { needs } = routing.conversion.registry;
    await keepMessage(store, needs, message, [arrived, forwarded], ttlMs);
  }
  if (message.side === "hub") return;

  await store.recordUse({
    participant: source,
    resource,
    content: from,
    accept: accept ?? null,
    at: Date.now(),
  });
  if (!versionIsRemembered(message)) return;
  const conversation = conversationPath(message, forwarded);
  if (conversation === undefined) return;
  const context = createCallbackContext({ resource, dialect, accept, content: from, source });
  await store.remember(
    versionKey(message.participant.fspId, conversation),
    formatCallbackContext(context),
    ttlMs,
  );
}
