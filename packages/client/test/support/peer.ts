import { EventEmitter, once } from "node:events";
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Version } from "@mojaloop-versioning/protocol";
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
      const one: Seen = { method, path, headers, text, body: text === "" ? undefined : JSON.parse(text) };
      seen.push(one);
      arrivals.emit("one");
      const { status = 202, body, headers: extra, drop } = await answer(one, seen.length - 1);
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

/** The refusal of API Definition 1.1, 3.3.4.3 Listing 5. */
export function refusal(...versions: Version[]): Said {
  const extension = versions.map((version) => {
    const [key = "", value = ""] = version.split(".");
    return { key, value };
  });
  return {
    status: 406,
    body: { errorInformation: { errorCode: "3001", errorDescription: "no", extensionList: { extension } } },
  };
}

/** Speaks these versions and no other. */
export function speaks(...versions: Version[]): (seen: { headers: NodeJS.Dict<string | string[]> }) => Said {
  return ({ headers }) =>
    versions.some((version) => headers["content-type"]?.toString().endsWith(`=${version}`))
      ? {}
      : refusal(...versions);
}

/** What a callback says; what is left out or undefined is not sent. */
export interface Sent {
  readonly method?: string;
  /** Content-Type, once for each. */
  readonly type?: string | string[] | undefined;
  /** Text and bytes go as they are. */
  readonly body?: unknown;
  readonly headers?: OutgoingHttpHeaders;
}

/** The answer to a callback. */
export interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: unknown;
}

/** Sends a callback as a hub does, the path as it stands. */
export async function sendCallback(base: string, path: string, sent: Sent): Promise<Reply> {
  const { method = "PUT", type, body } = sent;
  const outgoing = request(base, {
    method,
    path,
    headers: {
      ...(type !== undefined && { "content-type": type }),
      date: new Date().toUTCString(),
      "fspiop-source": "payeefsp",
      "fspiop-destination": "payerfsp",
      ...sent.headers,
    },
  });
  // The answer may come before all is sent; what becomes of the rest then is of no interest.
  outgoing.on("error", () => undefined);
  const raw = body === undefined || typeof body === "string" || body instanceof Uint8Array;
  outgoing.end(raw ? body : JSON.stringify(body));
  const [response] = (await once(outgoing, "response")) as [IncomingMessage]; // Node's documentation, event "response"
  let text = "";
  for await (const part of response.setEncoding("utf8")) text += String(part);
  return {
    status: response.statusCode,
    headers: response.headers,
    text,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

/** A media type of the vendor tree. */
export function typed(resource: string, version: string): string {
  return `application/vnd.interoperability.${resource}+json;version=${version}`;
}
