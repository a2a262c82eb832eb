/**
 * A preload for services that cannot be changed: `node --import @mojaloop-versioning/graceful/register` or `-r`. It finds HTTP servers and
 * the consumers and producers of @mojaloop/central-services-stream as they are made, and stops them before the service's own handlers of
 * SIGTERM and SIGINT run. `GRACEFUL=off` turns it off.
 * @module
 */
import { settingsOf, type GracefulOptions, type StopSettings } from "./graceful-options.ts";
import { hasParticipants } from "./process-signals.ts";
import { readEnvironment } from "./register/environment.ts";
import { watchModules } from "./register/modules.ts";
import { watchServers } from "./register/servers.ts";
import { interceptSignals } from "./register/signals.ts";
import { createStreamWatch } from "./register/streams.ts";
import { createStop } from "./stop.ts";

const log = (line: string): void => void process.stderr.write(`${line}\n`);
const options = readEnvironment(process.env, log);
const OWN_HANDLERS_MS = 3_000;

// A contradiction in the environment is reported, and the defaults are used.
function settingsFrom(given: GracefulOptions, steps: Pick<GracefulOptions, "intake">): StopSettings {
  try {
    return settingsOf({ ...given, ...steps });
  } catch (error) {
    log(`graceful: ${error instanceof Error ? error.message : String(error)}; the defaults are used`);
    return settingsOf(steps);
  }
}

function register(given: GracefulOptions): void {
  const streams = createStreamWatch(log);
  watchModules(/(?:^|\/)central-services-stream$/, (module) => {
    streams.watch(module);
  });
  const settings = settingsFrom(given, {
    intake: {
      kafka: async () => {
        const { busy, consumers } = streams.count();
        if (consumers === 0) return;
        const startedAt = performance.now();
        await streams.drain();
        const took = Math.round(performance.now() - startedAt);
        log(`graceful: ${consumers} consumers drained in ${took} ms, ${busy} messages were in work`);
      },
    },
  });
  const targets = watchServers(settings.readinessPaths);
  // A service that calls `graceful` itself stops its servers itself, right after this.
  const own = createStop([], settings);
  const all = createStop(targets, settings);
  const stop = (): typeof all => (hasParticipants() ? own : all);
  interceptSignals({
    signals: settings.signals,
    stop: async (signal) => (await stop().start(signal, { drain: signal !== "SIGINT" })).finished,
    hurry: () => {
      stop().hurry();
    },
    ownHandlersMs: OWN_HANDLERS_MS,
  });
}

if (options !== "off") register(options);
