import { resourceOf, textAt, type Operation } from "@mojaloop-versioning/protocol";
import type { Earlier } from "@mojaloop-versioning/transform";
import { conversationPath, type ConversationMessage, type MessageForm } from "./conversation.ts";
import type { AdapterStore } from "./store.ts";

/**
 * Whether later conversions may need a message: one that a change needs, and the answer to it, whose condition connects it to a transfer
 * (API Definition 6.5.4, 6.7.3: the only readable value that a quote and its transfer share).
 */
export function isNeededLater(needs: readonly Operation[], message: ConversationMessage): boolean {
  const { operation, resource, kind } = message;
  return (
    needs.includes(operation) ||
    (kind === "callback" && needs.some((needed) => resourceOf(needed) === resource))
  );
}

/** Keeps a message that {@link isNeededLater} for `ttlMs`, under each id that its forms have. */
export async function keepMessage(
  store: AdapterStore,
  needs: readonly Operation[],
  message: ConversationMessage,
  forms: readonly [arrived: MessageForm, forwarded: MessageForm],
  ttlMs: number,
): Promise<void> {
  const { operation, kind } = message;
  const [{ body }] = forms;
  const conversations = new Set(forms.map((form) => conversationPath(message, form)));
  const condition = kind === "callback" ? textAt(body, ["condition"]) : undefined;
  for (const conversation of conversations) {
    if (conversation === undefined) continue;
    if (needs.includes(operation))
      await store.remember(messageKey(conversation, operation), JSON.stringify(body), ttlMs);
    if (condition !== undefined) await store.remember(conditionKey(condition), conversation, ttlMs);
  }
}

/** The kept messages that a conversion needs: of its own conversation, and for a transfer of its quote's. */
export async function recallMessages(
  store: AdapterStore,
  needs: readonly Operation[],
  message: ConversationMessage,
  { url, body }: MessageForm,
): Promise<Earlier> {
  const condition = message.kind === "request" ? textAt(body, ["condition"]) : undefined;
  const ofQuote = condition === undefined ? undefined : await store.recall(conditionKey(condition));
  const conversations = [conversationPath(message, { url, body }), ofQuote];
  const earlier: Partial<Record<Operation, unknown>> = {};
  for (const operation of needs) {
    for (const conversation of conversations) {
      const text =
        conversation === undefined ? undefined : await store.recall(messageKey(conversation, operation));
      if (text === undefined) continue;
      earlier[operation] = JSON.parse(text);
      break;
    }
  }
  return earlier;
}

// The version of a conversation is kept under an FSP id, a blank and a path; no FSP id begins like these.
function messageKey(conversation: string, operation: Operation): string {
  return `message=${operation} ${conversation}`;
}

function conditionKey(condition: string): string {
  return `condition=${condition}`;
}
