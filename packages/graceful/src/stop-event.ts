/** `serving` until the stop; then `draining`, `closing` and `stopped`. */
export type Phase = "serving" | "draining" | "closing" | "stopped";

/** What a stop has done. */
export interface StopReport {
  /** The signal, or what was given to `stop`. */
  readonly reason: string;
  /** Whether everything was finished before the deadline. */
  readonly finished: boolean;
  readonly durationMs: number;
  /** Requests and streams in flight when the stop began. */
  readonly inFlight: number;
  /** Requests and streams that began after that and were served. */
  readonly served: number;
  /** Requests and streams that were not finished at the deadline. */
  readonly cut: number;
  /** Names of the functions that failed or did not finish, each with the reason. */
  readonly unfinished: readonly string[];
}

/** One phase of a stop. Counts are of requests and streams. */
export type GracefulEvent =
  | {
      readonly phase: "draining";
      readonly reason: string;
      readonly inFlight: number;
      readonly drainMs: number;
    }
  | { readonly phase: "closing"; readonly reason: string; readonly inFlight: number; readonly served: number }
  | ({ readonly phase: "stopped" } & StopReport);

/** An event as one line of a log. */
export function formatEvent(event: GracefulEvent): string {
  switch (event.phase) {
    case "draining":
      return `graceful: ${event.reason}, draining for ${seconds(event.drainMs)}, ${counted(event.inFlight)} in flight`;
    case "closing":
      return `graceful: closing, ${counted(event.inFlight)} in flight, ${event.served} served since ${event.reason}`;
    case "stopped":
      return `graceful: stopped after ${seconds(event.durationMs)}, ${event.served} served, ${cutOf(event)}`;
  }
}

function cutOf({ cut, unfinished }: StopReport): string {
  const failures = unfinished.length === 0 ? "" : `; not finished: ${unfinished.join(", ")}`;
  return `${cut === 0 ? "nothing" : counted(cut)} cut${failures}`;
}

function counted(requests: number): string {
  return `${requests} ${requests === 1 ? "request" : "requests"}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
