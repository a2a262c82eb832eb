import { callbackPathOf, ownMember, type Operation, type OperationKind } from "@mojaloop-versioning/protocol";

/** What identifies a message within its conversation. */
export interface ConversationMessage {
  readonly method: string;
  readonly operation: Operation;
  readonly resource: string;
  readonly kind: OperationKind;
}

/** One form of a message: as it arrived, or as it is forwarded. */
export interface MessageForm {
  readonly url: string;
  readonly body: unknown;
}

/**
 * The path to which the answer to a message goes, or on which it arrived: the same for a request, its callback and its error callback.
 * It is taken from the hub's form of the message, since ids may differ in an older version.
 */
export function conversationPath(
  { method }: Pick<ConversationMessage, "method">,
  { url, body }: MessageForm,
): string | undefined {
  const path = callbackPathOf(method, url, body);
  return path?.endsWith("/error") ? path.slice(0, -"/error".length) : path;
}

/** The key under which a store keeps the version of a participant's conversation. */
export function versionKey(fspId: string, conversation: string): string {
  return `${fspId} ${conversation}`;
}

/**
 * Milliseconds for which data about a message is kept: until it expires (API Definition 6.5, 6.7: `expiration`) and one minute longer,
 * for late callbacks; at most a day; `defaultMs` for a message without expiration.
 */
export function retentionMs(body: unknown, defaultMs: number): number {
  const expiration = ownMember(body, "expiration");
  const left = typeof expiration === "string" ? Date.parse(expiration) - Date.now() : Number.NaN;
  return Number.isFinite(left) ? Math.min(Math.max(left, 0) + GRACE_MS, MAX_RETENTION_MS) : defaultMs;
}

const GRACE_MS = 60_000;
const MAX_RETENTION_MS = 86_400_000;
