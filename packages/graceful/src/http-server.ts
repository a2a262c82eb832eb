import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { Http2SecureServer } from "node:http2";
import type { Socket } from "node:net";
import type { Drainable } from "./drainable.ts";
import { NOT_READY, type Probe } from "./readiness.ts";
import { stopListening } from "./stop-listening.ts";
import { takeListeners } from "./take-listeners.ts";

/** A server that speaks HTTP/1.1; an HTTP/2 server does so with `allowHTTP1`. */
export type Http1Server = HttpServer | HttpsServer | Http2SecureServer;

// One connection. `seen` is the number of bytes it had received when it last became idle: a greater number since then means that a
// request is half sent.
interface Connection {
  readonly active: Set<ServerResponse>;
  seen: number;
  upgraded: boolean;
}

/** Follows the connections of an HTTP/1.1 server from now on. */
export function createHttpDrainable(server: Http1Server, isProbe: (probe: Probe) => boolean): Drainable {
  const connections = new Map<Socket, Connection>();
  let phase: "serving" | "draining" | "closing" = "serving";
  let served = 0;

  const connectionOf = (socket: Socket): Connection => {
    const known = connections.get(socket);
    if (known) return known;
    const connection: Connection = { active: new Set(), seen: socket.bytesRead, upgraded: false };
    connections.set(socket, connection);
    socket.once("close", () => connections.delete(socket));
    return connection;
  };

  // Over TLS the raw socket comes first, and its encrypted twin when the handshake is done.
  server.on("connection", connectionOf);
  server.on("secureConnection", (socket: Socket) => {
    connectionOf(socket).seen = socket.bytesRead;
  });

  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    if (request.httpVersionMajor > 1) return;
    const { socket } = request;
    const connection = connectionOf(socket);
    connection.active.add(response);
    if (phase !== "serving") {
      served += 1;
      sayClose(response);
    }
    response.once("close", () => {
      connection.active.delete(response);
      if (connection.active.size > 0) return;
      connection.seen = socket.bytesRead;
      if (phase === "closing") socket.destroySoon();
    });
  });

  // A listener for `upgrade` makes Node accept upgrades, so ours is added only beside one of the service.
  const followUpgrades = (): void => {
    server.prependListener("upgrade", ({ socket }: IncomingMessage) => {
      connectionOf(socket).upgraded = true;
    });
  };
  if (server.listenerCount("upgrade") > 0) followUpgrades();
  else {
    const onNew = (event: string): void => {
      if (event !== "upgrade") return;
      server.off("newListener", onNew);
      followUpgrades();
    };
    server.on("newListener", onNew);
  }

  function inFlight(): number {
    let count = 0;
    for (const { active } of connections.values()) count += active.size;
    return count;
  }

  return {
    inFlight,
    served: () => served,
    drain() {
      phase = "draining";
      for (const { active } of connections.values()) active.forEach(sayClose);
      const pass = takeListeners(server, "request");
      server.on("request", (request: IncomingMessage, response: ServerResponse) => {
        if (request.httpVersionMajor > 1 || !isProbe(request)) pass(request, response);
        else
          response.writeHead(503, { "content-type": "application/json", connection: "close" }).end(NOT_READY);
      });
    },
    close() {
      phase = "closing";
      const closed = stopListening(server);
      for (const [socket, { active, seen, upgraded }] of connections) {
        if (upgraded) socket.end();
        else if (active.size === 0 && socket.bytesRead === seen) socket.destroySoon();
      }
      return closed;
    },
    cut() {
      const left = { requests: inFlight(), connections: connections.size };
      for (const socket of connections.keys()) socket.destroy();
      return left;
    },
  };
}

// Node writes `Connection: close` and closes after this answer. The header as well, for frameworks that look at it.
function sayClose(response: ServerResponse): void {
  if (response.headersSent) return;
  response.shouldKeepAlive = false;
  response.setHeader("connection", "close");
}
