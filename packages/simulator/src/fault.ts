import type { Operation, Version } from "@mojaloop-versioning/protocol";

/** What goes wrong with the next messages that arrive, or with `version` with the next that are sent. */
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
  /** Refuses with 406 and 3001, as if it spoke these versions of the resource and no others. */
  readonly speaks?: readonly Version[];
  /** Happens to a message that is sent, not to one that arrives: its Content-Type says this version. */
  readonly version?: Version;
}

/** The faults that wait to happen. */
export interface Faults {
  readonly add: (fault: Fault) => void;
  /** Takes the fault due for an operation that arrives or is sent, oldest first. */
  readonly take: (way: "in" | "out", operation: Operation | undefined) => Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    take(way, operation) {
      const at = waiting.findIndex(
        ({ fault: { on, version } }) =>
          (version === undefined) === (way === "in") && (on === undefined || on === operation),
      );
      const due = waiting[at];
      if (!due) return undefined;
      due.left -= 1;
      if (due.left <= 0) waiting.splice(at, 1);
      return due.fault;
    },
  };
}
