import { parseCallbackContext } from "@mojaloop-versioning/negotiate";
import type { Version } from "@mojaloop-versioning/protocol";
import { conversationPath, versionKey } from "../conversations/conversation.ts";
import type { MessageInFlight } from "./message-in-flight.ts";
import type { PipelineContext } from "./routing.ts";

/** The version in which a message is forwarded; `undefined` if its receiver does not have the resource. */
export async function chooseVersion(
  context: PipelineContext,
  message: MessageInFlight,
): Promise<Version | undefined> {
  if (message.side === "participants") return context.routing.hub.api.resources[message.resource];
  return receiverVersion(context, message, knownConversation(message));
}

/** The path of the conversation, if the request line alone tells it; that of a POST is in its body. */
export function knownConversation(message: MessageInFlight): string | undefined {
  if (message.method === "POST") return undefined;
  return conversationPath(message, { url: message.url, body: undefined });
}

/**
 * The version in which a participant gets a message from the hub: that of the conversation, else the configured one, else the one it
 * used last, else the scheme's. `undefined` if it does not have the resource at all.
 */
export async function receiverVersion(
  { routing, store }: PipelineContext,
  { participant, resource }: Pick<MessageInFlight, "participant" | "resource">,
  conversation: string | undefined,
): Promise<Version | undefined> {
  const { fspId, configured } = participant;
  const text = conversation === undefined ? undefined : await store.recall(versionKey(fspId, conversation));
  const agreed = text === undefined ? undefined : parseCallbackContext(text);
  if (agreed?.ok && agreed.context.resource === resource) return agreed.context.version;
  if (configured) return configured[resource];
  return (await store.lastVersion(fspId, resource)) ?? routing.scheme.resources[resource];
}
