import { createHash } from "node:crypto";
import { errorBody } from "@mojaloop-versioning/protocol";

/** The requests with an id that were served, to answer a resend as the first (API Definition 3.2.5.1). */
export interface Resends {
  /** The work for a request: that of the first with this id; an error with 3106 where the body is another one. */
  once(id: string, text: string, work: () => Promise<unknown>): () => Promise<unknown>;
}

// How many requests are remembered; the oldest is dropped first.
const MAX_REMEMBERED = 10_000;

/** Makes an empty memory of requests. */
export function createResends(): Resends {
  const known = new Map<string, { readonly digest: string; answer?: Promise<unknown> }>();
  return {
    once(id, text, work) {
      const digest = createHash("sha256").update(text).digest("base64");
      const first = known.get(id) ?? { digest };
      known.set(id, first);
      if (known.size > MAX_REMEMBERED) known.delete(known.keys().next().value ?? id);
      if (first.digest !== digest) return () => Promise.resolve(errorBody("3106"));
      return () => (first.answer ??= remembered(id, work()));
    },
  };

  // A request whose work failed may come again.
  function remembered(id: string, answer: Promise<unknown>): Promise<unknown> {
    answer.catch(() => known.delete(id));
    return answer;
  }
}
