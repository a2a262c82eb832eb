import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request as a peer saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
  readonly text: string;
}

/** What a peer answers; without a status, 202. `drop` closes the connection instead. */
export interface Said {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly drop?: true;
}

/** Serves on a free port of 127.0.0.1 until the test is over; gives the base URL. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer({ maxHeaderSize: 65_536 }, listener);
  await listen(server);
  return urlOf(server);
}

/** Listens on a free port of 127.0.0.1 until the test is over. */
export async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => stop(server));
}

export function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

export function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port, not on a pipe
}

/** The other side. */
export interface Peer {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Resolves when it has seen so many requests. */
  until(count: number): Promise<void>;
}

/** Starts the other side: keeps what it saw and answers as told. */
export async function startPeer(
  answer: (seen: Seen, index: number) => Said | Promise<Said> = () => ({}),
): Promise<Peer> {
  const seen: Seen[] = [];
  const arrivals = new EventEmitter();
  const url = await serve((req, res) => {
    void (async () => {
      let text = "";
      for await (const chunk of req.setEncoding("utf8")) text += String(chunk);
      const { method = "", url: path = "", headers } = req;
      const request: Seen = { method, path, headers, text, body: text === "" ? undefined : JSON.parse(text) };
      seen.push(request);
      arrivals.emit("one");
      const { status = 202, body, headers: extra, drop } = await answer(request, seen.length - 1);
      if (drop) {
        req.socket.destroy();
        return;
      }
      res.writeHead(status, { ...extra }).end(body === undefined ? undefined : JSON.stringify(body));
    })();
  });
  return {
    url,
    seen,
    async until(count) {
      while (seen.length < count) await once(arrivals, "one");
    },
  };
}

/** Sends a callback as a hub does; what is given as undefined is left out. */
export async function sendCallback(
  base: string,
  path: string,
  {
    method = "PUT",
    type,
    body,
    headers = {},
  }: {
    method?: string;
    type?: string | undefined;
    body?: unknown;
    headers?: Readonly<Record<string, string>>;
  },
): Promise<{ status: number; type: string | null; headers: Headers; body: unknown; text: string }> {
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(type !== undefined && { "content-type": type }),
      date: new Date().toUTCString(),
      "fspiop-source": "payeefsp",
      "fspiop-destination": "payerfsp",
      ...headers,
    },
    // As bytes: to a text fetch would add a Content-Type.
    body: body === undefined ? null : Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
    text,
  };
}

/** A media type of the vendor tree. */
export function typed(resource: string, version: string): string {
  return `application/vnd.interoperability.${resource}+json;version=${version}`;
}
