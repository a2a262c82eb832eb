import type { IncomingMessage, ServerResponse } from "node:http";
import { HEADER, MAX_BODY_SIZE, pathOfTarget } from "@mojaloop-versioning/protocol";
import { internalError, notFound, type HttpReply, type IncomingHttp } from "./incoming.ts";
import type { Receive } from "./receive.ts";

/**
 * Takes messages on any server: `createServer(handler)`, `app.use(handler)` of express, `app.addHook("onRequest", handler)` of
 * fastify, or a route of fastify whose body is parsed. Other requests go to the next handler, or are answered 404 where there is none.
 */
export interface MessageHandler {
  (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void): void;
  (
    request: { readonly raw: IncomingMessage; readonly body?: unknown },
    reply: { readonly raw: ServerResponse; hijack(): unknown },
    done?: () => void,
  ): void;
}

interface HandlerOptions {
  /** The parts that may take a message; the first one that does not return `undefined` has it. */
  readonly receivers: readonly Receive[];
  readonly basePath: string;
  readonly onError: (error: unknown) => void;
}

/** Makes the handler. */
export function createMessageHandler({ receivers, basePath, onError }: HandlerOptions): MessageHandler {
  async function respond(res: ServerResponse, reply: Promise<HttpReply>): Promise<void> {
    try {
      send(res, await reply);
    } catch (error) {
      if (res.destroyed) return;
      send(res, internalError());
      onError(error);
    }
  }

  function receive(incoming: IncomingHttp): Promise<HttpReply> | undefined {
    for (const receiver of receivers) {
      const reply = receiver(incoming);
      if (reply) return reply;
    }
    return undefined;
  }

  return (
    first: (IncomingMessage | { readonly raw: IncomingMessage }) & { readonly body?: unknown },
    second: ServerResponse | { readonly raw: ServerResponse; hijack(): unknown },
    next?: () => void,
  ): void => {
    const req = "raw" in first ? first.raw : first;
    const res = "raw" in second ? second.raw : second;
    const { method = "GET", url = "/" } = req;
    const path = pathOfTarget(url);
    const reply = path.startsWith(`${basePath}/`)
      ? receive(incomingOf(req, method, path.slice(basePath.length), () => first.body))
      : undefined;
    if (!reply && next) {
      next();
      return;
    }
    if ("hijack" in second) second.hijack();
    void respond(res, reply ?? Promise.resolve(notFound(method, path)));
  };
}

function incomingOf(req: IncomingMessage, method: string, path: string, parsed: () => unknown): IncomingHttp {
  const { url = "", rawHeaders, headers } = req;
  const query = url.indexOf("?");
  return {
    method,
    path,
    query: query < 0 ? {} : Object.fromEntries(new URLSearchParams(url.slice(query))),
    // Node keeps the first of several Content-Type lines; the reader checks whether they agree. Servers without a socket, such as
    // injection tools, may have no raw headers.
    rawHeaders: (rawHeaders as string[] | undefined)?.length ? rawHeaders : flattened(headers),
    headers,
    readBody: () => readBody(req, parsed),
  };
}

function flattened(headers: IncomingMessage["headers"]): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((line) => [name, line]),
  );
}

async function readBody(req: IncomingMessage, parsed: () => unknown): ReturnType<IncomingHttp["readBody"]> {
  const length = Number(req.headers[HEADER.contentLength] ?? NaN);
  if (length > MAX_BODY_SIZE) return tooLarge(req);
  // A parser of the framework may have read the stream already and put its result on the request, even an empty one.
  if (req.readableEnded) return length === 0 ? { text: "" } : decode(parsed());
  const chunks: Buffer[] = [];
  let size = 0;
  // No encoding is set, so what comes are buffers.
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_SIZE) return tooLarge(req);
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}

// The rest is read and discarded, so that the sender can read the answer.
function tooLarge(req: IncomingMessage): "too large" {
  req.resume();
  return "too large";
}

function decode(body: unknown): { readonly text: string } | "not text" {
  if (!(body instanceof Uint8Array))
    return { text: typeof body === "string" ? body : JSON.stringify(body ?? "") };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(body) };
  } catch {
    return "not text";
  }
}

function send(res: ServerResponse, { status, headers, body, afterwards }: HttpReply): void {
  try {
    if (res.destroyed) return;
    const text = body ? JSON.stringify(body) : "";
    res.writeHead(status, { ...headers, [HEADER.contentLength]: Buffer.byteLength(text) });
    res.end(text);
  } finally {
    afterwards?.();
  }
}
