import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

/** The body of a request: in memory, or a stream. */
export interface ReceivedBody {
  readonly ok: true;
  /** What has arrived so far; everything, if the body was read whole or has been forwarded. */
  bytes(): Buffer;
  /** Reads to the end; less if the sender stops early or the limit is exceeded. */
  whole(): Promise<Buffer>;
  /** What to forward if nothing in it changes; `null` for no body. */
  readonly forwardable: Buffer | Readable | null;
  /** Whether a streamed body exceeded the limit. */
  tooLarge(): boolean;
}

/** A received body, or why there is none. */
export type BodyResult = ReceivedBody | { readonly ok: false; readonly reason: "too-large" | "incomplete" };

// Smaller bodies are read whole: that is cheaper than a stream, and they can be sent again.
const SMALL = 65_536;

/** Receives a body of at most `limit` bytes: whole if `whole` is set or it is small, else as a stream that ends at the limit. */
export async function receiveBody(
  request: IncomingMessage,
  limit: number,
  whole: boolean,
): Promise<BodyResult> {
  const { method, headers } = request;
  const length = Number(
    headers["content-length"] ?? (headers["transfer-encoding"] === undefined ? 0 : Number.NaN),
  );
  if (length > limit) return { ok: false, reason: "too-large" };
  if (length === 0) return held(Buffer.alloc(0), method);
  if (!whole && !(length <= SMALL)) return streamed(request, limit);

  const chunks: Buffer[] = [];
  const size = await collect(request, limit, chunks);
  if (size === undefined) return { ok: false, reason: "incomplete" };
  if (size > limit) return { ok: false, reason: "too-large" };
  return held(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), method);
}

function held(bytes: Buffer, method: string | undefined): ReceivedBody {
  // GET and DELETE have no body in FSPIOP (API Definition 3.2.2); one that is sent anyway is not forwarded.
  const none = method === "GET" || method === "DELETE";
  return {
    ok: true,
    bytes: () => bytes,
    whole: () => Promise.resolve(bytes),
    forwardable: none ? null : bytes,
    tooLarge: () => false,
  };
}

function streamed(request: IncomingMessage, limit: number): ReceivedBody {
  const chunks: Buffer[] = [];
  let size = 0;
  // A reader that stops early, such as a far end that has answered, must not end the request.
  async function* limited(): AsyncGenerator<Buffer> {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw new RangeError("the body is larger than the limit");
      chunks.push(chunk);
      yield chunk;
    }
  }
  return {
    ok: true,
    bytes: () => Buffer.concat(chunks),
    async whole() {
      const rest = limited();
      try {
        while (!(await rest.next()).done);
      } catch {
        // The sender stopped, or the limit was exceeded.
      }
      return Buffer.concat(chunks);
    },
    forwardable: Readable.from(limited(), { objectMode: false }),
    tooLarge: () => size > limit,
  };
}

// Resolves with the size once the body has ended or exceeded the limit; `undefined` if the sender stopped early.
function collect(request: IncomingMessage, limit: number, chunks: Buffer[]): Promise<number | undefined> {
  return new Promise((resolve) => {
    // The connection may have ended before this runs.
    if (request.destroyed) resolve(undefined);
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      request.pause();
      resolve(size);
    });
    request.once("end", () => resolve(size));
    request.once("error", () => resolve(undefined));
    request.once("close", () => resolve(undefined));
  });
}
