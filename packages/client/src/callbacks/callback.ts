import type { Operation, Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { BodyOf, CallbackOperation, ParamName } from "../api/api-shape.ts";

/** A message that was read, whatever its operation. */
export interface InboundMessage {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  /** In the client's own version. */
  readonly body: unknown;
  /** The resource version in which it came. */
  readonly version: Version;
  /** FSPIOP-Source. */
  readonly source: string;
  /** FSPIOP-Destination, where it is set. */
  readonly destination?: string;
}

/** A callback, error callback or notification; `operation` decides the type of `body`. */
export type Callback<A extends Api> = {
  [O in CallbackOperation<A>]: Omit<InboundMessage, "operation" | "params" | "body"> & {
    readonly operation: O;
    readonly params: Readonly<Record<ParamName<O>, string>>;
    readonly body: BodyOf<A, O>;
  };
}[CallbackOperation<A>];
