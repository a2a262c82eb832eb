import type { Operation } from "@mojaloop-versioning/protocol";

/** What goes wrong with the next messages that arrive. */
export interface Fault {
  /** Only for this operation; otherwise for every one. */
  readonly on?: Operation;
  /** How often; 1 by default, `Infinity` for good. */
  readonly times?: number;
  /** Waits so long, in milliseconds, before anything else. */
  readonly delayMs?: number;
  /** Answers with this status and does nothing else. */
  readonly status?: number;
  readonly body?: unknown;
  /** Cuts the connection without an answer. */
  readonly drop?: boolean;
}

/** The faults that wait to happen. */
export interface Faults {
  readonly add: (fault: Fault) => void;
  /** Takes the fault due for an operation, oldest first. */
  readonly take: (operation: Operation | undefined) => Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    take(operation) {
      const at = waiting.findIndex(({ fault }) => fault.on === undefined || fault.on === operation);
      const due = waiting[at];
      if (!due) return undefined;
      due.left -= 1;
      if (due.left <= 0) waiting.splice(at, 1);
      return due.fault;
    },
  };
}
