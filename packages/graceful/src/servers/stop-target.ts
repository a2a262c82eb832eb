import type { EventEmitter } from "node:events";
import { Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { Http2SecureServer, Http2Server } from "node:http2";
import { Server as NetServer } from "node:net";
import { Server as TlsServer } from "node:tls";
import type { Drainable } from "./drainable.ts";
import { createHttp2Drainable } from "./http2-server.ts";
import { createHttpDrainable } from "./http-server.ts";
import { createProbeTest } from "./readiness.ts";

/** A server of Node itself. */
export type NodeServer = HttpServer | HttpsServer | Http2Server | Http2SecureServer;

/** The part of a fastify instance that is used. */
export interface FastifyLike {
  readonly server: unknown;
  close(): unknown;
}

/** The part of a hapi server that is used. */
export interface HapiLike {
  readonly listener: unknown;
  stop(options?: { timeout?: number }): Promise<void>;
}

/** What `graceful` can stop. */
export type GracefulServer = NodeServer | FastifyLike | HapiLike;

/** A server of Node with the function that ends its framework. */
export interface StopTarget {
  readonly server: NodeServer;
  readonly drainable: Drainable;
  /** Runs the framework's own hooks; called when no connection is left. */
  readonly end: () => unknown;
}

/**
 * Finds the server of Node in what was given.
 * @throws TypeError for anything else
 */
export function targetOf(given: unknown, readinessPaths: readonly string[]): StopTarget {
  const { server, end } = unwrap(given);
  const isProbe = createProbeTest(readinessPaths);
  return { server, end, drainable: drainableOf(server, isProbe) };
}

/** The server of Node in what was given. */
export function unwrap(given: unknown): Pick<StopTarget, "server" | "end"> {
  if (isNodeServer(given)) return { server: given, end: () => undefined };
  if (isObject(given)) {
    if (isNodeServer(given["listener"]) && typeof given["stop"] === "function") {
      const hapi = given as unknown as HapiLike; // it has both members of one
      // Its own wait is not needed: no connection is left.
      return { server: given["listener"], end: () => hapi.stop({ timeout: 0 }) };
    }
    if (isNodeServer(given["server"]) && typeof given["close"] === "function") {
      const fastify = given as unknown as FastifyLike; // it has both members of one
      return { server: given["server"], end: () => fastify.close() };
    }
  }
  throw new TypeError(
    typeof given === "function"
      ? "graceful takes a server, not an application: pass what app.listen() returns"
      : "graceful takes a server of node:http, https or http2, a fastify instance or a hapi server",
  );
}

function drainableOf(server: NodeServer, isProbe: ReturnType<typeof createProbeTest>): Drainable {
  if (server instanceof HttpServer || !isHttp2(server)) return createHttpDrainable(server, isProbe);
  const sessions = createHttp2Drainable(server, isProbe);
  // With `allowHTTP1`, which cannot be seen from outside, it has connections of both kinds.
  return server instanceof TlsServer ? both(sessions, createHttpDrainable(server, isProbe)) : sessions;
}

function both(a: Drainable, b: Drainable): Drainable {
  return {
    inFlight: () => a.inFlight() + b.inFlight(),
    served: () => a.served() + b.served(),
    drain() {
      a.drain();
      b.drain();
    },
    close: async () => {
      await Promise.all([a.close(), b.close()]);
    },
    cut() {
      const [first, second] = [a.cut(), b.cut()];
      // The sockets are the same.
      return { requests: first.requests + second.requests, connections: second.connections };
    },
  };
}

// `node:http2` exports no class of its servers; both kinds have this method and http servers do not.
function isHttp2(server: EventEmitter): server is Http2Server | Http2SecureServer {
  return "updateSettings" in server;
}

/** Whether a value is a server of `node:http`, `https` or `http2`. */
export function isNodeServer(value: unknown): value is NodeServer {
  return value instanceof NetServer && ("updateSettings" in value || "maxHeadersCount" in value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
