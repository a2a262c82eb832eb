import type { IncomingHttpHeaders } from "node:http";
import { errorBody, HEADER, statusOf, type ErrorBody } from "@mojaloop-versioning/protocol";

/** A message as a server received it. */
export interface Incoming {
  readonly method: string;
  /** Below the base path, without a query. */
  readonly path: string;
  /** Every Content-Type line. */
  readonly contentTypes: readonly string[];
  readonly source: string | undefined;
  readonly destination: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** The body as text: `too large` over the limit, `not text` where it is no UTF-8. */
  readonly readBody: () => Promise<{ readonly text: string } | "too large" | "not text">;
}

/** What the server answers. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ErrorBody;
  /**
   * Done when the answer is on its way: whoever waits goes on then, and may close the server at once. Sooner, the connection would be
   * busy still and stay open for as long as the other side keeps it alive.
   */
  readonly afterwards?: () => void;
}

/** The answer to what no operation is. */
export function notFound(method: string, path: string): Reply {
  return {
    status: statusOf("3002"),
    headers: { [HEADER.contentType]: "application/json" },
    body: errorBody("3002", `There is no ${method} ${path}`),
  };
}
