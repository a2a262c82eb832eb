import { fileURLToPath } from "node:url";
import { freePorts } from "../services/machine.ts";
import { startProgram, type Program } from "../services/program.ts";
import { ledgerEnvironment, type Backends } from "./environment.ts";
import { releaseFolder } from "./release.ts";

/** A part of central-ledger that runs as a process. */
export type LedgerPart = "api" | "handlers";

/** A running process of central-ledger. */
export interface LedgerProcess {
  readonly part: LedgerPart;
  readonly version: string;
  readonly port: number;
  readonly program: Program;
  /** Resolves when `/health` answers 200. @throws Error with the end of its output if the process ends or stays unhealthy */
  healthy(seconds?: number): Promise<void>;
  /** Sends a signal and waits for the exit; returns the milliseconds that it took. */
  stop(signal?: NodeJS.Signals): Promise<number>;
}

/** How a part is started. */
export interface LedgerOptions {
  readonly version: string;
  readonly backends: Backends;
  /** Whether it runs migrations when it starts. Off by default. */
  readonly migrate?: boolean;
  /** Handlers of a `handlers` process. All that a transfer and its expiry need by default. */
  readonly handlers?: readonly Handler[];
  /** Modules that are loaded before the service, such as a preload of `graceful`. */
  readonly preload?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Handlers of central-ledger, as its command line names them. */
export type Handler = "prepare" | "position" | "fulfil" | "get" | "timeout" | "admin";

const LOOPBACK = fileURLToPath(new URL("loopback.cjs", import.meta.url));
const ALL: readonly Handler[] = ["prepare", "position", "fulfil", "get", "timeout", "admin"];

/** Starts the API or the handlers of an installed release. */
export async function startLedger(part: LedgerPart, options: LedgerOptions): Promise<LedgerProcess> {
  const { version, backends, migrate = false, handlers = ALL, preload = [], env = {} } = options;
  const folder = releaseFolder(version);
  const [port = 0] = await freePorts(1);
  const script =
    part === "api"
      ? ["src/api/index.js"]
      : ["src/handlers/index.js", "handler", ...handlers.map((handler) => `--${handler}`)];
  const requires = [LOOPBACK, ...preload].flatMap((module) => ["--require", module]);
  const program = startProgram(process.execPath, [...requires, ...script], undefined, {
    cwd: folder,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "",
      ...ledgerEnvironment(folder, backends, { port, migrate }),
      ...(part === "api" && { CLEDG_HANDLERS__DISABLED: "true" }),
      ...env,
    },
  });
  return {
    part,
    version,
    port,
    program,
    healthy: (seconds = 60) => program.ready(() => isHealthy(port), seconds),
    async stop(signal = "SIGTERM") {
      const startedAt = performance.now();
      await program.stop(signal);
      return Math.round(performance.now() - startedAt);
    },
  };
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}
