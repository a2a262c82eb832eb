import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { freePort } from "./free-port.ts";

/** A redis-server of our own on a free port of 127.0.0.1. */
export interface RedisServer {
  readonly url: string;
  /** Ends it as a power cut does. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port: empty, or with what its folder holds. */
  readonly restart: () => Promise<void>;
  /** Stops its process as it is, and lets it go on. */
  readonly pause: () => void;
  readonly resume: () => void;
}

/** Without a `folder` it keeps nothing on any disk; with one, every command before it is answered. */
export async function startRedis(folder?: string): Promise<RedisServer> {
  const port = await freePort();
  let child = await run(port, folder);
  return {
    url: `redis://127.0.0.1:${port}`,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    async restart() {
      child = await run(port, folder);
    },
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
  };
}

async function run(port: number, folder: string | undefined): Promise<ChildProcess> {
  const kept = folder === undefined ? ["--appendonly", "no"] : ["--appendonly", "yes", "--dir", folder];
  const child = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--save", "", ...kept],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("redis-server ended at once")));
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("Ready to accept connections")) resolve();
    });
  });
  return child;
}
