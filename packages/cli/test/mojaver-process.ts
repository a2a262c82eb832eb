import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A program in a process of its own. */
export interface Running {
  /** Everything written so far, to either side. */
  readonly said: () => string;
  /** Resolves once something was written that matches; rejects where the process ends before. */
  readonly until: (what: RegExp) => Promise<RegExpExecArray>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** The exit code, `null` where a signal ended it. */
  readonly ended: Promise<number | null>;
}

const PACKAGE = fileURLToPath(new URL("../", import.meta.url));

/** Runs `mojaver` from source. */
export function startMojaver(...words: readonly string[]): Running {
  return start(["src/main.ts", ...words], {});
}

/** Runs a module that is given as text, as it would run in this package. */
export function startModule(code: string, env: NodeJS.ProcessEnv): Running {
  return start(["--input-type=module", "--eval", code], env);
}

function start(words: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(
    process.execPath,
    ["--import=tsx", "--conditions=@mojaloop-versioning/source", ...words],
    {
      cwd: PACKAGE,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      for (const look of watchers) look();
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null); // as "close" is documented
  return {
    said: () => said,
    until: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = what.exec(said);
          if (found) resolve(found);
        };
        watchers.add(look);
        look();
        void ended.then((code) => {
          reject(new Error(`it ended with ${String(code)} and said ${said}`));
        });
      }),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
