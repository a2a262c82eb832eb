import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { errorBody, MAX_HEADER_SIZE } from "@mojaloop-versioning/protocol";
import type { ListenOptions } from "./options.ts";
import { serverContext, type ServerTls } from "./tls.ts";

/** A side of the adapter that is open. */
export interface Listener {
  readonly url: string;
  /** Shows other key material from the next connection on; without TLS before or now, nothing changes. */
  renew(tls: ServerTls | undefined): void;
  /** Takes no more connections; those that are open stay. */
  stop(): void;
  /** Ends the connections that are open: once nothing is under way, they hold half a message, or an answer that nobody reads. */
  close(): Promise<void>;
}

/**
 * Bounds on a connection, in milliseconds. A sender that dawdles over its handshake, headers or body holds a socket, so not for long; nor
 * does one that reads nothing. An idle connection is kept longer than balancers keep theirs, so that none sends into one that closes.
 */
function boundsOf(receiveMs: number): ServerOptions & { readonly handshakeTimeout: number } {
  const head = Math.ceil(receiveMs / 3);
  return {
    maxHeaderSize: MAX_HEADER_SIZE,
    headersTimeout: head,
    requestTimeout: receiveMs,
    handshakeTimeout: head,
    connectionsCheckingInterval: Math.min(receiveMs, 1_000),
    keepAliveTimeout: IDLE_MS,
  };
}

const IDLE_MS = 75_000;

/** How long whoever was refused may go on sending before its connection is cut, so that it can read why. */
const LINGER_MS = 1_000;

/** Opens a port; 127.0.0.1 and a free one by default. A message must have come whole after `receiveMs`. */
export async function openListener(
  { host = "127.0.0.1", port = 0, tls }: ListenOptions,
  receiveMs: number,
  handle: RequestListener,
): Promise<Listener> {
  const bounds = boundsOf(receiveMs);
  const secure = tls && createTlsServer({ ...bounds, ...secureOptions(tls) }, handle);
  const server: Server = secure ?? createServer(bounds, handle);
  server.timeout = IDLE_MS;
  server.on("clientError", refuse);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  const address = server.address() as AddressInfo; // a TCP server that listens has one
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `${secure ? "https" : "http"}://${name}:${address.port}`,
    renew: (next) => next && secure?.setSecureContext(serverContext(next)),
    stop() {
      server.close(() => ended());
      server.closeIdleConnections();
    },
    async close() {
      server.closeIdleConnections();
      // A whole answer may still be on its way to its sender. Node, once it closes, bounds nothing itself.
      const cut = setTimeout(() => server.closeAllConnections(), LINGER_MS);
      await end;
      clearTimeout(cut);
    },
  };
}

function secureOptions(tls: ServerTls): object {
  const asked = tls.clientCa !== undefined;
  return { ...serverContext(tls), requestCert: asked, rejectUnauthorized: asked };
}

// What comes here is no HTTP that can be answered by a handler; where even TLS failed, no answer would be read.
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  const { code = "" } = error;
  if (!socket.writable || !/^(?:HPE|ERR_HTTP)_/.test(code)) return void socket.destroy();
  const body = JSON.stringify(errorBody(code === "HPE_HEADER_OVERFLOW" ? "3104" : "3101"));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
