import { setTimeout as delay } from "node:timers/promises";
import { Readable } from "node:stream";
import { Pool, type Dispatcher } from "undici";
import type { Limits } from "./options.ts";
import type { ClientTls } from "./tls.ts";

/** A base URL to which messages are forwarded, with the connections to it. */
export interface Target {
  readonly url: string;
  /** Forwards one message; a busy target and a broken connection are outcomes. */
  send(message: Forwarded): Promise<Sent>;
  close(): Promise<void>;
}

/** A message as it goes on. */
export interface Forwarded {
  readonly method: string;
  /** From the first slash of the API's path, query included. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: Buffer | Readable | null;
}

/** What the far end answered, or why there is no answer. */
export type Sent =
  | {
      readonly ok: true;
      readonly status: number;
      readonly contentType: string | undefined;
      readonly body: Buffer;
    }
  | { readonly ok: false; readonly why: "busy" | "unreachable" | "timeout"; readonly cause?: unknown };

const MAX_REPLY_SIZE = 262_144; // FSPIOP answers are empty or one error body

/** Opens a target; nothing is connected before the first message. */
export function createTarget(url: string, limits: Limits, tls: ClientTls = {}): Target {
  const { origin, pathname } = new URL(url);
  const base = pathname.endsWith("/") ? pathname.slice(0, -1) : pathname;
  const pool = new Pool(origin, {
    connections: limits.connections,
    headersTimeout: limits.timeoutMs,
    bodyTimeout: limits.timeoutMs,
    connect: { ...tls, timeout: limits.timeoutMs },
  });
  let inFlight = 0;
  let streams = 0;

  async function deliver(message: Forwarded): Promise<Sent> {
    // Only a message that we hold whole can be sent again, byte for byte (API Definition 3.2.5.1).
    const streamed = message.body instanceof Readable;
    const attempts = streamed ? 1 : limits.retries + 1;
    // The pool bounds each step of an exchange; this bounds their sum, with the wait for a free connection.
    let exchange: Exchange | undefined;
    let late: Error | undefined;
    const timer = setTimeout(
      () => {
        late = Object.assign(new Error("no answer in time"), { code: DEADLINE });
        exchange?.cut(late);
      },
      streamed ? limits.receiveMs + limits.timeoutMs : limits.timeoutMs,
    );
    try {
      for (let tried = 1; ; tried++) {
        try {
          exchange = startExchange(pool, base, message);
          const sent = await exchange.reply;
          // Taken before it had come whole, it is no message that is handed on.
          const cut = message.body instanceof Readable && !message.body.readableEnded;
          if (!cut || !sent.ok || sent.status >= 300) return sent;
          return { ok: false, why: "unreachable", cause: new Error("the answer came before the message") };
        } catch (error) {
          const why = isTimeout(error) ? "timeout" : "unreachable";
          if (tried >= attempts || why === "timeout") return { ok: false, why, cause: error };
          await delay(50 * tried);
          if (late) return { ok: false, why: "timeout", cause: error };
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    url,
    async send(message) {
      let { body } = message;
      // Slow senders must hold neither the connections nor the places that others wait for.
      if (body instanceof Readable && streams >= limits.connections / 2) {
        try {
          body = await wholeOf(body);
        } catch (cause) {
          return { ok: false, why: "unreachable", cause };
        }
      }
      if (inFlight >= limits.inFlight) return { ok: false, why: "busy" };
      const stream = body instanceof Readable ? 1 : 0;
      inFlight += 1;
      streams += stream;
      try {
        return await deliver({ ...message, body });
      } finally {
        inFlight -= 1;
        streams -= stream;
      }
    },
    close: () => pool.close(),
  };
}

async function wholeOf(body: Readable): Promise<Buffer> {
  return Buffer.concat((await body.toArray()) as Buffer[]); // a stream of bytes
}

/** One request and its answer, under way. */
interface Exchange {
  readonly reply: Promise<Sent>;
  /** Ends it at once, even where it waits for a connection. */
  cut(reason: Error): void;
}

// An answer is small, so it takes no stream as that of `pool.request` is, and far less time.
function startExchange(pool: Pool, base: string, { method, path, headers, body }: Forwarded): Exchange {
  const chunks: Buffer[] = [];
  let size = 0;
  let status = 0;
  let contentType: string | undefined;
  let controller: Dispatcher.DispatchController | undefined;
  let over: Error | undefined;
  let resolve: (sent: Sent) => void;
  let reject: (reason: Error) => void;
  const reply = new Promise<Sent>((onReply, onFailure) => {
    resolve = onReply;
    reject = onFailure;
  });
  const end = (): void => resolve({ ok: true, status, contentType, body: Buffer.concat(chunks) });

  pool.dispatch(
    { method, path: base + path, headers, body },
    {
      onRequestStart(given) {
        controller = given;
        if (over) given.abort(over);
      },
      onResponseStart(_controller, statusCode, fields) {
        status = statusCode; // an informational one is followed by another
        contentType = String(fields["content-type"] ?? "") || undefined;
      },
      onResponseData(given, chunk) {
        chunks.push(chunk);
        size += chunk.length;
        if (size <= MAX_REPLY_SIZE) return;
        end();
        given.abort(new Error("the answer is too large"));
      },
      onResponseEnd: end,
      onResponseError: (_controller, error) => reject(error),
    },
  );
  return {
    reply,
    cut(reason) {
      over = reason;
      reject(reason);
      controller?.abort(reason);
    },
  };
}

const DEADLINE = "DEADLINE";

function isTimeout(error: unknown): boolean {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return (
    code === DEADLINE ||
    code === "UND_ERR_HEADERS_TIMEOUT" ||
    code === "UND_ERR_BODY_TIMEOUT" ||
    code === "UND_ERR_CONNECT_TIMEOUT"
  );
}
