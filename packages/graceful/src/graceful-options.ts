import type { GracefulEvent } from "./stop-event.ts";

/** Functions by name. The name appears in events and log lines. */
export type NamedFunctions = Readonly<Record<string, () => unknown>>;

/** StopSettings of a stop. All times are in milliseconds. */
export interface GracefulOptions {
  /** Time between the signal and SIGKILL: `terminationGracePeriodSeconds` less the time of preStop. 30,000 by default. */
  readonly graceMs?: number;
  /** How long the service goes on serving after the signal. 5,000 by default, at most a third of the deadline. */
  readonly drainMs?: number;
  /** Time after the signal at which what is left is cut. `graceMs` less a second by default. */
  readonly deadlineMs?: number;
  /** Paths that are answered with 503 after the signal. `/health`, `/healthz`, `/ready` and `/readyz` by default. */
  readonly readinessPaths?: readonly string[];
  /** Signals that stop the service. SIGTERM and SIGINT by default. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Run together at the signal, so that no more work comes in: consumers, schedulers. */
  readonly intake?: NamedFunctions;
  /** Run one after another when the servers are closed: producers, pools. */
  readonly resources?: NamedFunctions;
  /** Called with each phase. What it throws is ignored. */
  readonly onEvent?: (event: GracefulEvent) => void;
  /** Called with a line per phase. Standard error by default. */
  readonly log?: (line: string) => void;
  /** Called with the exit code after a signal. `process.exit` by default. */
  readonly exit?: (code: number) => void;
}

/** Options with all defaults in place. */
export type StopSettings = Required<Omit<GracefulOptions, "graceMs">>;

const KNOWN: ReadonlySet<string> = new Set<keyof GracefulOptions>([
  "graceMs",
  "drainMs",
  "deadlineMs",
  "readinessPaths",
  "signals",
  "intake",
  "resources",
  "onEvent",
  "log",
  "exit",
]);

/**
 * Fills in the defaults.
 * @throws TypeError for an unknown option or a value that cannot work, with what would
 */
export function settingsOf(options: GracefulOptions): StopSettings {
  for (const name of Object.keys(options)) {
    if (!KNOWN.has(name)) throw new TypeError(`unknown option "${name}"; known are ${[...KNOWN].join(", ")}`);
  }
  const graceMs = options.graceMs ?? 30_000;
  const deadlineMs = options.deadlineMs ?? Math.max(graceMs - 1_000, graceMs / 2);
  const drainMs = options.drainMs ?? Math.min(5_000, Math.floor(deadlineMs / 3));
  for (const [name, value] of Object.entries({ graceMs, deadlineMs, drainMs })) {
    if (!Number.isFinite(value) || value < 0)
      throw new TypeError(`${name} is ${value}; it must be a number of milliseconds, 0 or more`);
  }
  if (drainMs > deadlineMs)
    throw new TypeError(`drainMs (${drainMs}) must not be more than deadlineMs (${deadlineMs})`);
  for (const stage of ["intake", "resources"] as const) {
    for (const [name, value] of Object.entries(options[stage] ?? {})) {
      if (typeof value !== "function")
        throw new TypeError(`${stage}.${name} must be a function, such as () => client.close()`);
    }
  }
  return {
    deadlineMs,
    drainMs,
    readinessPaths: options.readinessPaths ?? ["/health", "/healthz", "/ready", "/readyz"],
    signals: options.signals ?? ["SIGTERM", "SIGINT"],
    intake: options.intake ?? {},
    resources: options.resources ?? {},
    onEvent: options.onEvent ?? (() => undefined),
    log: options.log ?? ((line) => void process.stderr.write(`${line}\n`)),
    exit: options.exit ?? ((code) => process.exit(code)),
  };
}
