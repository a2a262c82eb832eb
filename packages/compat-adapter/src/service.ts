import { readFileSync } from "node:fs";
import { isVersioningError } from "@mojaloop-versioning/protocol";
import { pino, type Logger } from "pino";
import { createCompatAdapter, type CompatAdapter } from "./adapter.ts";
import { lineOfPath, readConfig, type ConfigMistake, type ReadConfig } from "./config/config-file.ts";
import type { CompatAdapterOptions, Side } from "./config/options.ts";
import { createRedisStore } from "./conversations/redis-store.ts";
import { createMemoryStore } from "./conversations/store.ts";
import { describeError } from "./operations/message-log.ts";

export { readConfig, type ConfigMistake, type ReadConfig } from "./config/config-file.ts";
export type { ServiceOptions } from "./config/config-schema.ts";

/** Options of {@link startAdapter}. */
export interface ServiceRun {
  /** Path of the adapter.yaml. */
  readonly config: string;
  /** Replaces the pino logger to standard output. */
  readonly logger?: Logger;
  /** Whether SIGTERM and SIGINT drain and close it, and SIGHUP reloads the configuration. */
  readonly signals?: boolean;
}

/** A running adapter, or the mistakes in its configuration. */
export type StartedAdapter =
  | { readonly ok: true; readonly service: AdapterService }
  | { readonly ok: false; readonly mistakes: readonly ConfigMistake[] };

/** An adapter that runs as a service. */
export interface AdapterService {
  readonly adapter: CompatAdapter;
  readonly urls: Readonly<Record<Side, string>>;
  /**
   * Reloads the configuration. If it has a mistake, nothing changes. Participants, hub, policies and limits change from the next message
   * on; ports and the store only with a restart.
   */
  readonly reload: () => Promise<readonly ConfigMistake[]>;
  readonly close: () => Promise<void>;
  /** Resolves once it is closed. */
  readonly closed: Promise<void>;
}

/** Starts an adapter from an adapter.yaml. */
export async function startAdapter({
  config: file,
  logger,
  signals = false,
}: ServiceRun): Promise<StartedAdapter> {
  const read = readFile(file);
  if (!read.ok) return read;
  const log = logger ?? pino({ name: "mojaver-adapter", level: read.service.logLevel });
  const { redis } = read.service;
  const onError = (error: Error): void => log.error({ cause: describeError(error) }, "Redis");
  const store = redis === undefined ? createMemoryStore() : createRedisStore({ url: redis, onError });
  const complete = (options: CompatAdapterOptions): CompatAdapterOptions => ({
    ...options,
    logger: log,
    store,
  });

  let adapter: CompatAdapter;
  try {
    adapter = createCompatAdapter(complete(read.options));
  } catch (error) {
    return { ok: false, mistakes: [mistakeOf(error, file)] };
  }
  const urls = await adapter.listen().catch(async (error: unknown) => {
    await adapter.close();
    throw error;
  });
  let end = (): void => undefined;
  const closed = new Promise<void>((resolve) => (end = resolve));

  const service: AdapterService = {
    adapter,
    urls,
    closed,
    async reload() {
      const next = readFile(file);
      if (!next.ok) {
        log.error(
          { mistakes: next.mistakes },
          "the configuration has mistakes; the previous one stays in use",
        );
        return next.mistakes;
      }
      try {
        await adapter.reload(complete(next.options));
      } catch (error) {
        const mistakes = [mistakeOf(error, file)];
        log.error({ mistakes }, "the configuration has mistakes; the previous one stays in use");
        return mistakes;
      }
      log.info("the configuration was reloaded");
      return [];
    },
    async close() {
      for (const [signal, handle] of handlers) process.off(signal, handle);
      log.info("draining");
      await adapter.close();
      end();
    },
  };
  const handlers: readonly (readonly [NodeJS.Signals, () => void])[] = [
    ["SIGTERM", () => void service.close()],
    ["SIGINT", () => void service.close()],
    ["SIGHUP", () => void service.reload()],
  ];
  if (signals) for (const [signal, handle] of handlers) process.on(signal, handle);
  // Logged last: a reader of this line may send a signal.
  log.info({ urls }, "listening");
  return { ok: true, service };
}

function readFile(file: string): ReadConfig {
  try {
    return readConfig(readFileSync(file, "utf8"), file);
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, mistakes: [{ line: 1, path: file, message }] };
  }
}

// A mistake that only the adapter finds; the messages of its errors begin with the option's path.
function mistakeOf(error: unknown, file: string): ConfigMistake {
  if (!isVersioningError(error, "invalid-option")) throw error;
  const [path = "", ...rest] = error.message.split(": ");
  return { line: lineOfPath(readFileSync(file, "utf8"), path.split(".")), path, message: rest.join(": ") };
}
