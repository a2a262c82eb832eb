import { once } from "node:events";
import { createServer } from "node:net";

/**
 * A port that is free now and stays so while whoever listens on it is away: below the range from which systems take the ports of
 * outgoing connections, so that no connection of the test itself can sit on it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!free) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}
