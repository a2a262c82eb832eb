import { setTimeout as delay } from "node:timers/promises";
import type { Drains } from "./drains.ts";
import { gateFetches, type Gate, type RdConsumer } from "./fetch-gate.ts";

// The members of a consumer of @mojaloop/central-services-stream that are used (src/kafka/consumer.js).
interface StreamConsumer {
  _consumer?: RdConsumer;
  _status?: { running: boolean };
  _pollInterval?: NodeJS.Timeout;
  _syncQueue?: { length(): number; running(): number };
  _config?: { rdkafkaConf?: Record<string, unknown> };
  disconnect(done: () => void): void;
}

interface StreamProducer {
  _producer?: {
    isConnected(): boolean;
    flush(timeoutMs: number, done: (error?: Error | null) => void): void;
  };
}

type Handler = (...args: unknown[]) => unknown;
type Method<T> = (this: T, ...args: unknown[]) => unknown;

// What is known of one consumer.
interface Watched {
  busy: number;
  gate?: Gate;
}

/** The messages that consumers of central-services-stream have in work, and a way to end them. */
export interface StreamWatch extends Drains {
  /** Watches the consumers and producers of a loaded module; leaves an unknown form of it alone. */
  watch(module: unknown): void;
}

const REVOKE_WAIT_MS = 5_000;
const FLUSH_MS = 5_000;
const POLL_MS = 5;
/** Time in which a message that the driver has taken reaches its handler. */
const HAND_OVER_MS = 25;

const ASSIGN_PARTITIONS = -175;

/** Creates a watch. */
export function createStreamWatch(log: (line: string) => void): StreamWatch {
  const consumers = new Map<StreamConsumer, Watched>();
  const producers = new Set<StreamProducer>();
  const seen = new WeakSet();

  function watchedOf(consumer: StreamConsumer): Watched {
    const known = consumers.get(consumer);
    if (known) return known;
    const watched: Watched = { busy: 0 };
    consumers.set(consumer, watched);
    return watched;
  }

  function countingHandler(watched: Watched, handler: Handler): Handler {
    return async (...args) => {
      watched.busy += 1;
      try {
        return await handler(...args);
      } finally {
        watched.busy -= 1;
      }
    };
  }

  // Before a partition is given up in a rebalance, the message in work is finished: otherwise the next member handles it again.
  function rebalanceOf(watched: Watched) {
    return async function (
      this: RdConsumer,
      { code }: { readonly code: number },
      partitions: unknown[],
    ): Promise<void> {
      const cooperative = this.rebalanceProtocol?.() === "COOPERATIVE";
      try {
        if (code === ASSIGN_PARTITIONS) {
          if (cooperative) this.incrementalAssign?.(partitions);
          else this.assign(partitions);
          return;
        }
        watched.gate?.close();
        await delay(HAND_OVER_MS);
        const until = performance.now() + REVOKE_WAIT_MS;
        while (watched.busy > 0 && performance.now() < until) await delay(POLL_MS);
        if (watched.busy > 0) log(`graceful: a partition is given up with ${watched.busy} in work`);
        if (cooperative) this.incrementalUnassign?.(partitions);
        else this.unassign();
      } catch (error) {
        // A consumer that was disconnected meanwhile has given up its partitions already.
        if (this.isConnected())
          log(`graceful: rebalance: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        watched.gate?.open();
      }
    };
  }

  function watchConsumers(prototype: {
    connect: Method<StreamConsumer>;
    consume: Method<StreamConsumer>;
  }): void {
    const { connect, consume } = prototype;
    prototype.connect = function (...args) {
      const watched = watchedOf(this);
      const settings = this._config?.rdkafkaConf;
      if (settings && settings["rebalance_cb"] === undefined) settings["rebalance_cb"] = rebalanceOf(watched);
      const connected = connect.apply(this, args);
      if (this._consumer) watched.gate = gateFetches(this._consumer);
      return connected;
    };
    prototype.consume = function (handler, ...rest) {
      const counted =
        typeof handler === "function" ? countingHandler(watchedOf(this), handler as Handler) : handler;
      return consume.call(this, counted, ...rest);
    };
  }

  function watchProducers(prototype: { connect: Method<StreamProducer> }): void {
    const { connect } = prototype;
    prototype.connect = function (...args) {
      producers.add(this);
      return connect.apply(this, args);
    };
  }

  async function drainConsumer(consumer: StreamConsumer, watched: Watched): Promise<void> {
    if (consumer._status) consumer._status.running = false;
    clearInterval(consumer._pollInterval);
    watched.gate?.close();
    const isIdle = (): boolean => {
      const queue = consumer._syncQueue;
      const queued = queue ? queue.length() + queue.running() : 0;
      return watched.busy + queued + (watched.gate?.pending() ?? 0) === 0;
    };
    while (!isIdle()) await delay(POLL_MS);
  }

  return {
    watch(module) {
      if (typeof module !== "object" || module === null || seen.has(module)) return;
      seen.add(module);
      const { Consumer, Producer } =
        (module as { Kafka?: { Consumer?: unknown; Producer?: unknown } }).Kafka ?? {};
      if (isConsumerClass(Consumer) && isProducerClass(Producer)) {
        watchConsumers(Consumer.prototype);
        watchProducers(Producer.prototype);
      } else log("graceful: an unknown form of central-services-stream, left alone");
    },
    count() {
      let busy = 0;
      for (const watched of consumers.values()) busy += watched.busy;
      return { busy, consumers: consumers.size };
    },
    async drain() {
      await Promise.all([...consumers].map(([consumer, watched]) => drainConsumer(consumer, watched)));
      await Promise.all([...producers].map(flush));
      // Leaving the group at once lets the next member have the partitions.
      await Promise.all([...consumers.keys()].map(disconnect));
    },
  };
}

type ConsumerClass = { readonly prototype: Record<"connect" | "consume", Method<StreamConsumer>> };
type ProducerClass = { readonly prototype: Record<"connect", Method<StreamProducer>> };

function isConsumerClass(value: unknown): value is ConsumerClass {
  return hasMethods(value, "connect", "consume", "disconnect");
}

function isProducerClass(value: unknown): value is ProducerClass {
  return hasMethods(value, "connect");
}

function flush({ _producer: producer }: StreamProducer): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!producer?.isConnected()) resolve();
    else
      producer.flush(FLUSH_MS, (error) => {
        if (error) reject(error);
        else resolve();
      });
  });
}

function disconnect(consumer: StreamConsumer): Promise<void> {
  return new Promise((resolve) => {
    if (consumer._consumer?.isConnected()) consumer.disconnect(resolve);
    else resolve();
  });
}

function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  if (typeof value !== "function") return false;
  const prototype = value.prototype as Record<string, unknown>; // every class has one
  return names.every((name) => typeof prototype[name] === "function");
}
