import { isJsonObject, ownMember, type Operation } from "@mojaloop-versioning/protocol";
import { isFulfilled } from "../ilp/fulfilment.ts";

// Where a single transfer's answer has its state (API Definition 6.7.4; FSPIOP API 2.0 for FX).
const STATES: ReadonlyMap<Operation, string> = new Map<Operation, string>([
  ["POST /transfers", "transferState"],
  ["POST /fxTransfers", "conversionState"],
]);

/**
 * What is wrong with the fulfilment in an answer, which must be the preimage of the condition that was sent (API Definition 4.4,
 * 6.7.4); `undefined` where nothing is, or where the operation has no condition.
 */
export function fulfilmentFault(operation: Operation, sent: unknown, answer: unknown): string | undefined {
  const stateMember = STATES.get(operation);
  if (stateMember !== undefined) {
    const isDone = ownMember(answer, stateMember) === "COMMITTED";
    return faultOfOne(ownMember(sent, "condition"), ownMember(answer, "fulfilment"), isDone);
  }
  return operation === "POST /bulkTransfers" ? faultOfBulk(sent, answer) : undefined;
}

function faultOfOne(condition: unknown, fulfilment: unknown, isDone: boolean): string | undefined {
  if (fulfilment === undefined) {
    return isDone ? "COMMITTED without a fulfilment; the state of the transfer is not known" : undefined;
  }
  if (typeof condition === "string" && typeof fulfilment === "string" && isFulfilled(condition, fulfilment)) {
    return undefined;
  }
  return "/fulfilment is not the preimage of the condition that was sent; the state of the transfer is not known";
}

// A result without a fulfilment is a transfer that failed.
function faultOfBulk(sent: unknown, answer: unknown): string | undefined {
  const conditions = new Map(
    entriesOf(sent, "individualTransfers").map((each) => [each["transferId"], each["condition"]]),
  );
  for (const each of entriesOf(answer, "individualTransferResults")) {
    const fault = faultOfOne(conditions.get(each["transferId"]), each["fulfilment"], false);
    if (fault !== undefined) return `transfer ${String(each["transferId"])}: ${fault}`;
  }
  return undefined;
}

function entriesOf(body: unknown, member: string): Readonly<Record<string, unknown>>[] {
  const entries = ownMember(body, member);
  return Array.isArray(entries) ? entries.filter(isJsonObject) : [];
}
