import { errorAnswer, type ErrorAnswer } from "../server/error-answer.ts";
import { keepNumbersExact } from "./exact-numbers.ts";

/** A parsed body, or the error that its sender gets. */
export type ParsedBody =
  | { readonly ok: true; readonly body: unknown; readonly restore: RestoreNumbers }
  /** `body` is set if it is JSON, but nested too deeply. */
  | { readonly ok: false; readonly error: ErrorAnswer; readonly body?: unknown };

/** Puts numbers that a double cannot represent back into JSON text made from the body. */
export type RestoreNumbers = (text: string) => string;

/** Deepest nesting of a body. The messages of FSPIOP and ISO 20022 nest less than 20 levels. */
export const MAX_DEPTH = 64;

/** Parses a body; `undefined` stands for an empty one. */
export function parseBody(bytes: Buffer): ParsedBody {
  if (bytes.length === 0) return { ok: true, body: undefined, restore: (text) => text };
  const { text, restore } = keepNumbersExact(bytes.toString("utf8"));
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { ok: false, error: errorAnswer("3101", "The body is not JSON") };
  }
  if (!isDeeperThan(MAX_DEPTH, body)) return { ok: true, body, restore };
  return {
    ok: false,
    error: errorAnswer("3101", `The body is nested deeper than ${MAX_DEPTH} levels`),
    body,
  };
}

// Level by level, since recursion would exhaust the stack.
function isDeeperThan(limit: number, root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== "object" || value === null) continue;
      for (const item of Object.values(value)) if (typeof item === "object" && item !== null) next.push(item);
    }
    level = next;
  }
  return false;
}
