import type { Operation, Version } from "@mojaloop-versioning/protocol";
import type { PathParams } from "./message-path.ts";

/** A message to send. */
export interface ClientMessage {
  readonly operation: Operation;
  readonly params?: PathParams | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** FSPIOP-Destination. */
  readonly destination?: string | undefined;
  /** The resource version of `body` and `params`. Default: the client's own. */
  readonly writtenIn?: Version | undefined;
  /** The resource version to send it in. Default: the one agreed on with the destination, else the client's own. */
  readonly version?: Version | undefined;
  readonly signal?: AbortSignal | undefined;
}
