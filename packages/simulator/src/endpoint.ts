import { setTimeout as delay } from "node:timers/promises";
import { createNegotiator } from "@mojaloop-versioning/negotiate";
import {
  createOperationMatcher,
  errorBody,
  HEADER,
  kindOf,
  MAX_BODY_SIZE,
  MAX_HEADER_SIZE,
  pathOfTarget,
  statusOf,
  unacceptableVersion,
  type ErrorCode,
  type Operation,
} from "@mojaloop-versioning/protocol";
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from "fastify";
import type { Api } from "@mojaloop-versioning/types";
import { faultOf } from "./api.ts";
import { createFaults, type Fault } from "./fault.ts";
import type { Message } from "./message.ts";
import { createSender, type Sender } from "./sender.ts";

/** One FSPIOP party on the network: a server that takes messages and a client that sends them. */
export interface Endpoint {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Every message that it took, oldest first. */
  readonly received: readonly Message[];
  /** What went wrong inside, for a test to look at; empty when all is well. */
  readonly failures: readonly Error[];
  readonly send: Sender["send"];
  /** Does something in a moment; what it throws is one of the failures, and `close` waits for it. */
  readonly run: (work: () => unknown) => void;
  /** Resolves as soon as `found` returns something; `undefined` after `timeoutMs`. */
  readonly until: <T>(found: () => T | undefined, timeoutMs?: number) => Promise<T | undefined>;
  readonly fault: (fault: Fault) => void;
  readonly close: () => Promise<void>;
}

export interface EndpointOptions {
  readonly fspId: string;
  readonly api: Api;
  readonly port?: number;
  /** How often a message is sent again, byte for byte, where the connection fails or the answer is 503; 0 by default. */
  readonly resends?: number;
  /** Told of every message that it takes. */
  readonly onMessage?: (message: Message) => void;
  /** Acts on a message after it has been answered. */
  readonly act: (message: Message) => unknown;
}

const DEFAULT_TIMEOUT = 10_000;

/** Starts an endpoint on 127.0.0.1. */
export async function createEndpoint({
  fspId,
  api,
  port = 0,
  resends = 0,
  onMessage,
  act,
}: EndpointOptions): Promise<Endpoint> {
  const negotiator = createNegotiator({
    offer: Object.fromEntries(
      Object.entries(api.resources).map(([resource, version]) => [resource, [version]]),
    ),
    ...(api.dialect && { dialect: api.dialect }),
  });
  const match = createOperationMatcher(Object.keys(api.operations) as Operation[]); // the keys of every operations table
  const received: Message[] = [];
  const failures: Error[] = [];
  const faults = createFaults();
  const watchers = new Set<() => void>();
  const running = new Set<Promise<unknown>>();
  const sender = createSender({ fspId, api, resends });

  const server = Fastify({ bodyLimit: MAX_BODY_SIZE, http: { maxHeaderSize: MAX_HEADER_SIZE } });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  server.setErrorHandler<FastifyError>(async (error, _request, reply) => {
    const code = error.statusCode === 413 ? "3104" : "3101";
    return reply.code(statusOf(code)).send(errorBody(code));
  });
  server.all("/*", async (incoming, reply) => {
    const fault = faults.take("in", match(incoming.method, pathOfTarget(incoming.url))?.operation);
    if (fault?.delayMs !== undefined) await delay(fault.delayMs);
    if (fault?.drop) {
      incoming.raw.socket.destroy();
      return reply.hijack();
    }
    if (fault?.status !== undefined) return reply.code(fault.status).send(fault.body ?? "");
    if (fault?.speaks) return reply.code(statusOf("3001")).send(unacceptableVersion(fault.speaks));
    return take(incoming, reply);
  });

  function take(incoming: FastifyRequest, reply: FastifyReply): FastifyReply {
    const refuse = (code: ErrorCode, description: string): FastifyReply =>
      reply.code(statusOf(code)).send(errorBody(code, description));

    const agreed = negotiator.negotiate({
      method: incoming.method,
      url: incoming.url,
      headers: incoming.raw.rawHeaders,
    });
    if (!agreed.ok) return reply.code(agreed.status).headers(agreed.headers).send(agreed.body);
    const matched = match(incoming.method, pathOfTarget(incoming.url));
    if (!agreed.managed || !matched)
      return refuse("3002", `There is no ${incoming.method} ${pathOfTarget(incoming.url)}`);
    reply.headers(agreed.headers);

    const headers = flattened(incoming.headers);
    const source = headers[HEADER.source];
    if (source === undefined) return refuse("3102", "FSPIOP-Source is missing");
    let body: unknown;
    try {
      body =
        typeof incoming.body === "string" && incoming.body !== "" ? JSON.parse(incoming.body) : undefined;
    } catch {
      return refuse("3101", "The body is not JSON");
    }
    const message: Message = {
      ...matched,
      method: incoming.method,
      path: incoming.url,
      headers,
      body,
      source,
      destination: headers[HEADER.destination] || undefined,
      version: agreed.content,
    };
    const fault = faultOf(api, matched.operation, body);
    if (fault !== undefined) return refuse(fault.endsWith("is missing") ? "3102" : "3100", fault);

    received.push(message);
    onMessage?.(message);
    run(() => act(message));
    notify();
    return reply.code(kindOf(matched.operation) === "request" ? 202 : 200).send();
  }

  function run(work: () => unknown): void {
    const done = new Promise((resolve) => setImmediate(resolve))
      .then(work)
      .catch(
        (error: unknown) => void failures.push(error instanceof Error ? error : new Error(String(error))),
      )
      .finally(() => {
        running.delete(done);
        notify();
      });
    running.add(done);
  }

  function notify(): void {
    for (const watcher of watchers) watcher();
  }

  const address = await server.listen({ host: "127.0.0.1", port });

  return {
    url: address,
    received,
    failures,
    fault: faults.add,
    run,
    send(base, message) {
      const due = faults.take("out", match(message.method, pathOfTarget(message.path))?.operation);
      return sender.send(base, due?.version === undefined ? message : { ...message, version: due.version });
    },
    until(found, timeoutMs = DEFAULT_TIMEOUT) {
      return new Promise((resolve) => {
        const look = (): void => {
          const value = found();
          if (value !== undefined) finish(value);
        };
        const timer = setTimeout(() => finish(undefined), timeoutMs);
        const finish = (value: ReturnType<typeof found>): void => {
          clearTimeout(timer);
          watchers.delete(look);
          resolve(value);
        };
        watchers.add(look);
        look();
      });
    },
    async close() {
      await Promise.all(running);
      await server.close();
      await sender.close();
    },
  };
}

function flattened(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
