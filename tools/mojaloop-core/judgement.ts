import type { Rows } from "./drivers.ts";
import type { FollowedTransfer } from "./traffic.ts";

/** What became of the transfers, by the ledger's rows and the notifications that it wrote. */
export interface Judgement {
  readonly sent: number;
  readonly committed: number;
  /** Without a final state in the ledger. */
  readonly stuck: number;
  /** Ended with an error, though the payee fulfilled. */
  readonly aborted: number;
  /** Committed in the ledger, and the payer was not told or was told an error. */
  readonly toldWrongly: number;
  /** Committed more than once, or a notification written more than once. */
  readonly doubled: number;
  /** By the last state in the ledger: `DUPLICATE_CHECK_ONLY` where there is only that row, `ABSENT` where there is none. */
  readonly byState: Readonly<Record<string, number>>;
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** The longest time without a commit, in milliseconds. */
  readonly longestSilenceMs: number;
  readonly stuckTransfers: readonly StuckTransfer[];
}

/** A transfer without a final state. */
export interface StuckTransfer {
  readonly transferId: string;
  readonly state: string;
  /** Seconds after the first transfer. */
  readonly sentAfter: number;
  readonly payeeAsked: boolean;
  readonly fulfilled: boolean;
}

// Final states of central-ledger (seeds/transferState.js): all others are on the way to one of these.
const FINAL: ReadonlySet<string> = new Set([
  "COMMITTED",
  "ABORTED_REJECTED",
  "ABORTED_ERROR",
  "EXPIRED_RESERVED",
  "INVALID",
]);

/** Judges transfers that have had their time. */
export async function judge(transfers: readonly FollowedTransfer[], rows: Rows): Promise<Judgement> {
  const changes = await rows.query<{ transferId: string; transferStateId: string }>(
    "select transferId, transferStateId from transferStateChange order by transferStateChangeId",
  );
  const checks = await rows.query<{ transferId: string }>("select transferId from transferDuplicateCheck");
  const states = new Map<string, string[]>();
  for (const { transferId, transferStateId } of changes) {
    const known = states.get(transferId);
    if (known) known.push(transferStateId);
    else states.set(transferId, [transferStateId]);
  }
  const checked = new Set(checks.map(({ transferId }) => transferId));
  const stateOf = ({ terms }: FollowedTransfer): string =>
    states.get(terms.transferId)?.at(-1) ??
    (checked.has(terms.transferId) ? "DUPLICATE_CHECK_ONLY" : "ABSENT");
  const commitsOf = ({ terms }: FollowedTransfer): number =>
    (states.get(terms.transferId) ?? []).filter((state) => state === "COMMITTED").length;

  const byState: Record<string, number> = {};
  for (const transfer of transfers) {
    const state = stateOf(transfer);
    byState[state] = (byState[state] ?? 0) + 1;
  }
  const [first] = transfers;
  const isFinal = (transfer: FollowedTransfer): boolean => FINAL.has(stateOf(transfer));
  const isCommitted = (transfer: FollowedTransfer): boolean => stateOf(transfer) === "COMMITTED";
  return {
    sent: transfers.length,
    committed: transfers.filter(isCommitted).length,
    stuck: transfers.filter((transfer) => !isFinal(transfer)).length,
    aborted: transfers.filter((transfer) => isFinal(transfer) && !isCommitted(transfer)).length,
    toldWrongly: transfers.filter(
      (transfer) => isCommitted(transfer) && (transfer.commits === 0 || transfer.errors.length > 0),
    ).length,
    doubled: transfers.filter(
      (transfer) => commitsOf(transfer) > 1 || transfer.prepares > 1 || transfer.commits > 1,
    ).length,
    byState,
    latencyMs: latencies(transfers),
    longestSilenceMs: longestSilence(transfers),
    stuckTransfers: transfers
      .filter((transfer) => !isFinal(transfer))
      .map((transfer) => ({
        transferId: transfer.terms.transferId,
        state: stateOf(transfer),
        sentAfter: Math.round((transfer.sentAt - (first?.sentAt ?? 0)) / 10) / 100,
        payeeAsked: transfer.prepares > 0,
        fulfilled: transfer.fulfilledAt !== undefined,
      })),
  };
}

function latencies(transfers: readonly FollowedTransfer[]): Judgement["latencyMs"] {
  const sorted = transfers
    .flatMap(({ sentAt, committedAt }) => (committedAt === undefined ? [] : [committedAt - sentAt]))
    .sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function longestSilence(transfers: readonly FollowedTransfer[]): number {
  const times = transfers.flatMap(({ committedAt }) => committedAt ?? []).sort((a, b) => a - b);
  return Math.round(Math.max(0, ...times.slice(1).map((time, i) => time - (times[i] ?? time))));
}
