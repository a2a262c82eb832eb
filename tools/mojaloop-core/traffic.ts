import { setTimeout as delay } from "node:timers/promises";
import type { Messaging } from "./drivers.ts";
import {
  fulfilMessage,
  newTerms,
  parseNotification,
  prepareMessage,
  type Notification,
  type TransferTerms,
} from "./messages.ts";
import { PAYER } from "./onboarding.ts";

/** One transfer, followed from its prepare message to its last notification. Times are of `performance`, in milliseconds. */
export interface FollowedTransfer {
  readonly terms: TransferTerms;
  readonly sentAt: number;
  /** When the payee was first asked. */
  preparedAt?: number;
  /** When the fulfil message was written. */
  fulfilledAt?: number;
  /** When the payer was first told that it is committed. */
  committedAt?: number;
  /** How often the payee was asked, and how often the payer was told. */
  prepares: number;
  commits: number;
  readonly errors: Notification[];
}

/** Plays ml-api-adapter with a payer and a payee: writes their messages and reads the notifications. */
export interface Traffic {
  readonly transfers: readonly FollowedTransfer[];
  /** Sends transfers at a constant rate, whether or not the ledger keeps up (open loop). */
  run(rate: number, seconds: number): Promise<void>;
  /** Sends one transfer and waits until the payer knows its end, 60 s at most. */
  one(): Promise<FollowedTransfer>;
  /** Transfers whose end the payer does not know. */
  pending(): number;
  /** Waits until none is pending, at most some seconds. */
  settle(seconds: number): Promise<void>;
}

const PREPARE = "topic-transfer-prepare";
const FULFIL = "topic-transfer-fulfil";
const NOTIFICATION = "topic-notification-event";
const EXPIRES_AFTER_MS = 15 * 60_000;

/** Starts to follow the notifications. */
export async function startTraffic(messaging: Messaging): Promise<Traffic> {
  const transfers: FollowedTransfer[] = [];
  const byId = new Map<string, FollowedTransfer>();
  const failures: unknown[] = [];

  const fulfil = (transfer: FollowedTransfer): void => {
    transfer.fulfilledAt = performance.now();
    messaging.send(FULFIL, fulfilMessage(transfer.terms)).catch((error: unknown) => failures.push(error));
  };
  await messaging.follow([NOTIFICATION], ({ value }) => {
    const notification = parseNotification(value);
    const transfer = notification && byId.get(notification.transferId);
    if (!notification || !transfer) return;
    if (!notification.ok) {
      transfer.errors.push(notification);
    } else if (notification.action === "prepare") {
      transfer.prepares += 1;
      transfer.preparedAt ??= performance.now();
      if (transfer.prepares === 1) fulfil(transfer);
    } else if (notification.action === "commit") {
      transfer.commits += 1;
      transfer.committedAt ??= performance.now();
    }
  });

  async function send(): Promise<FollowedTransfer> {
    const terms = newTerms();
    const transfer: FollowedTransfer = {
      terms,
      sentAt: performance.now(),
      prepares: 0,
      commits: 0,
      errors: [],
    };
    transfers.push(transfer);
    byId.set(terms.transferId, transfer);
    await messaging.send(PREPARE, prepareMessage(terms, new Date(Date.now() + EXPIRES_AFTER_MS)));
    return transfer;
  }

  const isPending = ({ committedAt, errors }: FollowedTransfer): boolean =>
    committedAt === undefined && !errors.some(({ to }) => to === PAYER);
  const pending = (): number => transfers.filter(isPending).length;

  async function until(condition: () => boolean, seconds: number): Promise<void> {
    const end = performance.now() + seconds * 1_000;
    while (!condition() && performance.now() < end) await delay(50);
    if (failures.length > 0) throw new Error("a message could not be written", { cause: failures[0] });
  }

  return {
    transfers,
    pending,
    async run(rate, seconds) {
      const startedAt = performance.now();
      for (let sent = 0; sent < rate * seconds; sent += 1) {
        const wait = startedAt + (sent * 1_000) / rate - performance.now();
        if (wait > 0) await delay(wait);
        send().catch((error: unknown) => failures.push(error));
      }
    },
    async one() {
      const transfer = await send();
      await until(() => !isPending(transfer), 60);
      return transfer;
    },
    settle: (seconds) => until(() => pending() === 0, seconds),
  };
}
