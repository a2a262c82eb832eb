import { errorAnswer, type ErrorAnswer } from "../server/error-answer.ts";

/** A parsed body, or the error that its sender gets. */
export type ParsedBody =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly error: ErrorAnswer };

/** Parses a body; `undefined` stands for an empty one. */
export function parseBody(bytes: Buffer): ParsedBody {
  if (bytes.length === 0) return { ok: true, body: undefined };
  try {
    return { ok: true, body: JSON.parse(bytes.toString("utf8")) };
  } catch {
    return { ok: false, error: errorAnswer("3101", "The body is not JSON") };
  }
}
