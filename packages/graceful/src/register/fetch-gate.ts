// The members of a consumer of node-rdkafka that are used.
export interface RdConsumer {
  consume(...args: unknown[]): void;
  isConnected(): boolean;
  assign(partitions: unknown[]): void;
  unassign(): void;
  assignments(): unknown[];
  pause(partitions: unknown[]): void;
  incrementalAssign?(partitions: unknown[]): void;
  incrementalUnassign?(partitions: unknown[]): void;
  rebalanceProtocol?(): string;
}

/** Holds back the fetches of a consumer. */
export interface Gate {
  /** Fetches that have not returned. */
  pending(): number;
  /** From now on fetches wait. A consumer that reads without asking (flow mode) is paused. */
  close(): void;
  /** Starts the fetches that wait, when it was opened as often as it was closed. */
  open(): void;
}

type Done = (...results: unknown[]) => void;

/** Puts a gate before `consume(number, callback)` of one consumer. */
export function gateFetches(consumer: RdConsumer): Gate {
  const consume = consumer.consume.bind(consumer);
  let waiting: (() => void)[] = [];
  let closings = 0;
  let pending = 0;
  let flows = false;

  consumer.consume = (...args) => {
    const [count, done] = args;
    if (typeof count !== "number" || typeof done !== "function") {
      flows = true;
      consume(...args);
      return;
    }
    const fetch = (): void => {
      pending += 1;
      consume(count, (...results: unknown[]) => {
        // The handler starts before the fetch counts as returned, so that one of both is always seen.
        try {
          (done as Done)(...results);
        } finally {
          pending -= 1;
        }
      });
    };
    if (closings > 0) waiting.push(fetch);
    else fetch();
  };

  return {
    pending: () => pending,
    close() {
      closings += 1;
      if (flows && consumer.isConnected()) consumer.pause(consumer.assignments());
    },
    open() {
      closings -= 1;
      if (closings > 0) return;
      const due = waiting;
      waiting = [];
      for (const fetch of due) fetch();
    },
  };
}
