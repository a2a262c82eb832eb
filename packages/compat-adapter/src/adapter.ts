import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Registry as MetricsRegistry } from "prom-client";
import { compileOptions } from "./config/compile-options.ts";
import type { CompatAdapterOptions, Side } from "./config/options.ts";
import { guardStore } from "./conversations/store-failure.ts";
import { createMemoryStore } from "./conversations/store.ts";
import { exchange } from "./message/exchange.ts";
import type { MessageEvent } from "./message/message-event.ts";
import type { MessageSide } from "./message/message-in-flight.ts";
import { describeError, logMessage } from "./operations/message-log.ts";
import { createMetrics } from "./operations/metrics.ts";
import { createOperationsServer, type Health } from "./operations/operations-server.ts";
import { reportVersions, type VersionsQuestion, type VersionsReport } from "./operations/versions-report.ts";
import { openListener, type Listener } from "./server/listener.ts";

/** A reverse proxy between a hub of one FSPIOP version and participants of any. */
export interface CompatAdapter {
  /** For servers of your own, one for each side: participants and the hub must not share one. */
  handler(request: IncomingMessage, response: ServerResponse, side?: Side): void;
  /** Opens a port for each side and returns their base URLs. */
  listen(): Promise<Readonly<Record<Side, string>>>;
  /** Uses other options from the next message on. Messages in progress end with the old ones; the store stays. */
  reload(options: CompatAdapterOptions): Promise<void>;
  /** The versions that participants use, compared with `below` (default: the hub's version) over `days` (default: 90). */
  versions(question?: VersionsQuestion): Promise<VersionsReport>;
  /** Accepts no more messages, waits for those in progress, closes everything. */
  close(): Promise<void>;
  readonly metrics: MetricsRegistry;
}

const SIDES: readonly Side[] = ["participants", "hub", "operations"];

/**
 * Creates an adapter. It listens after `listen()`.
 * @throws VersioningError `invalid-option`
 */
export function createCompatAdapter(options: CompatAdapterOptions): CompatAdapter {
  let current = options;
  let routing = compileOptions(options);
  const store = guardStore(options.store ?? createMemoryStore());
  const randomKey = randomBytes(32);
  const metrics = createMetrics(reports);
  const listeners = new Map<Side, Listener>();
  const inProgress = new Map<Promise<void>, IncomingMessage>();
  let draining = false;
  let closing: Promise<void> | undefined;

  const operations = createOperationsServer({ metrics, health, versions });

  async function reports(): Promise<(question: VersionsQuestion) => VersionsReport> {
    const counted = await store.countedUses();
    const now = Date.now();
    return (question) => reportVersions(routing, counted, question, now);
  }

  async function versions(question: VersionsQuestion = {}): Promise<VersionsReport> {
    return (await reports())(question);
  }

  async function health(): Promise<Health> {
    if (draining) return { status: "draining" };
    try {
      await store.check();
      return { status: "ok" };
    } catch {
      return { status: "store-unavailable", store: store.name };
    }
  }

  async function process(
    side: MessageSide,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (draining) response.setHeader("connection", "close");
    metrics.begin();
    await exchange({ routing, store }, side, request, response, report);
  }

  function report(event: MessageEvent): void {
    metrics.end();
    metrics.count(event);
    const { logger, onMessage } = current;
    try {
      onMessage?.(event);
    } catch (error) {
      // A fault of the listener must not change the answer.
      logger?.error({ cause: describeError(error) }, "onMessage threw");
    }
    if (logger) logMessage(logger, event, current.logHashKey ?? randomKey);
  }

  function handler(request: IncomingMessage, response: ServerResponse, side: Side = "participants"): void {
    if (side === "operations") {
      operations.routing(request, response);
      return;
    }
    const work = process(side, request, response)
      .catch((error: unknown) =>
        current.logger?.error({ cause: describeError(error) }, "failed after the answer"),
      )
      .finally(() => inProgress.delete(work));
    inProgress.set(work, request);
  }

  async function open(side: Side): Promise<string> {
    const { receiveMs } = routing.limits;
    const listener = await openListener(current.listen?.[side] ?? {}, receiveMs, (request, response) =>
      handler(request, response, side),
    );
    listeners.set(side, listener);
    return listener.url;
  }

  // Resolves when no message is in progress. One that is still incomplete after `receiveMs` is ended.
  async function finish(): Promise<void> {
    const timer = setTimeout(() => {
      for (const request of inProgress.values()) if (!request.complete) request.destroy();
    }, routing.limits.receiveMs);
    while (inProgress.size > 0) await Promise.allSettled(inProgress.keys());
    clearTimeout(timer);
  }

  async function shutDown(): Promise<void> {
    draining = true;
    for (const listener of listeners.values()) listener.stop();
    await finish();
    await Promise.all(Array.from(listeners.values(), (listener) => listener.close()));
    // Messages that arrived while the last connections ended.
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
      // All are settled first, so that close() knows each one that opened.
      await Promise.allSettled(opening);
      const urls = await Promise.all(opening);
      return Object.fromEntries(urls) as Record<Side, string>; // one entry for each of SIDES
    },
    async reload(next) {
      const before = routing;
      routing = compileOptions(next);
      current = next;
      for (const [side, listener] of listeners) listener.renew(next.listen?.[side]?.tls);
      await Promise.allSettled(inProgress.keys());
      await before.close();
    },
    versions,
    close: () => (closing ??= shutDown()),
    metrics: metrics.registry,
  };
}
