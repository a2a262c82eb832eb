import type { ErrorCode } from "@mojaloop-versioning/protocol";
import type { Disposition } from "../declare/change.ts";
import type { StepPlan } from "./compiled-step.ts";

/** Why every message of the operation is refused. */
export interface WholeRefusal {
  readonly changeId: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly disposition: Disposition;
}

/** The refusal of every message of a step: declared by a change, or because the source version does not have the operation. */
export function wholeRefusal(plan: StepPlan): WholeRefusal | undefined {
  const { changes, direction, residue, operation, resource, from, to } = plan;
  for (const change of changes) {
    const { refuse, message, disposition = "error" } = change[direction] ?? {};
    if (refuse === undefined) continue;
    return {
      changeId: change.id,
      code: refuse,
      message: message ?? `${operation} is not in ${resource} ${to}`,
      disposition,
    };
  }
  if (residue?.in !== (direction === "up" ? "newer" : "older")) return undefined;
  return {
    changeId: `${resource}/${from}`,
    code: "3002",
    message: `${operation} is not in ${resource} ${from}`,
    disposition: "error",
  };
}
