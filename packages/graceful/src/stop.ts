import { createAttempts, failureMessage, type Attempts } from "./attempts.ts";
import type { StopSettings } from "./graceful-options.ts";
import { stopListening } from "./servers/stop-listening.ts";
import type { StopTarget } from "./servers/stop-target.ts";
import { formatEvent, type GracefulEvent, type Phase, type StopReport } from "./stop-event.ts";
import { startTimeLimit, type TimeLimit } from "./time-limit.ts";

/** A stop that can be started once and hurried. */
export interface ServiceStop {
  readonly phase: () => Phase;
  /** Starts the stop, or returns the one that is under way. */
  readonly start: (reason: string, how?: { readonly drain: boolean }) => Promise<StopReport>;
  /** Ends the drain; the second time, cuts what is left. */
  readonly hurry: () => void;
}

// Time for the resources if the deadline has passed before their turn.
const LAST_MS = 500;

/** Creates the stop of some servers. */
export function createStop(targets: readonly StopTarget[], settings: StopSettings): ServiceStop {
  let phase: Phase = "serving";
  let stopping: Promise<StopReport> | undefined;
  let drain: TimeLimit | undefined;
  let deadline: TimeLimit | undefined;

  const inFlight = (): number => targets.reduce((sum, { drainable }) => sum + drainable.inFlight(), 0);
  const served = (): number => targets.reduce((sum, { drainable }) => sum + drainable.served(), 0);

  function report(event: GracefulEvent): void {
    ({ phase } = event);
    settings.log(formatEvent(event));
    try {
      settings.onEvent(event);
    } catch (error) {
      settings.log(`graceful: onEvent failed: ${failureMessage(error)}`);
    }
  }

  async function run(reason: string, drainMs: number): Promise<StopReport> {
    const startedAt = performance.now();
    const limit = (deadline = startTimeLimit(settings.deadlineMs));
    const drained = (drain = startTimeLimit(drainMs));
    const attempts = createAttempts();
    const inFlightAtStart = inFlight();

    report({ phase: "draining", reason, inFlight: inFlightAtStart, drainMs });
    for (const { drainable, server } of targets) {
      drainable.drain();
      // A server that starts to listen after the signal stops at once.
      server.once("listening", () => void stopListening(server));
    }
    const intake = Object.entries(settings.intake).map(([name, end]) => attempts.run(name, end, limit));
    await Promise.race([drained.reached, limit.reached]);
    drained.clear();

    report({ phase: "closing", reason, inFlight: inFlight(), served: served() });
    await Promise.race([Promise.all(targets.map(({ drainable }) => drainable.close())), limit.reached]);
    const cut = limit.passed() ? cutAll(targets, attempts) : 0;
    await Promise.all(intake);
    // A resource that closes at once does so even after the deadline.
    const last = limit.passed() ? startTimeLimit(LAST_MS) : limit;
    for (const { end } of targets) await attempts.run("framework", end, last);
    for (const [name, end] of Object.entries(settings.resources)) await attempts.run(name, end, last);
    last.clear();

    const result: StopReport = {
      reason,
      finished: cut === 0 && attempts.failures.length === 0,
      durationMs: Math.round(performance.now() - startedAt),
      inFlight: inFlightAtStart,
      served: served(),
      cut,
      unfinished: attempts.failures,
    };
    report({ phase: "stopped", ...result });
    return result;
  }

  return {
    phase: () => phase,
    start: (reason, how = { drain: true }) =>
      (stopping ??= run(reason, how.drain && targets.some(isListening) ? settings.drainMs : 0)),
    hurry() {
      if (phase === "draining") drain?.now();
      else deadline?.now();
    },
  };
}

// Destroys what is left and returns the number of requests that were not finished.
function cutAll(targets: readonly StopTarget[], attempts: Attempts): number {
  let cut = 0;
  for (const { drainable } of targets) {
    const { requests, connections } = drainable.cut();
    cut += requests;
    if (connections > 0) attempts.fail(`${connections} ${connections === 1 ? "connection" : "connections"}`);
  }
  return cut;
}

// Nothing is sent to a service that does not listen, so there is nothing to wait for.
function isListening({ server }: StopTarget): boolean {
  return server.listening;
}
