import type { Phase, StopReport } from "./stop-event.ts";
import { settingsOf, type GracefulOptions } from "./graceful-options.ts";
import { join, leave, type StopParticipant } from "./process-signals.ts";
import { createStop } from "./stop.ts";
import { targetOf, unwrap, type GracefulServer, type NodeServer } from "./servers/stop-target.ts";

/** The stop of some servers. */
export interface Stopper {
  readonly phase: Phase;
  /**
   * Stops as a signal does, without exiting. A stop that is under way is not started again.
   * @param reason appears in events and log lines
   */
  stop(reason?: string): Promise<StopReport>;
  /** Removes the signal handlers. */
  detach(): void;
}

interface Known {
  readonly stopper: Stopper;
  readonly options: GracefulOptions | undefined;
}

const known = new WeakMap<NodeServer, Known>();

/**
 * Stops servers without losing a request when the process receives SIGTERM or SIGINT.
 *
 * @example
 * graceful(app.listen(8080), { resources: { database: () => knex.destroy() } });
 *
 * @throws TypeError for an option that cannot work, and for anything that is not a server
 */
export function graceful(
  servers: GracefulServer | readonly GracefulServer[],
  options?: GracefulOptions,
): Stopper {
  const list: readonly GracefulServer[] = Array.isArray(servers) ? servers : [servers as GracefulServer];
  const earlier = list.map((each) => known.get(unwrap(each).server)).find((each) => each !== undefined);
  if (earlier) {
    if (options !== undefined && options !== earlier.options)
      throw new TypeError("graceful was called for this server before, with other options");
    return earlier.stopper;
  }

  const settings = settingsOf(options ?? {});
  const targets = list.map((each) => targetOf(each, settings.readinessPaths));
  const stop = createStop(targets, settings);
  const participant: StopParticipant = { stop, ...settings };
  join(participant);

  const stopper: Stopper = {
    get phase() {
      return stop.phase();
    },
    stop: (reason = "stop()") => stop.start(reason),
    detach() {
      leave(participant);
    },
  };
  for (const { server } of targets) known.set(server, { stopper, options });
  return stopper;
}
