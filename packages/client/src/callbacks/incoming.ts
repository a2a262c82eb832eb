import type { IncomingHttpHeaders } from "node:http";
import { errorBody, HEADER, statusOf, type ErrorBody } from "@mojaloop-versioning/protocol";

/** A message as a server received it. */
export interface IncomingHttp {
  readonly method: string;
  /** Below the base path, without a query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names and values as they came, alternating. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  /** The body as text: `too large` over the limit, `not text` where it is not UTF-8. */
  readonly readBody: () => Promise<{ readonly text: string } | "too large" | "not text">;
}

/** What the server answers. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ErrorBody;
  /**
   * Runs when the answer has been written. Code that waits for it may close the server at once; earlier, the connection would
   * still be busy and stay open for as long as the other side keeps it alive.
   */
  readonly afterwards?: () => void;
}

/** The answer to a method and path that are not an operation. */
export function notFound(method: string, path: string): HttpReply {
  return {
    status: statusOf("3002"),
    headers: { [HEADER.contentType]: "application/json" },
    body: errorBody("3002", `There is no ${method} ${path}`),
  };
}

/** Every line of a header. */
export function headerLines({ rawHeaders }: IncomingHttp, name: string): string[] {
  return rawHeaders.filter((_text, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
}

/** The answer where this program failed: the code of the standard, without details. */
export function internalError(): HttpReply {
  return {
    status: statusOf("2001"),
    headers: { [HEADER.contentType]: "application/json" },
    body: errorBody("2001"),
  };
}
