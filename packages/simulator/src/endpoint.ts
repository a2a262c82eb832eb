import { setTimeout as delay } from "node:timers/promises";
import { createNegotiator, requestHeaders, callbackHeaders } from "@mojaloop-versioning/negotiate";
import {
  createOperationMatcher,
  errorBody,
  HEADER,
  kindOf,
  MAX_BODY_SIZE,
  MAX_HEADER_SIZE,
  resourceOf,
  statusOf,
  type ErrorCode,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from "fastify";
import { Agent, request } from "undici";
import type { Api } from "@mojaloop-versioning/types";
import { createFaults, type Fault } from "./fault.ts";
import type { Message, Outgoing, Reply } from "./message.ts";

/** One FSPIOP party on the network: a server that takes messages and a client that sends them. */
export interface Endpoint {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Every message that it took, oldest first. */
  readonly received: readonly Message[];
  /** What went wrong inside, for a test to look at; empty when all is well. */
  readonly failures: readonly Error[];
  readonly send: (base: string, message: Outgoing & { readonly source?: string }) => Promise<Reply>;
  /** Resolves as soon as `found` returns something; `undefined` after `timeoutMs`. */
  readonly until: <T>(found: () => T | undefined, timeoutMs?: number) => Promise<T | undefined>;
  readonly fault: (fault: Fault) => void;
  readonly close: () => Promise<void>;
}

export interface EndpointOptions {
  readonly fspId: string;
  readonly api: Api;
  readonly port?: number;
  /** Says what is wrong with a message before it is taken; the answer is then a refusal. */
  readonly check?: (message: Message) => { code: ErrorCode; description: string } | undefined;
  /** Acts on a message after it has been answered. */
  readonly act: (message: Message) => unknown;
}

const DEFAULT_TIMEOUT = 10_000;

/** Starts an endpoint on 127.0.0.1. */
export async function createEndpoint({
  fspId,
  api,
  port = 0,
  check,
  act,
}: EndpointOptions): Promise<Endpoint> {
  const negotiator = createNegotiator({
    offer: Object.fromEntries(
      Object.entries(api.resources).map(([resource, version]) => [resource, [version]]),
    ),
  });
  const match = createOperationMatcher(Object.keys(api.operations) as Operation[]); // the keys of every operations table
  const received: Message[] = [];
  const failures: Error[] = [];
  const faults = createFaults();
  const watchers = new Set<() => void>();
  const running = new Set<Promise<unknown>>();
  const agent = new Agent({ connections: 64 });

  const server = Fastify({ bodyLimit: MAX_BODY_SIZE, http: { maxHeaderSize: MAX_HEADER_SIZE } });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  server.setErrorHandler<FastifyError>(async (error, _request, reply) => {
    const code = error.statusCode === 413 ? "3104" : "3101";
    return reply.code(statusOf(code)).send(errorBody(code));
  });
  server.all("/*", async (incoming, reply) => {
    const fault = faults.take(match(incoming.method, pathOf(incoming.url))?.operation);
    if (fault?.delayMs !== undefined) await delay(fault.delayMs);
    if (fault?.drop) {
      incoming.raw.socket.destroy();
      return reply.hijack();
    }
    if (fault?.status !== undefined) return reply.code(fault.status).send(fault.body ?? "");
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
    const matched = match(incoming.method, pathOf(incoming.url));
    if (!agreed.managed || !matched)
      return refuse("3002", `There is no ${incoming.method} ${pathOf(incoming.url)}`);
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
    const wrong = check?.(message);
    if (wrong) return refuse(wrong.code, wrong.description);

    received.push(message);
    const work = new Promise((resolve) => setImmediate(resolve))
      .then(() => act(message))
      .catch(
        (error: unknown) => void failures.push(error instanceof Error ? error : new Error(String(error))),
      )
      .finally(() => {
        running.delete(work);
        notify();
      });
    running.add(work);
    notify();
    return reply.code(kindOf(matched.operation) === "request" ? 202 : 200).send();
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
    async send(base, message) {
      const resource = resourceOf(`${message.method} /${pathOf(message.path).slice(1)}`);
      const version = message.version ?? ownVersion(api, resource);
      const envelope = {
        source: message.source ?? fspId,
        ...(message.destination !== undefined && { destination: message.destination }),
      };
      const isCallback = message.method === "PUT" || message.method === "PATCH";
      const headers = isCallback
        ? callbackHeaders({ resource, version, dialect: "fspiop" }, envelope)
        : requestHeaders({ resource, content: version }, envelope);
      const reply = await request(base + message.path, {
        dispatcher: agent,
        method: message.method,
        headers: merged(headers, message.headers),
        body: message.body === undefined ? null : JSON.stringify(message.body),
      });
      return {
        status: reply.statusCode,
        headers: flattened(reply.headers),
        body: readJson(await reply.body.text()),
      };
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
      await agent.close();
    },
  };
}

function ownVersion(api: Api, resource: string): Version {
  const version = api.resources[resource];
  if (version === undefined) throw new RangeError(`${api.id} has no resource "${resource}"`);
  return version;
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}

function flattened(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function merged(
  headers: Readonly<Record<string, string>>,
  extra: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const all = new Map<string, string | undefined>(Object.entries(headers));
  for (const [name, value] of Object.entries(extra)) all.set(name.toLowerCase(), value);
  return Object.fromEntries(
    Array.from(all).filter((field): field is [string, string] => field[1] !== undefined),
  );
}

function readJson(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
