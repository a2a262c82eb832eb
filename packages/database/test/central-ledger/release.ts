import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  centralLedgerFolder,
  type CentralLedgerVersion,
} from "../../../../tools/services/central-ledger/index.ts";

/** The models of a release of central-ledger, in a process of their own. */
export interface Release {
  /** Writes a transfer as a prepare message does. @returns its id */
  prepare(): Promise<string>;
  /** What the release's own query finds of a transfer. */
  find(transferId: string): Promise<{ payer: string; payee: string } | null>;
  /** Starts loops that each prepare and reserve transfers without a pause. */
  startWriters(count: number, accounts: readonly number[]): Promise<void>;
  /** Transfers that were written so far. */
  count(): Promise<number>;
  stopWriters(): Promise<WritersReport>;
  stop(): Promise<void>;
}

export interface WritersReport {
  readonly transfers: number;
  readonly failures: readonly string[];
  readonly slowestMs: number;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** Starts the models of a release on a database. */
export async function startRelease(
  version: CentralLedgerVersion,
  url: string,
  database: string,
): Promise<Release> {
  const { hostname, port, username } = new URL(url);
  const child = fork(fileURLToPath(new URL("release.mjs", import.meta.url)), [centralLedgerFolder(version)], {
    // A process of its own, without the loaders of this one.
    execArgv: [],
    env: {
      PATH: process.env["PATH"],
      CLEDG_DATABASE__HOST: hostname,
      CLEDG_DATABASE__PORT: port,
      CLEDG_DATABASE__USER: username,
      CLEDG_DATABASE__PASSWORD: "",
      CLEDG_DATABASE__SCHEMA: database,
      LOG_LEVEL: "error",
      LOG_TRANSPORT: "console",
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const call = caller(child);
  await once(child, "message"); // it is ready
  return {
    prepare: () => call<string>("prepare"),
    find: (transferId) => call("find", transferId),
    startWriters: (count, accounts) => call("startWriters", count, accounts),
    count: () => call("count"),
    stopWriters: () => call("stopWriters"),
    async stop() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

function caller(child: ChildProcess): <T>(call: string, ...args: readonly unknown[]) => Promise<T> {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let last = 0;
  child.on("message", ({ id, result, error }: Answer) => {
    if (error !== undefined) waiting.get(id)?.reject(new Error(error));
    else waiting.get(id)?.resolve(result as never); // the caller names the type of each call
    waiting.delete(id);
  });
  child.once("exit", (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the release ended with ${String(code)}`));
  });
  return (call, ...args) =>
    new Promise((resolve, reject) => {
      last++;
      waiting.set(last, { resolve, reject });
      child.send({ id: last, call, args });
    });
}
