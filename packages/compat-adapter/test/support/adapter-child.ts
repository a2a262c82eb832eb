import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Side } from "../../src/index.ts";
import { freePort } from "./free-port.ts";

/** An adapter that can die and come back on the same ports. */
export interface AdapterChild {
  readonly urls: Readonly<Record<Side, string>>;
  readonly start: () => Promise<void>;
  /** Ends it as a power cut does. */
  readonly kill: () => Promise<void>;
  /** Asks it to end: what is under way is finished first. */
  readonly drain: () => Promise<void>;
  /** Stops its process as it is, and lets it go on. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** What it holds after a garbage collection; it must have been given `--expose-gc`. */
  readonly memory: () => Promise<NodeJS.MemoryUsage>;
  /** The exit codes and signals with which it ended unasked. */
  readonly crashes: readonly string[];
}

/** What the configuration says beside the ports. */
export interface ChildConfig {
  readonly hub: { readonly url: string; readonly version: string };
  readonly participants: Readonly<Record<string, object>>;
  readonly [member: string]: unknown;
}

const SOURCE = fileURLToPath(new URL("adapter-process.ts", import.meta.url));

/** The adapter of this source in one file, so that a start costs no compiling; other packages stay outside. */
async function buildProgram(): Promise<string> {
  const outfile = fileURLToPath(
    new URL(`../../node_modules/.cache/adapter-process-${process.pid}.mjs`, import.meta.url),
  );
  const { dependencies } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  ) as {
    dependencies: object;
  }; // our own
  await build({
    entryPoints: [SOURCE],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["@mojaloop-versioning/source"],
    external: Object.keys(dependencies).filter((name) => !name.startsWith("@mojaloop-versioning/")),
  });
  return outfile;
}

let program: Promise<string> | undefined;

export async function createAdapterChild(
  file: string,
  config: ChildConfig,
  execArgv: readonly string[] = [],
): Promise<AdapterChild> {
  const [participants, hub, operations] = [await freePort(), await freePort(), await freePort()];
  const listen = {
    participants: { port: participants },
    hub: { port: hub },
    operations: { port: operations },
  };
  writeFileSync(file, JSON.stringify({ ...config, listen, log: { level: "silent" } }));
  const url = (port: number): string => `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const asked = new WeakSet<ChildProcess>();
  const crashes: string[] = [];
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    asked.add(child);
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
  return {
    crashes,
    urls: { participants: url(participants), hub: url(hub), operations: url(operations) },
    async start() {
      const started = fork(await (program ??= buildProgram()), [file], { execArgv: [...execArgv] });
      child = started;
      started.once("exit", (code, signal) => {
        if (!asked.has(started)) crashes.push(String(signal ?? code));
      });
      const [said] = (await Promise.race([once(started, "message"), once(started, "exit")])) as [unknown]; // the first argument
      if (said !== "ready") throw new Error(`the adapter ended with ${String(said)}`);
    },
    kill: () => end("SIGKILL"),
    drain: () => end("SIGTERM"),
    pause: () => void child?.kill("SIGSTOP"),
    async memory() {
      if (!child) throw new Error("the adapter was not started");
      child.send("memory");
      const [usage] = (await once(child, "message")) as [NodeJS.MemoryUsage]; // see adapter-process.ts
      return usage;
    },
    resume: () => void child?.kill("SIGCONT"),
  };
}
