import { Server, type Server as NetServer } from "node:net";

/**
 * Accepts no more connections; resolves when all are closed.
 *
 * The `close` of `node:http` also destroys connections whose answer was written but not yet read by a slow client
 * (`closeIdleConnections` in Node's lib/_http_server.js), so the one of `node:net` is called.
 */
export function stopListening(server: NetServer): Promise<void> {
  return new Promise((resolve) => {
    // Its error says that the server does not listen, which is what is wanted.
    Server.prototype.close.call(server, () => {
      resolve();
    });
  });
}
