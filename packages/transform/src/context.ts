import type { ErrorBody, ErrorCode, Operation, Version } from "@mojaloop-versioning/protocol";
import type { Disposition } from "./change.ts";
import type { Headers } from "./headers.ts";
import type { IdMap } from "./id-map.ts";
import type { Pointer } from "./pointer.ts";

/** What a look-up is asked for, and on whose behalf. */
export interface LookupRequest {
  readonly changeId: string;
  readonly resource: string;
  readonly operation: Operation;
  /** Where the value will be put. */
  readonly pointer: Pointer;
  /** The message as it stands in the version that the change starts from. */
  readonly body: unknown;
  readonly params: Readonly<Record<string, string>>;
}

/** Where a stash goes that the message has no room for; a `Map<string, string>` is one. */
export interface StashStore {
  get(key: string): string | undefined;
  set(key: string, text: string): unknown;
}

/** Bodies of earlier messages of a conversation, by operation. */
export type Earlier = Readonly<Partial<Record<Operation, unknown>>>;

/** What a caller can give to a conversion beside the body. Everything is optional. */
export interface ConversionContext {
  /** Path parameters, decoded: `{ ID: "…" }`. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Headers;
  /** Ask for the report. */
  readonly report?: boolean;
  /** Answers what the message does not hold; may give a promise, then use `.async`. */
  readonly lookup?: (name: string, request: LookupRequest) => unknown;
  readonly ids?: IdMap;
  /** The messages of {@link Converter.needs}, as far as the caller has them: bodies by operation. */
  readonly earlier?: Earlier;
  /**
   * `true`: stash what would be dropped. A store: the same, and what does not fit the message goes there. `false`: stash and
   * restore nothing. Absent: each change does as it declares.
   */
  readonly stash?: boolean | StashStore;
}

/** One thing that a conversion did, and the change that says so. */
export interface ReportEntry {
  /** Into the body; `?name` is a query parameter, `name:` a header. */
  readonly pointer: Pointer;
  readonly changeId: string;
  /** Where it went, for what was moved. */
  readonly to?: Pointer;
}

/** What a conversion lost, kept and added. */
export interface Report {
  readonly dropped: readonly ReportEntry[];
  readonly stashed: readonly ReportEntry[];
  readonly restored: readonly ReportEntry[];
  /** Values that the message did not hold. */
  readonly invented: readonly ReportEntry[];
  /** Values that are said otherwise: ids, mapped enumerations, moved members. */
  readonly changed: readonly ReportEntry[];
  /** Whether `FSPIOP-Signature` no longer holds, since the body, the path or a header differs (Signature 1.1, sections 2 and 3). */
  readonly signatureInvalidated: boolean;
}

/** Why a message cannot be said in the target version, ready to send. */
export interface Refusal {
  readonly errorCode: ErrorCode;
  readonly status: number;
  readonly body: ErrorBody;
  readonly pointer?: Pointer;
  readonly changeId: string;
  readonly disposition: Disposition;
}

/** The outcome of a conversion. */
export type Conversion =
  | {
      readonly ok: true;
      readonly body: unknown;
      /** Present when they changed. */
      readonly params?: Readonly<Record<string, string>>;
      readonly query?: Readonly<Record<string, string>>;
      readonly headers?: Headers;
      /** Present when asked for. */
      readonly report?: Report;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** How much of a message a path of changes keeps, best first; `missing` is not settled at all. */
export type ConversionClass = "identity" | "lossless" | "stash" | "lossy" | "refused" | "missing";

/** Converts messages of one operation from one version to another. */
export interface Converter {
  (body: unknown, context?: ConversionContext): Conversion;
  /** The same, waiting for look-ups that give promises. */
  async(body: unknown, context?: ConversionContext): Promise<Conversion>;
  readonly class: ConversionClass;
  /** The versions on the way, first and last included. */
  readonly path: readonly Version[];
  /** Ids of the changes on the way. */
  readonly changes: readonly string[];
  /** Earlier messages of the conversation that the changes need. */
  readonly needs: readonly Operation[];
}
