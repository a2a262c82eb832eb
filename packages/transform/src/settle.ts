import { VersioningError, type ErrorCode } from "@mojaloop-versioning/protocol";
import type { Disposal, Source } from "./change.ts";
import type { Earlier, LookupRequest } from "./context.ts";
import { differences } from "./differences.ts";
import type { Check } from "./facts.ts";
import { atIndexes, type Pointer } from "./pointer.ts";
import { lookupKey, note, refuse, stopped, type Run } from "./run.ts";
import type { Visit } from "./visit.ts";

/** Where no earlier message is given, none is there. */
export const NONE: Earlier = {};

/** What a visit belongs to: for the report, for refusals. */
export interface Place {
  readonly changeId: string;
  /** The pointer from the root of the message. */
  readonly template: Pointer;
  /** `transfers 1.1`, for messages. */
  readonly target: string;
}

/** The needs of a pointer: what the target takes there, and whether it must be there. */
export interface Needs {
  readonly required: boolean;
  readonly fits?: Check;
}

/**
 * Gives a pointer its value from the first source that has a fitting one. A value that fits is kept, and an optional one that is
 * not there stays away.
 */
export function fillVisit(place: Place, sources: readonly Source[], { required, fits }: Needs): Visit {
  return (value, run) => {
    if (value === undefined ? !required : !fits || fits(value)) return value;
    for (const source of sources) {
      if ("refuse" in source) {
        refuse(run, place.changeId, source.refuse, explain(place, value, run, source.message), place);
        return value;
      }
      const answer = ask(source, value, place, run);
      if (stopped(run)) return value;
      if (answer === undefined || (fits && !fits(answer))) continue;
      note(run, value === undefined ? "invented" : "changed", place.changeId, place.template);
      return answer;
    }
    refuse(run, place.changeId, value === undefined ? "3102" : "3100", explain(place, value, run), place);
    return value;
  };
}

function ask(
  source: Exclude<Source, { refuse: ErrorCode }>,
  value: unknown,
  { changeId, template }: Place,
  run: Run,
): unknown {
  if ("derive" in source) {
    // The declaration types the owner; here it is whatever came over the wire.
    const derive = source.derive as (owner: unknown, value: unknown, earlier: Earlier) => unknown;
    return derive(run.owner, value, run.context.earlier ?? NONE);
  }
  if ("ids" in source) return typeof value === "string" ? run.context.ids?.older(value) : undefined;
  if ("value" in source) return source.value;
  const { lookup, params = {} } = run.context;
  if (!lookup) return undefined;
  const pointer = atIndexes(template, run.indexes);
  const key = lookupKey(changeId, source.lookup, pointer);
  if (run.answers?.has(key)) return run.answers.get(key);
  const { resource, operation, entry: body } = run;
  const request: LookupRequest = { changeId, resource, operation, pointer, body, params };
  const answer = lookup(source.lookup, request);
  if (!isPromise(answer)) return answer;
  run.pending = { key, answer };
  return undefined;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Takes an id of an older message back to the newer one that the context's id map made it from. */
export function newerIdVisit({ changeId, template }: Place): Visit {
  return (value, run) => {
    if (!run.context.ids || typeof value !== "string") return value;
    const newer = run.context.ids.newer(value);
    if (newer === undefined || newer === value) return value;
    note(run, "changed", changeId, template);
    return newer;
  };
}

/** Takes away what the target cannot say, as declared and as the caller's context has it. */
export function loseVisit(place: Place, disposal: Disposal): Visit {
  const { changeId, template } = place;
  return (value, run) => {
    if (value === undefined) return undefined;
    const deed = deedOf(disposal, run);
    if (deed === "refuse") {
      const [code, message] =
        typeof disposal === "string" ? ["3100" as const] : [disposal.refuse, disposal.message];
      refuse(run, changeId, code, explain(place, value, run, message), place);
      return value;
    }
    if (deed === "drop") note(run, "dropped", changeId, template);
    else run.kept.push({ changeId, template, pointer: atIndexes(template, run.indexes), value });
    return undefined;
  };
}

function deedOf(disposal: Disposal, { context: { stash } }: Run): "drop" | "stash" | "refuse" {
  const asked = stash !== undefined && stash !== false;
  if (typeof disposal !== "string") return asked && disposal.unlessStashed ? "stash" : "refuse";
  if (disposal === "drop" && asked) return "stash";
  return disposal === "stash" && stash === false ? "drop" : disposal;
}

/** Says a value of an enumeration by its counterpart; any other value passes. */
export function enumVisit(
  { changeId, template }: Place,
  pairs: readonly (readonly [from: unknown, to: unknown])[],
): Visit {
  const counterpart = new Map(pairs.map(([from, to]) => [from, to]));
  return (value, run) => {
    if (value === undefined || !counterpart.has(value)) return value;
    note(run, "changed", changeId, template);
    return counterpart.get(value);
  };
}

/** Converts the whole of a body or a component; the report tells where the result differs. */
export function mapVisit(
  { changeId, template }: Place,
  convert: (value: unknown, earlier: Earlier) => unknown,
): Visit {
  return (value, run) => {
    if (value === undefined) return undefined;
    const next = convert(value, run.context.earlier ?? NONE);
    if (run.report) for (const at of differences(value, next)) note(run, "changed", changeId, template + at);
    return next;
  };
}

/** Throws what a synchronous conversion must not meet. */
export function rejectPromise(run: Run): never {
  // The promise is abandoned here; whoever made it is told by the error below, so its own failure is not a second one.
  run.pending?.answer.then(undefined, () => undefined);
  throw new VersioningError(
    "lookup-needs-async",
    `the look-up of ${run.pending?.key ?? ""} gave a promise; call .async on the converter instead`,
  );
}

function explain({ template, target }: Place, value: unknown, run: Run, message?: string): string {
  const told = typeof value === "string" && value.length <= 40 ? ` ${JSON.stringify(value)}` : "";
  const reason = message ?? (value === undefined ? `missing in ${target}` : `cannot be said in ${target}`);
  return `${atIndexes(template, run.indexes) || "/"}${told}: ${reason}`;
}
