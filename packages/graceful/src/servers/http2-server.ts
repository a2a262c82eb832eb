import {
  constants,
  type Http2SecureServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { Drainable } from "./drainable.ts";
import { NOT_READY, type Probe } from "./readiness.ts";
import { stopListening } from "./stop-listening.ts";
import { takeListeners } from "./take-listeners.ts";

// RFC 9113 6.8: the highest id announces a shutdown and refuses nothing yet.
const LAST_STREAM_ID = 2 ** 31 - 1;

/** Follows the sessions and streams of an HTTP/2 server from now on. */
export function createHttp2Drainable(
  server: Http2Server | Http2SecureServer,
  isProbe: (probe: Probe) => boolean,
): Drainable {
  const sessions = new Set<ServerHttp2Session>();
  const streams = new Set<ServerHttp2Stream>();
  let phase: "serving" | "draining" | "closing" = "serving";
  let served = 0;

  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    // A balancer that has not heard of the stop yet may still connect: its first stream is served, its next goes elsewhere.
    if (phase !== "serving") session.once("stream", () => announce(session));
  });
  server.prependListener("stream", (stream) => {
    streams.add(stream);
    if (phase !== "serving") served += 1;
    stream.once("close", () => streams.delete(stream));
  });

  return {
    inFlight: () => streams.size,
    served: () => served,
    drain() {
      phase = "draining";
      sessions.forEach(announce);
      const pass = takeListeners(server, "stream");
      server.on("stream", (stream, headers, ...rest) => {
        if (!isProbe({ method: headers[":method"], url: headers[":path"] })) {
          pass(stream, headers, ...rest);
          return;
        }
        stream.respond({ ":status": 503, "content-type": "application/json" });
        stream.end(headers[":method"] === "HEAD" ? undefined : NOT_READY);
      });
    },
    close() {
      phase = "closing";
      const closed = stopListening(server);
      // Sends GOAWAY with the last stream that was taken, and closes after it.
      for (const session of sessions) session.close();
      return closed;
    },
    cut() {
      const left = { requests: streams.size, connections: sessions.size };
      for (const session of sessions) session.destroy();
      return left;
    },
  };
}

function announce(session: ServerHttp2Session): void {
  if (!session.closed && !session.destroyed) session.goaway(constants.NGHTTP2_NO_ERROR, LAST_STREAM_ID);
}
