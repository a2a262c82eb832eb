import { createHash } from "node:crypto";
import { errorBody, type ErrorBody } from "@mojaloop-versioning/protocol";
import { conditionOf } from "./ilp-packet.ts";
import type { Money } from "./transaction.ts";

/** What a hub knows of a transfer. */
export interface HubTransfer {
  readonly transferId: string;
  readonly payerFsp: string;
  readonly payeeFsp: string;
  readonly amount: Money;
  readonly condition: string;
  /** As API Definition 7.4.16 names them. */
  readonly state: "RESERVED" | "COMMITTED" | "ABORTED";
  readonly fulfilment?: string;
  readonly completedTimestamp?: string;
}

interface Prepared {
  readonly transferId: string;
  readonly payerFsp: string;
  readonly payeeFsp: string;
  readonly amount: Money;
  readonly condition: string;
  readonly expiration: string;
}

/** The transfers of a hub and the rules by which they change state. */
export interface Ledger {
  readonly transfers: ReadonlyMap<string, HubTransfer>;
  /** Takes a transfer; one that is known by its id is either resent or modified (API Definition 3.2.5.1). */
  prepare(body: unknown, source: string): HubTransfer | "resent" | "modified";
  /** Commits a reserved transfer; `undefined` where it must not be. */
  fulfil(transferId: string, source: string, body: unknown): HubTransfer | undefined;
  /** Aborts a transfer that is not committed; from outside only its payee may. */
  abort(transferId: string, source?: string): void;
  close(): void;
}

/** Makes an empty ledger; `expire` is called for each transfer that was not fulfilled in time. */
export function createLedger(
  expire: (transferId: string, transfer: HubTransfer, error: ErrorBody) => void,
): Ledger {
  const transfers = new Map<string, HubTransfer>();
  const hashes = new Map<string, string>();
  const timers = new Map<string, NodeJS.Timeout>();

  function end(transfer: HubTransfer): HubTransfer {
    clearTimeout(timers.get(transfer.transferId));
    timers.delete(transfer.transferId);
    transfers.set(transfer.transferId, transfer);
    return transfer;
  }

  function reserved(transferId: string): HubTransfer | undefined {
    const known = transfers.get(transferId);
    return known?.state === "RESERVED" ? known : undefined;
  }

  return {
    transfers,
    prepare(body, source) {
      const { transferId, payeeFsp, amount, condition, expiration } = body as Prepared; // the validator has seen it
      const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
      if (transfers.has(transferId)) return hashes.get(transferId) === hash ? "resent" : "modified";
      const transfer = {
        transferId,
        payerFsp: source,
        payeeFsp,
        amount,
        condition,
        state: "RESERVED",
      } as const;
      hashes.set(transferId, hash);
      transfers.set(transferId, transfer);
      const timer = setTimeout(
        () => {
          const late = reserved(transferId);
          if (late) expire(transferId, end({ ...late, state: "ABORTED" }), errorBody("3303"));
        },
        Math.max(0, Date.parse(expiration) - Date.now()),
      );
      timers.set(transferId, timer);
      return transfer;
    },
    fulfil(transferId, source, body) {
      const known = reserved(transferId);
      const { fulfilment } = body as { fulfilment?: string }; // the validator has seen it
      if (known?.payeeFsp !== source || fulfilment === undefined) return undefined;
      if (conditionOf(fulfilment) !== known.condition) return end({ ...known, state: "ABORTED" });
      return end({ ...known, state: "COMMITTED", fulfilment, completedTimestamp: new Date().toISOString() });
    },
    abort(transferId, source) {
      const known = reserved(transferId);
      if (known && (source === undefined || source === known.payeeFsp)) end({ ...known, state: "ABORTED" });
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
