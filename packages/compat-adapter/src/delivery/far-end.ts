import { readErrorBody } from "@mojaloop-versioning/protocol";
import { parseBody } from "../bodies/parse-body.ts";
import { errorAnswer, type ErrorAnswer } from "../server/error-answer.ts";
import type { Delivery } from "./target.ts";

const NOT_DELIVERED = {
  busy: ["2003", "Too many messages to the far end are in progress"],
  unreachable: ["1001", "The far end cannot be reached"],
  timeout: ["2004", "The far end did not answer in time"],
  oversized: ["1001", "The answer of the far end is larger than 5242880 bytes"],
} as const;

/** Statuses that FSPIOP defines (API Definition 3.2.4); others become 503. */
const FSPIOP_FAILURES = new Set([400, 401, 403, 404, 405, 406, 501, 503]);

/** The error for the sender of a message that the far end did not accept. */
export function failureAnswer(delivery: Delivery): ErrorAnswer {
  if (!delivery.ok) {
    const [code, description] = NOT_DELIVERED[delivery.reason];
    return errorAnswer(code, description);
  }
  const status = FSPIOP_FAILURES.has(delivery.status) ? delivery.status : 503;
  const parsed = parseBody(delivery.body);
  const errorInformation = parsed.ok ? readErrorBody(parsed.body) : undefined;
  if (errorInformation) return { status, body: { errorInformation } };
  return errorAnswer(
    delivery.status === 406 ? "3001" : "1001",
    `The far end answered ${delivery.status}`,
    status,
  );
}
