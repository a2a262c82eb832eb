import type { ErrorBody, ErrorCode, Operation, Version } from "@mojaloop-versioning/protocol";
import type { Disposition } from "../declare/change.ts";
import type { Headers } from "../declare/header-changes.ts";
import type { IdMap } from "../values/id-map.ts";
import type { Pointer } from "../values/pointer.ts";

/** What a look-up is called for: the change, the message and the place of the value. */
export interface LookupRequest {
  readonly changeId: string;
  readonly resource: string;
  readonly operation: Operation;
  /** The place of the value in the target body. */
  readonly pointer: Pointer;
  /** The body in the source version of the change. */
  readonly body: unknown;
  readonly params: Readonly<Record<string, string>>;
}

/** Stores the stashes that do not fit into their message. A `Map<string, string>` is one. */
export interface StashStore {
  get(key: string): string | undefined;
  set(key: string, text: string): unknown;
}

/** Bodies of earlier messages of a conversation, by operation. */
export type Earlier = Readonly<Partial<Record<Operation, unknown>>>;

/** The input of a conversion besides the body. All members are optional. */
export interface ConversionContext {
  /** Path parameters, decoded: `{ ID: "…" }`. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Headers;
  /** Return a report. */
  readonly report?: boolean;
  /** Returns a value that the message does not contain, or undefined. If it returns a promise, call `.async`. */
  readonly lookup?: (name: string, request: LookupRequest) => unknown;
  readonly ids?: IdMap;
  /** The messages of {@link Converter.needs} that the caller has: bodies by operation. */
  readonly earlier?: Earlier;
  /**
   * `true`: stash values that would be dropped. A store: the same, and stashes that do not fit into the message go there. `false`:
   * stash and restore nothing. Absent: as each change declares.
   */
  readonly stash?: boolean | StashStore;
}

/** One action of a conversion, and the change that declares it. */
export interface ReportEntry {
  /** A pointer into the body; `?name` is a query parameter, `name:` a header. */
  readonly pointer: Pointer;
  readonly changeId: string;
  /** The new place of a value that was moved, or the extension list that carries a stashed one. */
  readonly to?: Pointer;
}

/** Everything that a conversion dropped, stashed, restored, added and changed. */
export interface Report {
  readonly dropped: readonly ReportEntry[];
  readonly stashed: readonly ReportEntry[];
  readonly restored: readonly ReportEntry[];
  /** Values that the source message did not contain. */
  readonly invented: readonly ReportEntry[];
  /** Values with another form or place: mapped ids and enumerations, moved members. */
  readonly changed: readonly ReportEntry[];
  /** Whether an `FSPIOP-Signature` is no longer valid because the body, the path or a header differs (Signature 1.1, sections 2 and 3). */
  readonly signatureInvalidated: boolean;
}

/** Why a message has no equivalent in the target version, with the FSPIOP error to send. */
export interface ConversionRefusal {
  readonly errorCode: ErrorCode;
  readonly status: number;
  readonly body: ErrorBody;
  readonly pointer?: Pointer;
  readonly changeId: string;
  readonly disposition: Disposition;
  /** What a `derive` or `map` of the change threw; for logs, never part of the body. */
  readonly cause?: unknown;
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
      /** Present if requested. */
      readonly report?: Report;
    }
  | { readonly ok: false; readonly refusal: ConversionRefusal };

/** How much of a message a conversion keeps, best first. `missing`: a change leaves something unsettled. */
export type ConversionClass = "identity" | "lossless" | "stash" | "lossy" | "refused" | "missing";

/** Converts messages of one operation from one version to another. */
export interface Converter {
  (body: unknown, context?: ConversionContext): Conversion;
  /** The same for look-ups that return promises. */
  async(body: unknown, context?: ConversionContext): Promise<Conversion>;
  readonly class: ConversionClass;
  /** The versions that the conversion passes through, first and last included. */
  readonly path: readonly Version[];
  /** Ids of the changes that it applies. */
  readonly changes: readonly string[];
  /** Earlier messages of the conversation that the changes read. */
  readonly needs: readonly Operation[];
}
