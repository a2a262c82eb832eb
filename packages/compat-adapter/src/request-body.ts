import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

/** The body of a request: whole, or still coming. */
export interface ReceivedBody {
  readonly ok: true;
  /** What has come so far; everything, where the body was asked for whole or has gone on. */
  bytes(): Buffer;
  /** Everything, once it has come; no more than has come where it was cut off or has outgrown the limit. */
  whole(): Promise<Buffer>;
  /** What to forward when nothing in it changes. */
  readonly onward: Buffer | Readable | null;
  /** Whether it has outgrown the limit on its way. */
  tooLarge(): boolean;
}

export type BodyReading = ReceivedBody | { readonly ok: false; readonly why: "too-large" | "cut" };

/** Smaller bodies are not worth a stream, and one that we hold can be sent again. */
const SMALL = 65_536;

/** Receives a body of at most `limit` bytes: whole where that is asked for or it is small, else as a stream that stops at the limit. */
export async function receiveBody(
  request: IncomingMessage,
  limit: number,
  whole: boolean,
): Promise<BodyReading> {
  const { method, headers } = request;
  const length = Number(
    headers["content-length"] ?? (headers["transfer-encoding"] === undefined ? 0 : Number.NaN),
  );
  if (length > limit) return { ok: false, why: "too-large" };
  if (length === 0) return held(Buffer.alloc(0), method);
  if (!whole && !(length <= SMALL)) return streamed(request, limit);

  const chunks: Buffer[] = [];
  const size = await collect(request, limit, chunks);
  if (size === undefined) return { ok: false, why: "cut" };
  if (size > limit) return { ok: false, why: "too-large" };
  return held(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), method);
}

function held(bytes: Buffer, method: string | undefined): ReceivedBody {
  // GET and DELETE have no body in FSPIOP (API Definition 3.2.2); one that came all the same goes no further.
  const none = method === "GET" || method === "DELETE";
  return {
    ok: true,
    bytes: () => bytes,
    whole: () => Promise.resolve(bytes),
    onward: none ? null : bytes,
    tooLarge: () => false,
  };
}

function streamed(request: IncomingMessage, limit: number): ReceivedBody {
  const chunks: Buffer[] = [];
  let size = 0;
  // Whoever ends it early, such as a far end that has answered, does not end the request.
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
        // What has come is all there is.
      }
      return Buffer.concat(chunks);
    },
    onward: Readable.from(limited(), { objectMode: false }),
    tooLarge: () => size > limit,
  };
}

/** Resolves with the size once the body has ended or outgrown the limit; `undefined` where it was cut off. */
function collect(request: IncomingMessage, limit: number, chunks: Buffer[]): Promise<number | undefined> {
  return new Promise((resolve) => {
    // It may have been cut off before anybody listened.
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
