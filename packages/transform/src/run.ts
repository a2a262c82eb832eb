import {
  errorBody,
  statusOf,
  type ErrorCode,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Disposition } from "./change.ts";
import type { ConversionContext, Refusal, Report, ReportEntry } from "./context.ts";
import { atIndexes, type Pointer } from "./pointer.ts";

/** A report that grows. */
export type ReportDraft = {
  -readonly [List in Exclude<keyof Report, "signatureInvalidated">]: ReportEntry[];
} & { signatureInvalidated: boolean };

/** Values by the version that can say them, then by pointer: what travels in a stash. */
export type Stashed = Record<Version, Record<Pointer, unknown>>;

/** A value set aside, and where it was. */
export interface Kept {
  readonly changeId: string;
  readonly template: Pointer;
  readonly pointer: Pointer;
  readonly value: unknown;
}

/** One conversion under way. Made for each call; nothing outlives it. */
export interface Run {
  readonly context: ConversionContext;
  readonly resource: string;
  readonly operation: Operation;
  /** Answers that promises gave to an earlier attempt, by {@link lookupKey}. */
  readonly answers: ReadonlyMap<string, unknown> | undefined;
  readonly report: ReportDraft | undefined;
  /** The indexes of the arrays that the walk is inside of. */
  readonly indexes: number[];
  /** The body, or the component, that the sources of the present change see. */
  owner: unknown;
  /** The body as it entered the present step. */
  entry: unknown;
  /** What the present step has set aside for the stash. */
  readonly kept: Kept[];
  /** What the present conversion puts away. */
  stashed: Stashed | undefined;
  /** What an earlier conversion put away and this one can put back. */
  carried: Stashed | undefined;
  refusal: Refusal | undefined;
  pending: { readonly key: string; readonly answer: PromiseLike<unknown> } | undefined;
}

/** Whether the run cannot end well any more: what is left of the walk is idle. */
export function stopped(run: Run): boolean {
  return run.refusal !== undefined || run.pending !== undefined;
}

/** Enters a refusal into the run, unless one is there: the first one is told. */
export function refuse(
  run: Run,
  changeId: string,
  code: ErrorCode,
  message: string,
  { template, disposition = "error" }: { template?: Pointer; disposition?: Disposition } = {},
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
  };
}

/** Enters one thing done into the report, if there is one. */
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

/** What a promised answer is kept under between two attempts. */
export function lookupKey(changeId: string, name: string, pointer: Pointer): string {
  return `${changeId} ${name} ${pointer}`;
}
