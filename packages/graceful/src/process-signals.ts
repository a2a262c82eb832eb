import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { isMainThread } from "node:worker_threads";
import type { StopReport } from "./stop-event.ts";
import type { ServiceStop } from "./stop.ts";

/** A stop that takes part in the stop of the process. */
export interface StopParticipant {
  readonly stop: ServiceStop;
  readonly signals: readonly NodeJS.Signals[];
  readonly deadlineMs: number;
  readonly log: (line: string) => void;
  readonly exit: (code: number) => void;
}

interface ProcessState {
  readonly participants: Set<StopParticipant>;
  readonly handlers: Map<NodeJS.Signals, () => void>;
  stopping: boolean;
}

// One for the process, also when the package is loaded twice, as ES module and as CommonJS.
const KEY = Symbol.for("@mojaloop-versioning/graceful");

function stateOfProcess(): ProcessState {
  const holder = globalThis as { [KEY]?: ProcessState | undefined };
  return (holder[KEY] ??= { participants: new Set(), handlers: new Map(), stopping: false });
}

/** Stops a participant when the process receives one of its signals, and exits when all have stopped. */
export function join(participant: StopParticipant): void {
  // Node delivers signals to the main thread only.
  if (!isMainThread) return;
  const state = stateOfProcess();
  state.participants.add(participant);
  for (const signal of participant.signals) {
    if (state.handlers.has(signal)) continue;
    const handler = (): void => {
      onSignal(state, signal);
    };
    state.handlers.set(signal, handler);
    process.on(signal, handler);
  }
}

/** Whether anything takes part in the stop of the process. */
export function hasParticipants(): boolean {
  return stateOfProcess().participants.size > 0;
}

/** Takes a participant out again; signals that nobody is left for have their default effect. */
export function leave(participant: StopParticipant): void {
  const state = stateOfProcess();
  state.participants.delete(participant);
  for (const [signal, handler] of state.handlers) {
    if ([...state.participants].some(({ signals }) => signals.includes(signal))) continue;
    process.off(signal, handler);
    state.handlers.delete(signal);
  }
}

function onSignal(state: ProcessState, signal: NodeJS.Signals): void {
  const participants = [...state.participants];
  if (state.stopping) {
    for (const { stop } of participants) stop.hurry();
    return;
  }
  state.stopping = true;
  void stopAll(participants, signal);
}

async function stopAll(participants: readonly StopParticipant[], signal: NodeJS.Signals): Promise<void> {
  const [first] = participants;
  const caught: unknown[] = [];
  const onException = (error: unknown): void => {
    caught.push(error);
    first?.log(
      `graceful: uncaught while stopping: ${error instanceof Error ? error.message : String(error)}`,
    );
    for (const { stop } of participants) if (stop.phase() === "draining") stop.hurry();
  };
  process.on("uncaughtException", onException);
  // A person at a terminal waits for the exit, and no balancer is involved.
  const how = { drain: signal !== "SIGINT" };
  const workers = stopWorkers(signal, Math.max(...participants.map(({ deadlineMs }) => deadlineMs)));
  const reports: StopReport[] = await Promise.all(participants.map(({ stop }) => stop.start(signal, how)));
  const killed = await workers;
  if (killed > 0) first?.log(`graceful: ${killed} cluster ${killed === 1 ? "worker" : "workers"} killed`);
  const finished = caught.length === 0 && killed === 0 && reports.every((report) => report.finished);
  first?.exit(finished ? 0 : 1);
}

// In a cluster only the primary process is signalled, since it is PID 1 of the container. Returns the number of workers that did not
// stop in time and were killed.
async function stopWorkers(signal: NodeJS.Signals, deadlineMs: number): Promise<number> {
  if (!cluster.isPrimary) return 0;
  let killed = 0;
  const workers = Object.values<Worker | undefined>(cluster.workers ?? {});
  await Promise.all(
    workers.map(async (worker) => {
      if (!worker || worker.isDead()) return;
      const gone = once(worker, "exit");
      worker.process.kill(signal);
      const timer = setTimeout(() => {
        killed += 1;
        worker.process.kill("SIGKILL");
      }, deadlineMs);
      await gone;
      clearTimeout(timer);
    }),
  );
  return killed;
}
