import type { Clock } from "../options.ts";
import type { FetchRequest } from "./http-fetch.ts";

/** How messages that did not get through are sent again. */
export interface RetryPolicy {
  /** How often one message is sent again at most. */
  readonly times: number;
  /**
   * Milliseconds to wait before a resend, which are counted from 1. Default: 200, 400, 800 and so on, 10,000 at most. A longer
   * Retry-After of the response is kept to.
   */
  readonly delayMs?: (resend: number) => number;
}

// The message did not arrive, or nothing shows that it did. A resend with the same id and the same bytes is safe for every
// request and callback of FSPIOP (API Definition 3.2.5).
const RETRIED: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const MAX_DELAY_MS = 10_000;

const doubling = (resend: number): number => Math.min(100 * 2 ** resend, MAX_DELAY_MS);

/**
 * Sends again, with the same headers and bytes, what failed on the way or was answered 429, 502, 503 or 504. `isRepeatable` decides
 * which requests may be sent twice.
 */
export function retrying(
  fetch: FetchRequest,
  { times, delayMs = doubling }: RetryPolicy,
  clock: Clock,
  isRepeatable: (request: Request) => boolean,
): FetchRequest {
  return async (request) => {
    const left = isRepeatable(request) ? times : 0;
    for (let resend = 1; ; resend++) {
      let retryAfterMs = 0;
      try {
        const response = await fetch(request.clone());
        if (resend > left || !RETRIED.has(response.status)) return response;
        retryAfterMs = Number(response.headers.get("retry-after") ?? 0) * 1_000 || 0; // a date is not waited for
      } catch (error) {
        if (resend > left || request.signal.aborted) throw error;
      }
      await pause(Math.max(delayMs(resend), Math.min(retryAfterMs, 60_000)), clock, request.signal);
    }
  };
}

function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clock.clearTimeout(timer);
      reject(signal.reason as Error); // what the caller gave to its controller, thrown as fetch throws it
    };
    const timer = clock.setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
