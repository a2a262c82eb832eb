import type { IncomingMessage, ServerResponse } from "node:http";
import type { Version } from "@mojaloop-versioning/protocol";
import type { Registry as MetricsRegistry } from "prom-client";
import { exchange } from "./exchange.ts";
import { openListener, type Listener } from "./listener.ts";
import type { MessageEvent } from "./message-event.ts";
import { createMetrics } from "./metrics.ts";
import { createOperations } from "./operations.ts";
import type { CompatAdapterOptions, Side } from "./options.ts";
import { createRouting } from "./routing.ts";
import { createMemoryStore } from "./store.ts";
import { reportVersions, type VersionsReport } from "./versions-report.ts";

/** A reverse proxy between a hub of one FSPIOP version and participants of any. */
export interface CompatAdapter {
  /** For a server of your own, one for each side: participants and the hub must not share one. */
  handler(request: IncomingMessage, response: ServerResponse, side?: Side): void;
  /** Opens a port for each side and gives their base URLs. */
  listen(): Promise<Readonly<Record<Side, string>>>;
  /** Takes other options from the next message on; those under way end by the old ones. The store stays. */
  reload(options: CompatAdapterOptions): Promise<void>;
  /** Who speaks what, held against a version; the hub's by default. */
  versions(below?: Version): Promise<VersionsReport>;
  /** Takes no more messages, waits for those under way, closes everything. */
  close(): Promise<void>;
  readonly metrics: MetricsRegistry;
}

const SIDES: readonly Side[] = ["participants", "hub", "operations"];

/**
 * Makes an adapter; it listens once told to.
 * @throws VersioningError `invalid-option`
 */
export function createCompatAdapter(options: CompatAdapterOptions): CompatAdapter {
  let routing = createRouting(options);
  const store = options.store ?? createMemoryStore();
  const metrics = createMetrics();
  const listeners = new Map<Side, Listener>();
  const underWay = new Map<Promise<void>, IncomingMessage>();
  let draining = false;
  let closing: Promise<void> | undefined;

  const operations = createOperations({ metrics, draining: () => draining, versions });

  async function versions(below?: Version): Promise<VersionsReport> {
    return reportVersions(routing, await store.sightings(), { now: Date.now(), below });
  }

  async function take(
    side: "participants" | "hub",
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (draining) response.setHeader("connection", "close");
    metrics.begin();
    await exchange(routing, store, side, request, response, tell);
  }

  function tell(event: MessageEvent): void {
    metrics.end();
    metrics.count(event);
    const { logger, onMessage } = routing.options;
    try {
      onMessage?.(event);
    } catch (error) {
      // The message is answered all the same: whoever listens does not decide about it.
      logger?.error({ err: error }, "onMessage threw");
    }
    if (logger) {
      const level = event.outcome === "failed" ? "error" : event.outcome === "refused" ? "warn" : "info";
      logger[level](
        { ...event, cause: undefined, ...(event.cause !== undefined && { err: event.cause }) },
        "message",
      );
    }
  }

  function handler(request: IncomingMessage, response: ServerResponse, side: Side = "participants"): void {
    if (side === "operations") {
      operations.routing(request, response);
      return;
    }
    const work = take(side, request, response)
      .catch((error: unknown) => routing.options.logger?.error({ err: error }, "after the answer"))
      .finally(() => underWay.delete(work));
    underWay.set(work, request);
  }

  async function open(side: Side): Promise<string> {
    const { options, limits } = routing;
    const listener = await openListener(options.listen?.[side] ?? {}, limits.receiveMs, (request, response) =>
      handler(request, response, side),
    );
    listeners.set(side, listener);
    return listener.url;
  }

  /** Resolves when no message is under way; one that is still not whole after `receiveMs` is cut off. */
  async function finish(): Promise<void> {
    const tooLate = setTimeout(() => {
      for (const request of underWay.values()) if (!request.complete) request.destroy();
    }, routing.limits.receiveMs);
    while (underWay.size > 0) await Promise.allSettled(underWay.keys());
    clearTimeout(tooLate);
  }

  async function shutDown(): Promise<void> {
    draining = true;
    for (const listener of listeners.values()) listener.stop();
    await finish();
    await Promise.all(Array.from(listeners.values(), (listener) => listener.close()));
    // What came while the last connections ended.
    await finish();
    await operations.close();
    await routing.close();
    await store.close();
  }

  return {
    handler,
    async listen() {
      await operations.ready();
      const opening = SIDES.map(async (side) => [side, await open(side)] as const);
      // All are settled first, so that close() knows of each one that did open.
      await Promise.allSettled(opening);
      const urls = await Promise.all(opening);
      return Object.fromEntries(urls) as Record<Side, string>; // one entry for each of SIDES
    },
    async reload(next) {
      const before = routing;
      routing = createRouting(next);
      for (const [side, listener] of listeners) listener.renew(next.listen?.[side]?.tls);
      await Promise.allSettled(underWay.keys());
      await before.close();
    },
    versions,
    close: () => (closing ??= shutDown()),
    metrics: metrics.registry,
  };
}
