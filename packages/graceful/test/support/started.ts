import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A program of the tests that runs as a process of its own. */
export interface Started {
  readonly pid: number;
  /** The first line that it printed: its port, for a service. */
  readonly line: string;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>;
  /** What it wrote on standard error. */
  readonly log: () => string;
}

const running = new Set<ChildProcess>();

/** Starts a program of this folder and waits for its first line. */
export function start(program: string, ...args: readonly string[]): Promise<Started> {
  return startWith([], {}, program, ...args);
}

/** Starts a program with `register` loaded before it. */
export function startRegistered(
  env: Readonly<Record<string, string>>,
  program: string,
  ...args: readonly string[]
): Promise<Started> {
  const register = new URL("../../src/register.ts", import.meta.url);
  return startWith(["--import", register.href], env, program, ...args);
}

async function startWith(
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
  program: string,
  ...args: readonly string[]
): Promise<Started> {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions=@mojaloop-versioning/source", ...flags, file, ...args],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } },
  );
  running.add(child);
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const exit = once(child, "exit").then(([code, signal]: (number | NodeJS.Signals | null)[]) => {
    running.delete(child);
    return code ?? signal ?? -1;
  });
  const [first] = (await Promise.race([
    once(child.stdout, "data"),
    exit.then((code) => Promise.reject(new Error(`${program} ended with ${code}: ${log}`))),
  ])) as [Buffer];
  return {
    pid: child.pid ?? 0,
    line: first.toString().trim(),
    signal: (name) => void child.kill(name),
    exit,
    log: () => log,
  };
}

/** Kills what a failed test left. */
export async function killAll(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    }),
  );
}
