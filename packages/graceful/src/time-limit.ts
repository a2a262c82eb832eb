/** A point in time that ends all waiting. */
export interface TimeLimit {
  /** Resolves when the limit is reached. */
  readonly reached: Promise<void>;
  /** Whether it is reached. */
  readonly passed: () => boolean;
  /** Reaches it now. */
  readonly now: () => void;
  /** Forgets the timer, so that it does not keep the process alive. */
  readonly clear: () => void;
}

/** Starts a limit of `ms` milliseconds. */
export function startTimeLimit(ms: number): TimeLimit {
  let passed = false;
  let now!: () => void;
  const reached = new Promise<void>((resolve) => {
    now = () => {
      passed = true;
      resolve();
    };
  });
  const timer = setTimeout(now, ms);
  return {
    reached,
    passed: () => passed,
    now,
    clear: () => {
      clearTimeout(timer);
    },
  };
}
