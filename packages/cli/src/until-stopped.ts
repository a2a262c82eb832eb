/** Resolves with SIGINT or SIGTERM when this process receives it. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      for (const each of STOPPING) process.off(each, stop);
      resolve(signal);
    };
    for (const each of STOPPING) process.on(each, stop);
  });
}

const STOPPING: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM"];
