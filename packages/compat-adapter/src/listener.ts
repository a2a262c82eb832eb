import { createServer, type RequestListener, type Server } from "node:http";
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
  closeIdleConnections(): void;
  /** Takes no more connections, and resolves when the last one has ended. */
  close(): Promise<void>;
}

/** A sender that dawdles over its handshake, headers or body holds a socket, so not for long; in milliseconds. */
export const PATIENCE: Readonly<
  Record<"maxHeaderSize" | "headersTimeout" | "requestTimeout" | "handshakeTimeout", number>
> = {
  maxHeaderSize: MAX_HEADER_SIZE,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  handshakeTimeout: 10_000,
};

/** Opens a port; 127.0.0.1 and a free one by default. */
export async function openListener(
  { host = "127.0.0.1", port = 0, tls }: ListenOptions,
  handle: RequestListener,
): Promise<Listener> {
  const secure = tls && createTlsServer({ ...PATIENCE, ...secureOptions(tls) }, handle);
  const server: Server = secure ?? createServer(PATIENCE, handle);
  server.on("clientError", refuse);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  const address = server.address() as AddressInfo; // a TCP server that listens has one
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `${secure ? "https" : "http"}://${name}:${address.port}`,
    renew: (next) => next && secure?.setSecureContext(serverContext(next)),
    closeIdleConnections: () => server.closeIdleConnections(),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
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
}
