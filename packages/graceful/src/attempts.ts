import type { TimeLimit } from "./time-limit.ts";

/** Runs steps that may fail or hang, and keeps their names. */
export interface Attempts {
  /** Resolves when the step is done, has failed, or the limit is reached; never rejects. */
  readonly run: (name: string, step: () => unknown, limit: TimeLimit) => Promise<void>;
  /** Notes something that was not finished. */
  readonly fail: (what: string) => void;
  /** The names of what was not finished, each with the reason. */
  readonly failures: readonly string[];
}

/** Creates an empty list of attempts. */
export function createAttempts(): Attempts {
  const failures: string[] = [];
  return {
    failures,
    fail: (what) => void failures.push(what),
    async run(name, step, limit) {
      const outcome = await Promise.race([reasonOfFailure(step), limit.reached.then(() => "deadline")]);
      if (outcome !== undefined) failures.push(`${name} (${outcome})`);
    },
  };
}

async function reasonOfFailure(step: () => unknown): Promise<string | undefined> {
  try {
    await step();
    return undefined;
  } catch (error) {
    return failureMessage(error);
  }
}

/** The message of what was thrown. */
export function failureMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
