import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Without a query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A server on 127.0.0.1 that accepts everything, as a DFSP or a hub does, and acts afterwards. */
export interface Listening {
  /** host:port, as the SDK takes it. */
  readonly endpoint: string;
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts a server; `act` runs after each request has been answered, and `fail` receives what it throws. */
export async function listen(
  act: (request: WireRequest) => unknown,
  fail: (failure: unknown) => void,
): Promise<Listening> {
  const server = createServer((req, res) => {
    void readText(req).then((text) => {
      const { method = "GET", url = "/" } = req;
      res.writeHead(method === "PUT" || method === "PATCH" ? 200 : 202).end();
      const headers = Object.fromEntries(
        Object.entries(req.headers).map(([name, value]) => [name, String(value)]),
      );
      const path = url.split("?", 1)[0] ?? "/";
      Promise.resolve(act({ method, path, headers, text })).catch(fail);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    endpoint: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk); // no encoding is set: buffers come
  return Buffer.concat(chunks).toString();
}
