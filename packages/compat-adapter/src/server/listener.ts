import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { errorBody, MAX_HEADER_SIZE } from "@mojaloop-versioning/protocol";
import { serverContext, type ServerTls } from "./tls.ts";

/** Where one side listens. */
export interface ListenOptions {
  readonly host?: string;
  readonly port?: number;
  /** Use TLS. A reload may change the key material, but not whether there is any. */
  readonly tls?: ServerTls;
}

/** An open port of the adapter. */
export interface Listener {
  readonly url: string;
  /** Uses other key material from the next connection on. Without TLS before or now, nothing changes. */
  renew(tls: ServerTls | undefined): void;
  /** Accepts no more connections; open ones stay. */
  stop(): void;
  /** Ends the open connections. With no message in progress, they have an incomplete message or an unread answer. */
  close(): Promise<void>;
}

/**
 * Time limits of a connection. A sender that is slow with its handshake, headers or body, or does not read, must not occupy a socket for
 * long. An idle connection stays open longer than load balancers keep theirs, so that none sends into one that closes.
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

// How long a refused sender may continue to send before its connection is closed, so that it can read the error.
const LINGER_MS = 1_000;

/** Opens a port; 127.0.0.1 and a free one by default. A message must have arrived whole after `receiveMs` milliseconds. */
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
      // An answer may still be on its way to its sender. Node itself has no time limit once it closes.
      const cut = setTimeout(() => server.closeAllConnections(), LINGER_MS);
      await end;
      clearTimeout(cut);
    },
  };
}

function secureOptions(tls: ServerTls): object {
  const clientCertificate = tls.clientCa !== undefined;
  return { ...serverContext(tls), requestCert: clientCertificate, rejectUnauthorized: clientCertificate };
}

// Called for bytes that are not a complete HTTP request. After a failed TLS handshake no answer could be read.
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  const { code = "" } = error;
  if (!socket.writable || !/^(?:HPE|ERR_HTTP)_/.test(code)) return void socket.destroy();
  const body = JSON.stringify(errorBody(code === "HPE_HEADER_OVERFLOW" ? "3104" : "3101"));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
