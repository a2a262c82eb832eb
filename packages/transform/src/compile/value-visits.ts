import { VersioningError, type ErrorCode } from "@mojaloop-versioning/protocol";
import type { Disposal, Source } from "../declare/change.ts";
import { differences } from "../values/differences.ts";
import { atIndexes, type Pointer } from "../values/pointer.ts";
import type { Earlier, LookupRequest } from "./conversion-context.ts";
import { lookupKey, note, recordRefusal, stopped, type Run } from "./run.ts";
import type { ValueCheck } from "./value-check.ts";
import type { Visit } from "./visit.ts";

/** The earlier messages of a caller that passes none. */
export const NO_EARLIER: Earlier = {};

/** The change and the place of a visit, for reports and refusals. */
export interface VisitPlace {
  readonly changeId: string;
  /** The pointer from the root of the message. */
  readonly template: Pointer;
  /** `transfers 1.1`, for error descriptions. */
  readonly target: string;
}

/** What the target requires of a value. */
export interface TargetNeeds {
  readonly required: boolean;
  readonly fits?: ValueCheck;
}

/**
 * Fills a pointer from the first source with a value that fits. A present value that fits stays, and an optional absent one stays
 * absent.
 */
export function fillVisit(
  place: VisitPlace,
  sources: readonly Source[],
  { required, fits }: TargetNeeds,
): Visit {
  return (value, run) => {
    if (value === undefined ? !required : !fits || fits(value)) return value;
    for (const source of sources) {
      if ("refuse" in source) {
        const message = describe(place, value, run, source.message);
        recordRefusal(run, { ...place, code: source.refuse, message });
        return value;
      }
      const found = valueFrom(source, value, place, run);
      if (stopped(run)) return value;
      if (found === undefined || (fits && !fits(found))) continue;
      note(run, value === undefined ? "invented" : "changed", place);
      return found;
    }
    const code = value === undefined ? "3102" : "3100";
    recordRefusal(run, { ...place, code, message: describe(place, value, run) });
    return value;
  };
}

function valueFrom(
  source: Exclude<Source, { refuse: ErrorCode }>,
  value: unknown,
  { changeId, template }: VisitPlace,
  run: Run,
): unknown {
  if ("derive" in source) {
    // The declaration types the owner; here it is any JSON value.
    const derive = source.derive as (owner: unknown, value: unknown, earlier: Earlier) => unknown;
    try {
      return derive(run.owner, value, run.context.earlier ?? NO_EARLIER);
    } catch (cause) {
      recordFailure(run, changeId, template, cause);
      return undefined;
    }
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

/** Replaces an id of an older message by the newer id that the context's id map made it from. */
export function newerIdVisit({ changeId, template }: VisitPlace): Visit {
  return (value, run) => {
    if (!run.context.ids || typeof value !== "string") return value;
    const newer = run.context.ids.newer(value);
    if (newer === undefined || newer === value) return value;
    note(run, "changed", { changeId, template });
    return newer;
  };
}

/** Removes a value that has no place in the target, as declared and as the caller's context says. */
export function loseVisit(place: VisitPlace, disposal: Disposal): Visit {
  const { changeId, template } = place;
  return (value, run) => {
    if (value === undefined) return undefined;
    const action = actionFor(disposal, run);
    if (action === "refuse") {
      const [code, message] =
        typeof disposal === "string" ? ["3100" as const] : [disposal.refuse, disposal.message];
      recordRefusal(run, { ...place, code, message: describe(place, value, run, message) });
      return value;
    }
    if (action === "drop") note(run, "dropped", { changeId, template });
    else run.setAside.push({ changeId, template, pointer: atIndexes(template, run.indexes), value });
    return undefined;
  };
}

function actionFor(disposal: Disposal, { context: { stash } }: Run): "drop" | "stash" | "refuse" {
  const requested = stash !== undefined && stash !== false;
  if (typeof disposal !== "string") return requested && disposal.unlessStashed ? "stash" : "refuse";
  if (disposal === "drop" && requested) return "stash";
  return disposal === "stash" && stash === false ? "drop" : disposal;
}

/** Maps a value of an enumeration to its counterpart; any other value stays. */
export function enumVisit(
  { changeId, template }: VisitPlace,
  pairs: readonly (readonly [from: unknown, to: unknown])[],
): Visit {
  const counterpart = new Map(pairs.map(([from, to]) => [from, to]));
  return (value, run) => {
    if (value === undefined || !counterpart.has(value)) return value;
    note(run, "changed", { changeId, template });
    return counterpart.get(value);
  };
}

/** Converts a whole body or component with a declared function; the report lists where the result differs. */
export function mapVisit(
  { changeId, template }: VisitPlace,
  convert: (value: unknown, earlier: Earlier) => unknown,
): Visit {
  return (value, run) => {
    if (value === undefined) return undefined;
    let next: unknown;
    try {
      next = convert(value, run.context.earlier ?? NO_EARLIER);
    } catch (cause) {
      recordFailure(run, changeId, template, cause);
      return value;
    }
    if (run.report)
      for (const at of differences(value, next)) note(run, "changed", { changeId, template: template + at });
    return next;
  };
}

// A declared function that throws refuses this message and must not stop the caller. The error can contain data of the message, so the
// description for the sender names only the change.
function recordFailure(run: Run, changeId: string, template: Pointer, cause: unknown): void {
  recordRefusal(run, { changeId, code: "2001", message: `the change ${changeId} failed`, template, cause });
}

/** The same visit, with the visited component as the owner of the sources inside it. */
export function asOwner(visit: Visit): Visit {
  return (value, run) => {
    const owner = run.owner;
    run.owner = value;
    const next = visit(value, run);
    run.owner = owner;
    return next;
  };
}

/** @throws VersioningError `lookup-needs-async`, for a synchronous conversion whose look-up returned a promise */
export function rejectPromise(run: Run): never {
  // The error below reports the problem; a later rejection of the abandoned promise must not count as unhandled.
  run.pending?.answer.then(undefined, () => undefined);
  throw new VersioningError(
    "lookup-needs-async",
    `the look-up "${run.pending?.key ?? ""}" returned a promise; call .async on the converter instead`,
  );
}

function describe({ template, target }: VisitPlace, value: unknown, run: Run, message?: string): string {
  const shown = typeof value === "string" && value.length <= 40 ? ` ${JSON.stringify(value)}` : "";
  const reason = message ?? (value === undefined ? `missing in ${target}` : `not allowed in ${target}`);
  return `${atIndexes(template, run.indexes) || "/"}${shown}: ${reason}`;
}
