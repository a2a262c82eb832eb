import { resourceOf, textAt, type Operation } from "@mojaloop-versioning/protocol";
import type { Earlier } from "@mojaloop-versioning/transform";
import { conversationOf, keepFor } from "./conversation.ts";
import type { Leg } from "./leg.ts";
import type { Routing } from "./routing.ts";
import type { AdapterStore } from "./store.ts";

/** A message as it came, or as it goes on. */
export interface Worded {
  readonly url: string;
  readonly body: unknown;
}

/**
 * Whether a message is kept for later ones: one that a change needs, and the answer to it, whose condition ties it to a transfer (API
 * Definition 6.5.4, 6.7.3: nothing else that both of them bear can be read).
 */
export function isNeededLater({ registry: { needs } }: Routing, { operation, resource, kind }: Leg): boolean {
  return (
    needs.includes(operation) ||
    (kind === "callback" && needs.some((needed) => resourceOf(needed) === resource))
  );
}

/** Keeps a message that {@link isNeededLater}, under every id that it has on its way; not one that its schema rejects. */
export async function keepForLater(
  routing: Routing,
  store: AdapterStore,
  leg: Leg,
  body: unknown,
  wordings: readonly Worded[],
): Promise<void> {
  const { operation, resource, from, kind } = leg;
  if (body === undefined || routing.judge(operation, resource, from, body)) return;
  const threads = new Set(wordings.map((worded) => conversationOf(leg, worded)));
  const ttl = keepFor(routing, body);
  const condition = kind === "callback" ? textAt(body, ["condition"]) : undefined;
  for (const thread of threads) {
    if (thread === undefined) continue;
    if (routing.registry.needs.includes(operation))
      await store.remember(messageKey(thread, operation), JSON.stringify(body), ttl);
    if (condition !== undefined) await store.remember(conditionKey(condition), thread, ttl);
  }
}

/** The messages that a conversion needs, as far as they were kept: of its own conversation, and for a transfer of its quote's. */
export async function recallEarlier(
  store: AdapterStore,
  leg: Leg,
  body: unknown,
  needs: readonly Operation[],
): Promise<Earlier> {
  const condition = leg.kind === "request" ? textAt(body, ["condition"]) : undefined;
  const tied = condition === undefined ? undefined : await store.recall(conditionKey(condition));
  const threads = [conversationOf(leg, { url: leg.url, body }), tied];
  const earlier: Partial<Record<Operation, unknown>> = {};
  for (const operation of needs) {
    for (const thread of threads) {
      const text = thread === undefined ? undefined : await store.recall(messageKey(thread, operation));
      if (text === undefined) continue;
      earlier[operation] = JSON.parse(text);
      break;
    }
  }
  return earlier;
}

// A conversation's version is kept under an FSP id, a space and a path; no FSP id begins like these.
function messageKey(thread: string, operation: Operation): string {
  return `message=${operation} ${thread}`;
}

function conditionKey(condition: string): string {
  return `condition=${condition}`;
}
