import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { Http2SecureServer } from "node:http2";
import { followConnections } from "./connections.ts";
import type { Drainable } from "./drainable.ts";
import { NOT_READY, type Probe } from "./readiness.ts";
import { stopListening } from "./stop-listening.ts";
import { takeListeners } from "./take-listeners.ts";

/** A server that speaks HTTP/1.1; an HTTP/2 server does so with `allowHTTP1`. */
export type Http1Server = HttpServer | HttpsServer | Http2SecureServer;

/** Follows the requests of an HTTP/1.1 server from now on. */
export function createHttpDrainable(server: Http1Server, isProbe: (probe: Probe) => boolean): Drainable {
  const connections = followConnections(server);
  let phase: "serving" | "draining" | "closing" = "serving";
  let served = 0;

  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    if (request.httpVersionMajor > 1) return;
    const { socket } = request;
    if (phase !== "serving") {
      served += 1;
      sayClose(response);
    }
    connections.begin(socket, response, () => {
      if (phase === "closing") socket.destroySoon();
    });
  });

  return {
    inFlight: () => connections.active().length,
    served: () => served,
    drain() {
      phase = "draining";
      connections.active().forEach(sayClose);
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
      connections.closeIdle();
      return closed;
    },
    cut() {
      const left = { requests: connections.active().length, connections: connections.size() };
      connections.destroy();
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
