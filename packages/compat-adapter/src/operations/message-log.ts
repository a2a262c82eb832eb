import { createHmac, type BinaryLike } from "node:crypto";
import type { Logger } from "pino";
import type { MessageEvent } from "../message/message-event.ts";

/**
 * Writes the log line of a message. Paths, query strings, descriptions and library texts may have personal data (an MSISDN in
 * `/parties/MSISDN/…`): at `info` the line has the operation and a keyed hash of the request target instead. Lines about the same target
 * have the same hash, in every adapter with the same key. At `debug` the line is complete.
 */
export function logMessage(logger: Logger, event: MessageEvent, hashKey: BinaryLike): void {
  const level = event.outcome === "failed" ? "error" : event.outcome === "refused" ? "warn" : "info";
  const { cause, path, error, ...rest } = event;
  const target = createHmac("sha256", hashKey).update(path).digest("base64url").slice(0, 16);
  const line = { ...rest, target, ...(error && { errorCode: error.errorCode }) };
  if (logger.isLevelEnabled("debug")) {
    const complete = { ...line, path, ...(error && { error }), ...(cause !== undefined && { err: cause }) };
    logger[level](complete, "message");
    return;
  }
  logger[level]({ ...line, ...(cause !== undefined && { cause: describeError(cause) }) }, "message");
}

/** The name, code and stack lines of an error, without its message and other members, which may repeat what was sent. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code: unknown = "code" in error ? error.code : undefined;
  const stack = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(typeof code === "string" && { code }),
    ...(stack.length > 0 && { stack: stack.join("\n") }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
