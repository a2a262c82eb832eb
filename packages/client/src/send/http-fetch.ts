import { request as open, type Agent, type IncomingMessage } from "node:http";
import { request as openSecurely } from "node:https";

/** Sends one request and gives its response; rejects where there is none. */
export type FetchRequest = (request: Request) => Promise<Response>;

/**
 * Makes a `fetch` on Node's own HTTP client. The global one puts an Accept for any type into every request that has none,
 * also into callbacks, where FSPIOP has no Accept (API Definition 3.2.1, Table 1) and central-services-shared refuses that one.
 */
export function createHttpFetch(agent?: Agent): FetchRequest {
  return async (request) => {
    const { method, signal } = request;
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const headers: Record<string, string | number> = Object.fromEntries(request.headers);
    if (body) headers["content-length"] = body.byteLength;
    const url = new URL(request.url);
    const start = url.protocol === "https:" ? openSecurely : open;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      start(url, { method, headers, signal, ...(agent && { agent }) }, resolve)
        .on("error", reject)
        .end(body);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk); // no encoding is set: buffers come
    return toResponse(response, Buffer.concat(chunks));
  };
}

function toResponse(
  { statusCode = 0, rawHeaders }: IncomingMessage,
  body: Uint8Array<ArrayBuffer>,
): Response {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2)
    headers.append(rawHeaders[i] ?? "", rawHeaders[i + 1] ?? "");
  return new Response(body.byteLength === 0 ? null : body, { status: statusCode, headers });
}
