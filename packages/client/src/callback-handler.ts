import type { IncomingMessage, ServerResponse } from "node:http";
import { errorBody, HEADER, MAX_BODY_SIZE, statusOf } from "@mojaloop-versioning/protocol";
import { notFound, type Incoming, type Reply } from "./incoming.ts";
import type { Receive } from "./receive.ts";

/**
 * Takes callbacks on any server: `createServer(callbacks)`, `app.use(callbacks)` of express, `app.addHook("onRequest", callbacks)`
 * of fastify, or a route of fastify whose body is parsed. What is no callback is handed on, or answered 404 where there is nobody to hand it to.
 */
export interface CallbackHandler {
  (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void): void;
  (
    request: { readonly raw: IncomingMessage; readonly body?: unknown },
    reply: { readonly raw: ServerResponse; hijack(): unknown },
    done?: () => void,
  ): void;
}

/** Makes the handler. */
export function createCallbackHandler(
  receive: Receive,
  basePath: string,
  onError: (error: unknown) => void,
): CallbackHandler {
  async function respond(res: ServerResponse, reply: Promise<Reply>): Promise<void> {
    try {
      send(res, await reply);
    } catch (error) {
      if (res.destroyed) return;
      // What went wrong here is no business of the other side's: it sees the code of the standard and nothing else.
      send(res, {
        status: statusOf("2001"),
        headers: { [HEADER.contentType]: "application/json" },
        body: errorBody("2001"),
      });
      onError(error);
    }
  }

  return (
    first: (IncomingMessage | { readonly raw: IncomingMessage }) & { readonly body?: unknown },
    second: ServerResponse | { readonly raw: ServerResponse; hijack(): unknown },
    next?: () => void,
  ): void => {
    const req = "raw" in first ? first.raw : first;
    const res = "raw" in second ? second.raw : second;
    const { method = "GET", url = "/" } = req;
    const query = url.indexOf("?");
    const path = query < 0 ? url : url.slice(0, query);
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

function incomingOf(req: IncomingMessage, method: string, path: string, parsed: () => unknown): Incoming {
  return {
    method,
    path,
    // Node keeps the first of several Content-Type lines; whether they agree is for the reader to see.
    contentTypes: req.rawHeaders.filter(
      (_text, i, raw) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === HEADER.contentType,
    ),
    source: single(req.headers[HEADER.source]),
    destination: single(req.headers[HEADER.destination]),
    headers: req.headers,
    readBody: () => readBody(req, parsed),
  };
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

async function readBody(req: IncomingMessage, parsed: () => unknown): ReturnType<Incoming["readBody"]> {
  const length = Number(req.headers[HEADER.contentLength] ?? NaN);
  if (length > MAX_BODY_SIZE) return tooLarge(req);
  // A parser of the framework may have read the stream already and left its result beside it, even one of nothing.
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

// The rest is read and thrown away, so that the sender gets to see the answer.
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

function send(res: ServerResponse, { status, headers, body, afterwards }: Reply): void {
  try {
    if (res.destroyed) return;
    const text = body ? JSON.stringify(body) : "";
    res.writeHead(status, { ...headers, [HEADER.contentLength]: Buffer.byteLength(text) });
    res.end(text);
  } finally {
    afterwards?.();
  }
}
