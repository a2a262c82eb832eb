import { formatEvent, type GracefulEvent, type Phase, type StopReport } from "./event.ts";
import type { Settings } from "./options.ts";
import { stopListening } from "./stop-listening.ts";
import type { Target } from "./target.ts";
import { startTimeLimit, type TimeLimit } from "./time-limit.ts";

/** A stop that can be started once and hurried. */
export interface Stop {
  readonly phase: () => Phase;
  /** Starts the stop, or returns the one that is under way. */
  readonly start: (reason: string, how?: { readonly drain: boolean }) => Promise<StopReport>;
  /** Ends the drain; the second time, cuts what is left. */
  readonly hurry: () => void;
}

// Time for the resources if the deadline has passed before their turn.
const LAST_MS = 500;

/** Creates the stop of some servers. */
export function createStop(targets: readonly Target[], settings: Settings): Stop {
  let phase: Phase = "serving";
  let stopping: Promise<StopReport> | undefined;
  let drain: TimeLimit | undefined;
  let deadline: TimeLimit | undefined;

  const sum = (count: (target: Target) => number): number =>
    targets.reduce((total, target) => total + count(target), 0);

  function report(event: GracefulEvent): void {
    ({ phase } = event);
    settings.log(formatEvent(event));
    try {
      settings.onEvent(event);
    } catch (error) {
      settings.log(`graceful: onEvent failed: ${messageOf(error)}`);
    }
  }

  async function run(reason: string, drainMs: number): Promise<StopReport> {
    const startedAt = performance.now();
    const limit = (deadline = startTimeLimit(settings.deadlineMs));
    const drained = (drain = startTimeLimit(drainMs));
    const inFlight = sum(({ drainable }) => drainable.inFlight());
    const served = (): number => sum(({ drainable }) => drainable.served());
    const failures: string[] = [];
    // Adds the name of a step that fails or does not end before the deadline.
    const attempt = async (name: string, step: () => unknown, until: TimeLimit): Promise<void> => {
      const outcome = await Promise.race([
        (async () => {
          await step();
        })().then(
          () => undefined,
          (error: unknown) => `${name} (${messageOf(error)})`,
        ),
        until.reached.then(() => `${name} (deadline)`),
      ]);
      if (outcome !== undefined) failures.push(outcome);
    };

    report({ phase: "draining", reason, inFlight, drainMs });
    for (const { drainable, server } of targets) {
      drainable.drain();
      // A server that starts to listen after the signal stops at once.
      server.once("listening", () => void stopListening(server));
    }
    const intake = Object.entries(settings.intake).map(([name, end]) => attempt(name, end, limit));
    await Promise.race([drained.reached, limit.reached]);
    drained.clear();

    report({
      phase: "closing",
      reason,
      inFlight: sum(({ drainable }) => drainable.inFlight()),
      served: served(),
    });
    await Promise.race([Promise.all(targets.map(({ drainable }) => drainable.close())), limit.reached]);
    let cut = 0;
    if (limit.passed()) {
      for (const { drainable } of targets) {
        const { requests, connections } = drainable.cut();
        cut += requests;
        if (connections > 0)
          failures.push(`${connections} ${connections === 1 ? "connection" : "connections"}`);
      }
    }
    await Promise.all(intake);
    // A resource that closes at once does so even after the deadline.
    const last = limit.passed() ? startTimeLimit(LAST_MS) : limit;
    for (const { end } of targets) await attempt("framework", end, last);
    for (const [name, end] of Object.entries(settings.resources)) await attempt(name, end, last);
    last.clear();

    const result: StopReport = {
      reason,
      finished: cut === 0 && failures.length === 0,
      durationMs: Math.round(performance.now() - startedAt),
      inFlight,
      served: served(),
      cut,
      unfinished: failures,
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

// Nothing is sent to a service that does not listen, so there is nothing to wait for.
function isListening({ server }: Target): boolean {
  return server.listening;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
