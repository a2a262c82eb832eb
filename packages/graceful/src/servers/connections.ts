import type { IncomingMessage, ServerResponse } from "node:http";
import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";

// One connection. `seen` is the number of bytes it had received when it last became idle: a greater number since then means that a
// request is half sent.
interface Connection {
  readonly active: Set<ServerResponse>;
  seen: number;
  upgraded: boolean;
}

/** The connections of a server and the answers that are not finished on them. */
export interface Connections {
  readonly size: () => number;
  /** Answers that are not finished. */
  readonly active: () => ServerResponse[];
  /** Adds an answer until its connection has taken its last byte; `onIdle` is called when it was the only one. */
  readonly begin: (socket: Socket, response: ServerResponse, onIdle: () => void) => void;
  /** Closes idle connections and half-closes upgraded ones; others are left to finish. */
  readonly closeIdle: () => void;
  readonly destroy: () => void;
}

/** Follows the connections of a server from now on. */
export function followConnections(server: EventEmitter): Connections {
  const connections = new Map<Socket, Connection>();

  function connectionOf(socket: Socket): Connection {
    const known = connections.get(socket);
    if (known) return known;
    const connection: Connection = { active: new Set(), seen: socket.bytesRead, upgraded: false };
    connections.set(socket, connection);
    socket.once("close", () => connections.delete(socket));
    return connection;
  }

  // Over TLS the raw socket comes first, and its encrypted twin when the handshake is done.
  server.on("connection", connectionOf);
  server.on("secureConnection", (socket: Socket) => {
    connectionOf(socket).seen = socket.bytesRead;
  });
  followUpgrades(server, (socket) => {
    connectionOf(socket).upgraded = true;
  });

  return {
    size: () => connections.size,
    active: () => [...connections.values()].flatMap(({ active }) => [...active]),
    begin(socket, response, onIdle) {
      const connection = connectionOf(socket);
      connection.active.add(response);
      response.once("close", () => {
        connection.active.delete(response);
        if (connection.active.size > 0) return;
        connection.seen = socket.bytesRead;
        onIdle();
      });
    },
    closeIdle() {
      for (const [socket, { active, seen, upgraded }] of connections) {
        if (upgraded) socket.end();
        else if (active.size === 0 && socket.bytesRead === seen) socket.destroySoon();
      }
    },
    destroy() {
      for (const socket of connections.keys()) socket.destroy();
    },
  };
}

// A listener for `upgrade` makes Node accept upgrades, so ours is added only beside one of the service.
function followUpgrades(server: EventEmitter, onUpgrade: (socket: Socket) => void): void {
  const follow = (): void => {
    server.prependListener("upgrade", ({ socket }: IncomingMessage) => {
      onUpgrade(socket);
    });
  };
  if (server.listenerCount("upgrade") > 0) {
    follow();
    return;
  }
  const onNew = (event: string): void => {
    if (event !== "upgrade") return;
    server.off("newListener", onNew);
    follow();
  };
  server.on("newListener", onNew);
}
