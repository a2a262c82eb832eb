import type { GracefulOptions } from "../graceful-options.ts";

type Times = Pick<GracefulOptions, "graceMs" | "drainMs" | "deadlineMs">;

/** Options that the environment can give, or `off`. */
export type EnvironmentOptions = (Times & Pick<GracefulOptions, "readinessPaths">) | "off";

/**
 * Reads `GRACEFUL` (`off`), `GRACEFUL_GRACE_MS`, `GRACEFUL_DRAIN_MS`, `GRACEFUL_DEADLINE_MS` and `GRACEFUL_READINESS_PATHS` (a list with
 * commas). A value that is not a number is reported and ignored: a preload must not keep a service from starting.
 */
export function readEnvironment(env: NodeJS.ProcessEnv, log: (line: string) => void): EnvironmentOptions {
  if (env["GRACEFUL"] === "off") return "off";
  const milliseconds = (name: string): number | undefined => {
    const text = env[name];
    if (text === undefined || text === "") return undefined;
    const value = Number(text);
    if (Number.isFinite(value) && value >= 0) return value;
    log(`graceful: ${name}=${text} is not a number of milliseconds, ignored`);
    return undefined;
  };
  const [graceMs, drainMs, deadlineMs] = ["GRACE", "DRAIN", "DEADLINE"].map((name) =>
    milliseconds(`GRACEFUL_${name}_MS`),
  );
  const paths = env["GRACEFUL_READINESS_PATHS"]?.split(",").filter((path) => path !== "");
  return {
    ...(graceMs !== undefined && { graceMs }),
    ...(deadlineMs !== undefined && { deadlineMs }),
    ...(drainMs !== undefined && { drainMs }),
    ...(paths && { readinessPaths: paths }),
  };
}
