import { setTimeout as delay } from "node:timers/promises";
import type { Readable } from "node:stream";
import { Pool } from "undici";
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

  async function attempt({ method, path, headers, body }: Forwarded): Promise<Sent> {
    const reply = await pool.request({
      method,
      path: base + path,
      headers,
      body,
    });
    return {
      ok: true,
      status: reply.statusCode,
      contentType: String(reply.headers["content-type"] ?? "") || undefined,
      body: await take(reply.body),
    };
  }

  return {
    url,
    async send(message) {
      if (inFlight >= limits.inFlight) return { ok: false, why: "busy" };
      inFlight += 1;
      // Only a message that we hold whole can be sent again, byte for byte (API Definition 3.2.5.1).
      const attempts = message.body === null || Buffer.isBuffer(message.body) ? limits.retries + 1 : 1;
      try {
        for (let tried = 1; ; tried++) {
          try {
            return await attempt(message);
          } catch (error) {
            const why = isTimeout(error) ? "timeout" : "unreachable";
            if (tried >= attempts || why === "timeout") return { ok: false, why, cause: error };
            await delay(50 * tried);
          }
        }
      } finally {
        inFlight -= 1;
      }
    },
    close: () => pool.close(),
  };
}

async function take(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_REPLY_SIZE) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isTimeout(error: unknown): boolean {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return (
    code === "UND_ERR_HEADERS_TIMEOUT" ||
    code === "UND_ERR_BODY_TIMEOUT" ||
    code === "UND_ERR_CONNECT_TIMEOUT"
  );
}
