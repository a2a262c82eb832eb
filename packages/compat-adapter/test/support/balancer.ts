import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A balancer of TCP connections: each goes to the next of the targets that takes it. */
export interface Balancer {
  readonly url: string;
  /** Cuts every connection that is open. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

export async function startBalancer(targets: readonly string[]): Promise<Balancer> {
  const open = new Set<Socket>();
  let next = 0;
  const server = createServer((client) => {
    open.add(client);
    client.on("error", () => undefined).on("close", () => open.delete(client));
    attempt(client, targets.length);
  });
  function attempt(client: Socket, left: number): void {
    const { hostname, port } = new URL(targets[next++ % targets.length] ?? "");
    const target = connect(Number(port), hostname);
    target.once("connect", () => {
      if (client.destroyed) return void target.destroy();
      target.on("error", () => client.destroy());
      client.pipe(target).pipe(client);
      client.on("close", () => target.destroy());
      target.on("close", () => client.destroy());
    });
    target.once("error", () => {
      if (target.connecting || target.bytesRead > 0 || left <= 1) client.destroy();
      else attempt(client, left - 1);
    });
  }
  const cut = (): void => {
    for (const client of open) client.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server that listens has one
    cut,
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
