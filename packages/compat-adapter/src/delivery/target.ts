import { setTimeout as delay } from "node:timers/promises";
import { Readable } from "node:stream";
import { Pool, type Dispatcher } from "undici";
import type { ClientTls } from "../server/tls.ts";

/** Bounds on what one target may use. */
export interface DeliveryLimits {
  /** Milliseconds until a message must have arrived whole, its headers within a third; 30,000 by default. Read when the ports open. */
  readonly receiveMs: number;
  /** Milliseconds until the far end must have answered, with the wait for a connection and retries; 10,000 by default. */
  readonly timeoutMs: number;
  /** Messages in progress to one target; more are answered 503 with 2003. 1,000 by default. */
  readonly inFlight: number;
  /** Connections to one target; 100 by default. */
  readonly connections: number;
  /** How often a message is sent again, byte for byte, when the connection failed; 2 by default. */
  readonly retries: number;
}

/** A base URL to which messages are delivered, with the connections to it. */
export interface DeliveryTarget {
  readonly url: string;
  /** Delivers one message. A busy target and a failed connection are results, not exceptions. */
  send(message: OutgoingMessage): Promise<Delivery>;
  close(): Promise<void>;
}

/** A message to deliver. */
export interface OutgoingMessage {
  readonly method: string;
  /** From the first slash of the API's path, query included. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: Buffer | Readable | null;
}

/** The answer of the far end, or why there is none. */
export type Delivery =
  | {
      readonly ok: true;
      readonly status: number;
      readonly contentType: string | undefined;
      readonly body: Buffer;
    }
  | {
      readonly ok: false;
      readonly reason: "busy" | "unreachable" | "timeout" | "oversized";
      readonly cause?: unknown;
    };

// An FSPIOP answer is empty or one error. Larger ones are kept whole up to the limit of messages (API Definition 3.2.1).
const MAX_ANSWER_SIZE = 5_242_880;

/** Creates a target; it connects at the first message. */
export function createTarget(url: string, limits: DeliveryLimits, tls: ClientTls = {}): DeliveryTarget {
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

  async function deliver(message: OutgoingMessage): Promise<Delivery> {
    // Only a message in memory can be sent again, byte for byte (API Definition 3.2.5.1).
    const streamed = message.body instanceof Readable;
    const attempts = streamed ? 1 : limits.retries + 1;
    // The pool limits each step of an exchange; this limits their sum and the wait for a free connection.
    let exchange: Exchange | undefined;
    let deadline: Error | undefined;
    const timer = setTimeout(
      () => {
        deadline = Object.assign(new Error("no answer in time"), { code: DEADLINE });
        exchange?.abort(deadline);
      },
      streamed ? limits.receiveMs + limits.timeoutMs : limits.timeoutMs,
    );
    try {
      for (let tried = 1; ; tried++) {
        try {
          exchange = startExchange(pool, base, message);
          const answer = await exchange.reply;
          // A success before the whole body was sent does not confirm the message.
          const incomplete = message.body instanceof Readable && !message.body.readableEnded;
          if (!incomplete || !answer.ok || answer.status >= 300) return answer;
          const cause = new Error("the answer arrived before the message was sent");
          return { ok: false, reason: "unreachable", cause };
        } catch (error) {
          const reason = isTimeout(error) ? "timeout" : "unreachable";
          if (tried >= attempts || reason === "timeout") return { ok: false, reason, cause: error };
          await delay(50 * tried);
          if (deadline) return { ok: false, reason: "timeout", cause: error };
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
      // Slow senders must not occupy the connections and places that others wait for.
      if (body instanceof Readable && streams >= limits.connections / 2) {
        try {
          body = await wholeOf(body);
        } catch (cause) {
          return { ok: false, reason: "unreachable", cause };
        }
      }
      if (inFlight >= limits.inFlight) return { ok: false, reason: "busy" };
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

// One request and its answer, in progress.
interface Exchange {
  readonly reply: Promise<Delivery>;
  /** Ends it at once, also while it waits for a connection. */
  abort(error: Error): void;
}

// An answer is small: collecting it takes far less time than the stream of `pool.request`.
function startExchange(pool: Pool, base: string, { method, path, headers, body }: OutgoingMessage): Exchange {
  const chunks: Buffer[] = [];
  let size = 0;
  let status = 0;
  let contentType: string | undefined;
  let controller: Dispatcher.DispatchController | undefined;
  let aborted: Error | undefined;
  let resolve: (delivery: Delivery) => void;
  let reject: (error: Error) => void;
  const reply = new Promise<Delivery>((onReply, onFailure) => {
    resolve = onReply;
    reject = onFailure;
  });
  const end = (): void => resolve({ ok: true, status, contentType, body: Buffer.concat(chunks) });

  pool.dispatch(
    { method, path: base + path, headers, body },
    {
      onRequestStart(given) {
        controller = given;
        if (aborted) given.abort(aborted);
      },
      onResponseStart(_controller, statusCode, fields) {
        status = statusCode; // an informational one is followed by another
        contentType = String(fields["content-type"] ?? "") || undefined;
      },
      onResponseData(given, chunk) {
        chunks.push(chunk);
        size += chunk.length;
        if (size <= MAX_ANSWER_SIZE) return;
        const cause = new Error("the answer is too large");
        resolve({ ok: false, reason: "oversized", cause });
        given.abort(cause);
      },
      onResponseEnd: end,
      onResponseError: (_controller, error) => reject(error),
    },
  );
  return {
    reply,
    abort(error) {
      aborted = error;
      reject(error);
      controller?.abort(error);
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
