import { conditionOf } from "./ilp-packet.ts";
import type { Answer } from "./message.ts";
import type { Money } from "./transaction.ts";

/** What a DFSP knows of a transfer. */
export interface DfspTransfer {
  readonly transferId: string;
  readonly role: "payer" | "payee";
  /** As API Definition 7.4.16 names them. */
  readonly state: "RECEIVED" | "RESERVED" | "COMMITTED" | "ABORTED";
  readonly amount: Money;
  readonly fulfilment?: string;
  /** Why a transfer ended ABORTED. */
  readonly reason?: string;
}

/** A transfer as its payer sees it once it was answered: committed only by a fulfilment that meets the condition. */
export function checkedTransfer(
  transferId: string,
  sent: { readonly amount: Money; readonly condition: string },
  answer: Answer,
): DfspTransfer {
  const base = { transferId, role: "payer", amount: sent.amount } as const;
  if (!answer.ok) return { ...base, state: "ABORTED", reason: answer.error.errorDescription };
  const { fulfilment, transferState } = answer.body as { fulfilment?: string; transferState?: string }; // validated before
  if (transferState !== "COMMITTED")
    return { ...base, state: "ABORTED", reason: `the answer was ${transferState}` };
  if (fulfilment === undefined || conditionOf(fulfilment) !== sent.condition) {
    return { ...base, state: "ABORTED", reason: "the fulfilment does not meet the condition" };
  }
  return { ...base, state: "COMMITTED", fulfilment };
}
