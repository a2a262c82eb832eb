import { createHash } from "node:crypto";
import type { Arrival } from "./callback.ts";
import type { FspiopError } from "./outcome.ts";

/** How a conversation ends: with a callback, or because the callback could not be read. */
export type Ending = Arrival | { readonly error: FspiopError; readonly source: string };

/** The requests whose callbacks are awaited, by the path to which those come. */
export interface Conversations {
  /** Waits for the callback at a path; the function returned stops that. */
  expect(path: string, end: (ending: Ending) => void): () => void;
  /** Takes all that wait at a path out of it; what is returned ends them. `undefined` where nobody waits. */
  claim(path: string): ((ending: Ending) => void) | undefined;
  /**
   * Does what a message asks for, once: a resend, which comes because the other side did not see our answer, gets the outcome of the
   * first (API Definition 3.2.5). What was not taken, or failed, may come again.
   */
  take(request: string, text: string, work: () => Promise<boolean>): Promise<boolean>;
}

/** How many messages are kept in mind to know a resend. */
const REMEMBERED = 10_000;

/** Makes an empty set of conversations. */
export function createConversations(): Conversations {
  const waiting = new Map<string, Set<(ending: Ending) => void>>();
  const taken = new Map<string, { readonly message: string; readonly outcome: Promise<boolean> }>();

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
    async take(request, text, work) {
      const message = digest(text);
      const known = taken.get(request);
      if (known?.message === message && (await known.outcome.catch(() => false))) return true;
      const outcome = work();
      taken.delete(request);
      taken.set(request, { message, outcome });
      for (const oldest of taken.keys()) {
        if (taken.size <= REMEMBERED) break;
        taken.delete(oldest);
      }
      return outcome;
    },
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
