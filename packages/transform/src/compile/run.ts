import {
  errorBody,
  statusOf,
  type ErrorCode,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Disposition } from "../declare/change.ts";
import type { ConversionContext, ConversionRefusal, Report, ReportEntry } from "./conversion-context.ts";
import { atIndexes, type Pointer } from "../values/pointer.ts";

/** A report in progress. */
export type ReportDraft = {
  -readonly [List in Exclude<keyof Report, "signatureInvalidated">]: ReportEntry[];
} & { signatureInvalidated: boolean };

/** The content of a stash: values by the version that has a place for them, then by pointer. */
export type Stashed = Record<Version, Record<Pointer, unknown>>;

/** A value that was taken out of a message for the stash, and its place. */
export interface SetAside {
  readonly changeId: string;
  readonly template: Pointer;
  readonly pointer: Pointer;
  readonly value: unknown;
}

/** The state of one conversion. Each call has its own. */
export interface Run {
  readonly context: ConversionContext;
  readonly resource: string;
  readonly operation: Operation;
  /** Results of look-ups of an earlier attempt, by {@link lookupKey}. */
  readonly answers: ReadonlyMap<string, unknown> | undefined;
  readonly report: ReportDraft | undefined;
  /** The indexes in the arrays around the visited value. */
  readonly indexes: number[];
  /** The body or component that is the argument of the sources of the current change. */
  owner: unknown;
  /** The body before the current step. */
  entry: unknown;
  /** Values that the current step has taken out for the stash. */
  readonly setAside: SetAside[];
  /** Values that this conversion stashes. */
  stashed: Stashed | undefined;
  /** Values that an earlier conversion stashed. */
  carried: Stashed | undefined;
  refusal: ConversionRefusal | undefined;
  pending: { readonly key: string; readonly answer: PromiseLike<unknown> } | undefined;
}

/** Whether the conversion has failed or waits for a look-up, so that the rest of the walk has no effect. */
export function stopped(run: Run): boolean {
  return run.refusal !== undefined || run.pending !== undefined;
}

/** Records a refusal. Only the first one counts. */
export function recordRefusal(
  run: Run,
  changeId: string,
  code: ErrorCode,
  message: string,
  {
    template,
    disposition = "error",
    cause,
  }: { template?: Pointer; disposition?: Disposition; cause?: unknown } = {},
): void {
  if (stopped(run)) return;
  const pointer = template === undefined ? undefined : atIndexes(template, run.indexes);
  run.refusal = {
    errorCode: code,
    status: statusOf(code),
    body: errorBody(code, message),
    ...(pointer !== undefined && { pointer }),
    changeId,
    disposition,
    ...(cause !== undefined && { cause }),
  };
}

/** Adds one action to the report, if one was requested. */
export function note(
  run: Run,
  list: Exclude<keyof Report, "signatureInvalidated">,
  changeId: string,
  template: Pointer,
  to?: Pointer,
): void {
  if (!run.report) return;
  const pointer = atIndexes(template, run.indexes);
  const entry = { pointer, changeId };
  run.report[list].push(to === undefined ? entry : { ...entry, to: atIndexes(to, run.indexes) });
}

/** The key of a look-up's result between two attempts. */
export function lookupKey(changeId: string, name: string, pointer: Pointer): string {
  return `${changeId} ${name} ${pointer}`;
}
