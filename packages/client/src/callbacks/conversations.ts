import { createHash } from "node:crypto";
import type { FspiopError } from "../api/outcome.ts";
import type { InboundMessage } from "./callback.ts";

/** How a conversation ends: with a callback, or because the callback could not be read. */
export type ConversationEnd = InboundMessage | { readonly error: FspiopError; readonly source: string };

/** The requests whose callbacks are awaited, by the path to which those come. */
export interface Conversations {
  /** Waits for the callback at a path; the function returned stops that. */
  expect(path: string, end: (ending: ConversationEnd) => void): () => void;
  /** Removes everything that waits at a path; the function returned ends it. `undefined` where nothing waits. */
  claim(path: string): ((ending: ConversationEnd) => void) | undefined;
  /**
   * Does the work of a message once. A resend, which comes when the other side did not see our answer, gets the outcome of the first
   * (API Definition 3.2.5). A message that was not accepted, or whose work failed, may come again.
   */
  once(request: string, text: string, work: () => Promise<boolean>): Promise<boolean>;
}

// How many messages are remembered to recognise a resend.
const MAX_REMEMBERED = 10_000;

/** Makes an empty set of conversations. */
export function createConversations(): Conversations {
  const waiting = new Map<string, Set<(ending: ConversationEnd) => void>>();
  const accepted = new Map<string, { readonly message: string; readonly outcome: Promise<boolean> }>();

  return {
    expect(path, end) {
      const here = waiting.get(path) ?? new Set();
      waiting.set(path, here.add(end));
      return () => {
        here.delete(end);
        if (here.size === 0 && waiting.get(path) === here) waiting.delete(path);
      };
    },
    claim(path) {
      const here = waiting.get(path);
      waiting.delete(path);
      return (
        here &&
        ((ending) => {
          for (const end of here) end(ending);
        })
      );
    },
    async once(request, text, work) {
      const message = digest(text);
      const known = accepted.get(request);
      if (known?.message === message && (await known.outcome.catch(() => false))) return true;
      const outcome = work();
      accepted.delete(request);
      accepted.set(request, { message, outcome });
      for (const oldest of accepted.keys()) {
        if (accepted.size <= MAX_REMEMBERED) break;
        accepted.delete(oldest);
      }
      return outcome;
    },
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
