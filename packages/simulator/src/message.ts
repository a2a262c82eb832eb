import type { ErrorBody, Operation, Version } from "@mojaloop-versioning/protocol";

/** A message that arrived and was taken. */
export interface Message {
  readonly operation: Operation;
  readonly method: string;
  /** As it stood in the request line, query included. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** FSPIOP-Source. */
  readonly source: string;
  /** FSPIOP-Destination, where the sender knew it. */
  readonly destination: string | undefined;
  /** The resource version of the body, from Content-Type. */
  readonly version: Version;
}

/** A message to send. */
export interface Outgoing {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  /** FSPIOP-Destination. */
  readonly destination?: string | undefined;
  /** Resource version of the body and, on requests, of the Accept header; otherwise the sender's own. */
  readonly version?: Version;
  /** Added to the headers that FSPIOP demands, or put in their place; `undefined` leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** What the far end said at once. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** How a request ended: with the body of its callback, or with an error and the way that it came. */
export type Answer<B = unknown> =
  | { readonly ok: true; readonly body: B; readonly message: Message }
  | {
      readonly ok: false;
      /** `response`: refused at once; `callback`: by an error callback; `timeout`: nothing came in time. */
      readonly via: "response" | "callback" | "timeout";
      /** Of the refusal at once; 0 otherwise. */
      readonly status: number;
      readonly error: ErrorBody["errorInformation"];
      /** Where the error is 3001: what the other side supports, newest first. */
      readonly versions: readonly Version[];
    };
