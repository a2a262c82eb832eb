import { readFileSync } from "node:fs";
import { isVersioningError } from "@mojaloop-versioning/protocol";
import { pino, type Logger } from "pino";
import { createCompatAdapter, type CompatAdapter } from "./adapter.ts";
import { lineOfPath, readConfig, type ConfigMistake, type ReadConfig } from "./config.ts";
import type { CompatAdapterOptions, Side } from "./options.ts";
import { createRedisStore } from "./redis-store.ts";
import { createMemoryStore } from "./store.ts";

export { readConfig, type ConfigMistake, type ReadConfig } from "./config.ts";
export type { ServiceOptions } from "./config-schema.ts";

/** How an adapter is run as a service. */
export interface ServiceRun {
  /** Path of the adapter.yaml. */
  readonly config: string;
  /** In place of a pino logger to standard output. */
  readonly logger?: Logger;
  /** Whether SIGTERM and SIGINT drain and close it, and SIGHUP reads the configuration anew. */
  readonly signals?: boolean;
}

/** An adapter that runs, or what is wrong with its configuration. */
export type StartedAdapter =
  | { readonly ok: true; readonly service: AdapterService }
  | { readonly ok: false; readonly mistakes: readonly ConfigMistake[] };

export interface AdapterService {
  readonly adapter: CompatAdapter;
  readonly urls: Readonly<Record<Side, string>>;
  /**
   * Reads the configuration again. With a mistake in it everything stays as it is. Participants, hub, policies and limits change from the
   * next message on; ports and the store only with a new start.
   */
  readonly reload: () => Promise<readonly ConfigMistake[]>;
  readonly close: () => Promise<void>;
  /** Resolves once it is closed. */
  readonly closed: Promise<void>;
}

/** Runs an adapter from an adapter.yaml. */
export async function startAdapter({
  config: file,
  logger,
  signals = false,
}: ServiceRun): Promise<StartedAdapter> {
  const read = readFile(file);
  if (!read.ok) return read;
  const log = logger ?? pino({ name: "mojaver-adapter", level: read.service.logLevel });
  const { redis } = read.service;
  const onError = (error: Error): void => log.error({ err: error }, "redis");
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
        log.error({ mistakes: next.mistakes }, "the configuration has mistakes; everything stays as it was");
        return next.mistakes;
      }
      try {
        await adapter.reload(complete(next.options));
      } catch (error) {
        const mistakes = [mistakeOf(error, file)];
        log.error({ mistakes }, "the configuration has mistakes; everything stays as it was");
        return mistakes;
      }
      log.info("the configuration was read anew");
      return [];
    },
    async close() {
      for (const [signal, act] of handlers) process.off(signal, act);
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
  if (signals) for (const [signal, act] of handlers) process.on(signal, act);
  // Whoever reads this may send a signal.
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

/** What the adapter itself says of options that the file's form allows; its messages begin with the option's path. */
function mistakeOf(error: unknown, file: string): ConfigMistake {
  if (!isVersioningError(error, "invalid-option")) throw error;
  const [path = "", ...rest] = error.message.split(": ");
  return { line: lineOfPath(readFileSync(file, "utf8"), path.split(".")), path, message: rest.join(": ") };
}
