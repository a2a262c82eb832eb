import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to the server that ends at a given command, as when the migrator is killed there. */
export interface Cut {
  readonly port: number;
  /** Commands that have passed. */
  count(): number;
  /** Number of the first command that contains a text. */
  firstWith(text: string): number | undefined;
  close(): Promise<void>;
}

/**
 * Forwards to a MySQL server until a command: that one still reaches the server, its answer does not come back, and afterwards no
 * connection is accepted. The server sees what it sees when the client is killed.
 * @param last number of the last command, from 1; Infinity never ends
 */
export async function cutAfter(target: URL, last: number): Promise<Cut> {
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined); // the end of one side is an error of the other
      socket.once("close", () => sockets.delete(socket));
    }
    upstream.pipe(client);
    upstream.once("close", () => client.destroy());
    client.once("close", () => upstream.end());
    client.on("data", (chunk: Buffer) => {
      if (isCut) return;
      // MySQL protocol, Packets: 3 bytes of length, then the number in the exchange; a command begins an exchange.
      if (chunk[3] === 0) commands.push(chunk.subarray(5, 400).toString());
      if (commands.length < last) {
        upstream.write(chunk);
        return;
      }
      isCut = true;
      upstream.unpipe(client);
      upstream.write(chunk, () => {
        for (const socket of sockets) if (socket !== upstream) socket.destroy();
        upstream.end();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port, // it listens on TCP
    count: () => commands.length,
    firstWith(text) {
      const at = commands.findIndex((command) => command.includes(text));
      return at < 0 ? undefined : at + 1;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
