import { readErrorBody } from "@mojaloop-versioning/protocol";
import { parseBody } from "./convert-body.ts";
import { refusal, type Refusal } from "./refusal.ts";
import type { Sent } from "./target.ts";

const UNSENT = {
  busy: ["2003", "Too many messages are under way to the far end"],
  unreachable: ["1001", "The far end cannot be reached"],
  timeout: ["2004", "The far end did not answer in time"],
} as const;

/** Statuses that FSPIOP gives a meaning (API Definition 3.2.4); others become 503. */
const KNOWN_FAILURES = new Set([400, 401, 403, 404, 405, 406, 501, 503]);

/** What the sender is told of a far end that did not take its message. */
export function failureOf(sent: Sent): Refusal {
  if (!sent.ok) {
    const [code, description] = UNSENT[sent.why];
    return refusal(code, description);
  }
  const status = KNOWN_FAILURES.has(sent.status) ? sent.status : 503;
  const parsed = parseBody(sent.body);
  const errorInformation = parsed.ok ? readErrorBody(parsed.body) : undefined;
  if (errorInformation) return { status, body: { errorInformation } };
  return refusal(sent.status === 406 ? "3001" : "1001", `The far end answered ${sent.status}`, status);
}
