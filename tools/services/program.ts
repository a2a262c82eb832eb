import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { Socket } from "node:net";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** Where a process runs, and its whole environment; those of this process by default. */
export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A server process in a process group of its own. */
export interface Program {
  readonly pid: number;
  readonly child: ChildProcess;
  /** The last 20,000 characters that it wrote. */
  output(): string;
  /** Polls until the probe answers true. @throws Error when the process ends, or after `seconds`, with its output */
  ready(probe: () => Promise<boolean>, seconds: number): Promise<void>;
  /** SIGTERM or another signal, then SIGKILL to its group after 30 seconds. Removes its folder. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const KEPT_OUTPUT = 20_000;
const GRACE_MS = 30_000;

let guard: Writable | undefined; // one for the whole process, so that it is state of the module

/**
 * Starts a server that ends with this process, even when this process is killed with SIGKILL.
 * @param dir a folder that is removed when the server ends
 */
export function startProgram(
  command: string,
  args: readonly string[],
  dir?: string,
  surroundings: Surroundings = {},
): Program {
  const child = spawn(command, args, { ...surroundings, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  const collect = (chunk: Buffer): void => {
    written = (written + chunk.toString()).slice(-KEPT_OUTPUT);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  child.once("error", (error) => collect(Buffer.from(error.message)));
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${command}: is it installed?`);
  tellGuard({ group: pid, ...(dir !== undefined && { dir }) });
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    child,
    output: () => written,
    async ready(probe, seconds) {
      const deadline = Date.now() + seconds * 1000;
      while (!(await probe())) {
        if (hasEnded()) throw new Error(`${command} ended:\n${written}`);
        if (Date.now() > deadline) throw new Error(`${command} is not ready after ${seconds} s:\n${written}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    async stop(signal = "SIGTERM") {
      if (!hasEnded()) {
        const ended = once(child, "exit");
        child.kill(signal);
        const timer = setTimeout(() => process.kill(-pid, "SIGKILL"), GRACE_MS);
        await ended;
        clearTimeout(timer);
      }
      tellGuard({ ended: pid });
      if (dir !== undefined) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function tellGuard(line: object): void {
  guard ??= startGuard();
  guard.write(`${JSON.stringify(line)}\n`);
}

function startGuard(): Writable {
  const file = fileURLToPath(new URL("guard.mjs", import.meta.url));
  const child = spawn(process.execPath, [file], {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
    env: {},
  });
  child.unref();
  // The pipe must not keep this process alive: its end is the signal that the guard waits for.
  if (child.stdin instanceof Socket) child.stdin.unref();
  return child.stdin;
}
