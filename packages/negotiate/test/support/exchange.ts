import { connect } from "node:net";

/** A request as bytes: header lines are sent in this order, repeated names and all; texts are latin-1. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** A response as it came. */
export interface RawResponse {
  readonly status: number;
  /** Names in lower case; repeated lines joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends one request over a socket of its own and reads until the server closes it. */
export function exchange(port: number, request: RawRequest): Promise<RawResponse> {
  return exchangeBytes(port, bytesOf(request));
}

/** The request with what a server needs besides: Host, Content-Length and an end of the connection. */
export function bytesOf({ method, path, headers, body = "" }: RawRequest): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    "Host: hub.example",
    "Connection: close",
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === "" ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), Buffer.from(body)]);
}

export function exchangeBytes(port: number, bytes: Buffer): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(parse(Buffer.concat(chunks).toString("latin1"))));
  });
}

function parse(text: string): RawResponse {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const body = rest.join("\r\n\r\n");
  return {
    status: Number(statusLine.split(" ")[1]),
    headers,
    body: headers.get("transfer-encoding") === "chunked" ? unchunk(body) : body,
  };
}

// RFC 9112 7.1; servers under test send no trailers and no chunk extensions.
function unchunk(text: string): string {
  let body = "";
  for (let at = 0; ;) {
    const lineEnd = text.indexOf("\r\n", at);
    const size = parseInt(text.slice(at, lineEnd), 16);
    if (!(size > 0)) return body;
    body += text.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}
