/** What happens at a signal, before the service's own handlers run. */
export interface SignalPlan {
  readonly signals: readonly NodeJS.Signals[];
  /** Runs at the first signal; resolves with whether everything was finished. */
  readonly stop: (signal: NodeJS.Signals) => Promise<boolean>;
  /** Runs at every further signal until the stop is done. */
  readonly hurry: () => void;
  /** How long the service's own handlers may take after that, in milliseconds. */
  readonly ownHandlersMs: number;
}

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/** Puts a plan before all listeners of some signals. They are called afterwards; without any, the process exits. */
export function interceptSignals({ signals, stop, hurry, ownHandlersMs }: SignalPlan): void {
  const emitter = process as { emit: Emit };
  const emit = emitter.emit.bind(process);
  const keep = (): void => undefined; // without a listener the signal ends the process
  let state: "serving" | "stopping" | "passed" = "serving";

  const passOn = (signal: NodeJS.Signals, finished: boolean): void => {
    state = "passed";
    const code = finished ? 0 : 1;
    if (process.listeners(signal).every((listener) => listener === keep)) process.exit(code);
    setTimeout(() => process.exit(code), ownHandlersMs).unref();
    emit(signal, signal);
  };
  emitter.emit = (event, ...args) => {
    const signal = signals.find((each) => each === event);
    if (signal === undefined || state === "passed") return emit(event, ...args);
    if (state === "stopping") hurry();
    else {
      state = "stopping";
      stop(signal).then(
        (finished) => {
          passOn(signal, finished);
        },
        () => {
          passOn(signal, false);
        },
      );
    }
    return true;
  };
  for (const signal of signals) process.on(signal, keep);
}
