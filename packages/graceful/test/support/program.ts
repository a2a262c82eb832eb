// Small programs for the tests of signals: node program.ts NAME. Each prints a line when it is ready.
import cluster from "node:cluster";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { graceful, type GracefulOptions } from "../../src/index.ts";

const OPTIONS: GracefulOptions = { drainMs: 400, deadlineMs: 1_500 };

function serve(server: Server = createServer((_request, response) => response.end("ok"))): Promise<Server> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve(server);
    });
  });
}

function say(line: string | number): void {
  process.stdout.write(`${line}\n`);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // it listens on TCP
}

const PROGRAMS: Record<string, () => unknown> = {
  plain: async () => {
    const server = await serve();
    graceful(server, OPTIONS);
    say(portOf(server));
  },
  // A handler that never answers.
  hanging: async () => {
    const server = await serve(createServer((_request, response) => void response.write("never")));
    graceful(server, OPTIONS);
    say(portOf(server));
  },
  throwing: async () => {
    const server = await serve(
      createServer((_request, response) => void setTimeout(() => response.end("late"), 500)),
    );
    graceful(server, {
      ...OPTIONS,
      drainMs: 1_200,
      intake: {
        consumer: () =>
          void setTimeout(() => {
            throw new Error("thrown by nobody's promise");
          }, 50),
      },
    });
    say(portOf(server));
  },
  "before-listening": () => {
    const server = createServer();
    graceful(server, OPTIONS);
    const alive = setInterval(() => undefined, 1_000);
    process.once("SIGTERM", () => {
      clearInterval(alive);
      server.listen(0, "127.0.0.1", () => process.stderr.write("listens\n"));
    });
    say("ready");
  },
  two: async () => {
    const [first, second] = [await serve(), await serve()];
    graceful(first, { ...OPTIONS, drainMs: 0 });
    graceful(second, { ...OPTIONS, resources: { slow: () => delay(600) } });
    say(portOf(first));
  },
  detached: async () => {
    graceful(await serve(), OPTIONS).detach();
    say("ready");
  },
  cluster: async () => {
    if (cluster.isPrimary) {
      const server = createServer();
      graceful(server, { ...OPTIONS, drainMs: 0 });
      // A worker that has not called `graceful` yet would end by the signal itself.
      const workers = [cluster.fork(), cluster.fork()];
      const [port] = await Promise.all(
        workers.map((worker) => new Promise<number>((resolve) => worker.once("message", resolve))),
      );
      say(port ?? 0);
      return;
    }
    const server = await serve(
      createServer((_request, response) => void setTimeout(() => response.end("worker"), 300)),
    );
    graceful(server, OPTIONS);
    process.send?.(portOf(server));
  },
  "deaf-workers": () => {
    if (cluster.isPrimary) {
      graceful(createServer(), { ...OPTIONS, drainMs: 0, deadlineMs: 300 });
      const worker = cluster.fork();
      worker.once("message", () => {
        say("ready");
      });
      return;
    }
    process.on("SIGTERM", () => undefined);
    setInterval(() => undefined, 1_000);
    process.send?.("deaf");
  },
  // The thread has a server of its own and stops with the main thread.
  thread: async () => {
    graceful(await serve(), OPTIONS);
    const thread = new Worker(new URL("./thread.mjs", import.meta.url));
    thread.once("message", say);
  },
};

await PROGRAMS[process.argv[2] ?? ""]?.();
