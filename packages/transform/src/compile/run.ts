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

/** A refusal before it is recorded; the template is the pointer from the root of the message. */
export interface RefusalDraft {
  readonly changeId: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly template?: Pointer;
  readonly disposition?: Disposition;
  readonly cause?: unknown;
}

/** Records a refusal. Only the first one counts. */
export function recordRefusal(run: Run, draft: RefusalDraft): void {
  if (stopped(run)) return;
  const { changeId, code, message, template, disposition = "error", cause } = draft;
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

/** An action for the report: the change that declares it, its place and, for a value that moved, the new place. */
export interface NotedAction {
  readonly changeId: string;
  readonly template: Pointer;
  readonly to?: Pointer;
}

/** Adds one action to the report, if one was requested. */
export function note(
  run: Run,
  list: Exclude<keyof Report, "signatureInvalidated">,
  { changeId, template, to }: NotedAction,
): void {
  if (!run.report) return;
  const entry = { pointer: atIndexes(template, run.indexes), changeId };
  run.report[list].push(to === undefined ? entry : { ...entry, to: atIndexes(to, run.indexes) });
}

/** The key of a look-up's result between two attempts. */
export function lookupKey(changeId: string, name: string, pointer: Pointer): string {
  return `${changeId} ${name} ${pointer}`;
}

/** The state of a conversion that has not begun. */
export function createRun(
  { resource, operation }: Pick<Run, "resource" | "operation">,
  context: ConversionContext,
  answers: Run["answers"],
): Run {
  const report: ReportDraft | undefined = context.report
    ? { dropped: [], stashed: [], restored: [], invented: [], changed: [], signatureInvalidated: false }
    : undefined;
  return {
    context,
    resource,
    operation,
    answers,
    report,
    indexes: [],
    owner: undefined,
    entry: undefined,
    setAside: [],
    stashed: undefined,
    carried: undefined,
    refusal: undefined,
    pending: undefined,
  };
}
