import type { Operation, Version } from "@mojaloop-versioning/protocol";
import type { CompiledStep } from "../compile/compiled-step.ts";
import type {
  ConversionClass,
  ConversionContext,
  Conversion,
  Converter,
} from "../compile/conversion-context.ts";
import { changesHead, convertHead, type MessageHead } from "../compile/message-head.ts";
import { createRun, recordRefusal, stopped, type Run } from "../compile/run.ts";
import { worse } from "../compile/step-draft.ts";
import { rejectPromise } from "../compile/value-visits.ts";
import { compileWalk, type Visit } from "../compile/visit.ts";
import type { WholeRefusal } from "../compile/whole-refusal.ts";
import { collectStash, putStash } from "../stash/put-stash.ts";
import { restore, takeStash } from "../stash/restore-stash.ts";
import { holdsStash } from "../stash/stash.ts";
import { DEFER, type FastPath } from "../values/fast-path.ts";
import { segmentsOf } from "../values/pointer.ts";
import { findFastPath } from "./find-fast-path.ts";

const NO_CONTEXT: ConversionContext = {};

// What a converter knows before the first message.
interface ConversionPlan {
  readonly resource: string;
  readonly operation: Operation;
  readonly from: Version;
  readonly steps: readonly CompiledStep[];
  /** The extension lists of the source and the target. */
  readonly source: readonly string[] | undefined;
  readonly target: readonly string[] | undefined;
  readonly refusal: WholeRefusal | undefined;
  readonly restores: boolean;
  readonly restoresIds: boolean;
  readonly convertsHead: boolean;
  readonly fused: Visit | undefined;
  readonly fastPath: FastPath | undefined;
}

/** Joins compiled steps to one converter. */
export function createConverter(
  resource: string,
  operation: Operation,
  from: Version,
  steps: readonly CompiledStep[],
): Converter {
  const source = steps[0]?.extensions.from;
  const target = steps.at(-1)?.extensions.to;
  const plan: ConversionPlan = {
    resource,
    operation,
    from,
    steps,
    source: source === undefined ? undefined : segmentsOf(source),
    target: target === undefined ? undefined : segmentsOf(target),
    refusal: steps.find((step) => step.refusal)?.refusal,
    restores: steps.some((step) => step.restorable.size > 0),
    restoresIds: steps.some((step) => step.newerIds),
    convertsHead: steps.some(changesHead),
    fused: fuse(steps),
    fastPath: findFastPath(operation, steps),
  };

  function convert(body: unknown, context: ConversionContext = NO_CONTEXT): Conversion {
    const outcome = tryFastPath(plan, body, context) ?? attempt(plan, body, context, undefined);
    return "ok" in outcome ? outcome : rejectPromise(outcome);
  }

  async function convertAsync(body: unknown, context: ConversionContext = NO_CONTEXT): Promise<Conversion> {
    const fast = tryFastPath(plan, body, context);
    if (fast) return fast;
    const answers = new Map<string, unknown>();
    for (;;) {
      // A conversion has no effects, so it starts again with each result; look-ups that have one are read from the map.
      const outcome = attempt(plan, body, context, answers);
      if ("ok" in outcome) return outcome;
      if (outcome.pending) answers.set(outcome.pending.key, await outcome.pending.answer);
    }
  }

  return Object.assign(convert, {
    async: convertAsync,
    class: steps.reduce<ConversionClass>((worst, step) => worse(worst, step.class), "identity"),
    path: [from, ...steps.map((step) => step.to)],
    changes: [...new Set(steps.flatMap((step) => step.changes))],
    needs: [...new Set(steps.flatMap((step) => step.needs))],
  });
}

// The outcome for a message of the plain case; undefined where the compiled steps must run.
function tryFastPath(
  plan: ConversionPlan,
  body: unknown,
  context: ConversionContext,
): Conversion | undefined {
  if (!plan.fastPath) return undefined;
  const { report, stash, ids } = context;
  if (report || (stash !== undefined && stash !== false) || (plan.restoresIds && ids)) return undefined;
  if (plan.restores && plan.source && stash !== false && holdsStash(body, plan.source)) return undefined;
  const converted = plan.fastPath(body);
  if (converted === DEFER) return undefined;
  if (!plan.convertsHead || context === NO_CONTEXT) return { ok: true, body: converted };
  let head: MessageHead = context;
  const run = createRun(plan, context, undefined);
  for (const step of plan.steps) head = convertHead(head, step, run);
  return stopped(run) ? undefined : outcomeOf(converted, head, context);
}

function attempt(
  plan: ConversionPlan,
  body: unknown,
  context: ConversionContext,
  answers: Run["answers"],
): Conversion | Run {
  const run = createRun(plan, context, answers);
  if (plan.refusal) {
    // Refused whatever the message contains, even if an earlier step would have refused it for another reason.
    recordRefusal(run, plan.refusal);
    if (run.refusal) return { ok: false, refusal: run.refusal };
  }
  const { body: current, head } = runSteps(plan, body, run);
  if (run.pending) return run;
  if (run.refusal) return { ok: false, refusal: run.refusal };
  const result = outcomeOf(current, head, context);
  if (run.report) {
    const { params, headers } = result;
    run.report.signatureInvalidated = current !== body || params !== undefined || headers !== undefined;
    result.report = run.report;
  }
  return result;
}

function runSteps(plan: ConversionPlan, body: unknown, run: Run): { body: unknown; head: MessageHead } {
  const { context } = run;
  let current = body;
  if (plan.restores && context.stash !== false) current = takeStash(current, run, plan.source, plan.from);
  let head: MessageHead = context;
  const { fused } = plan;
  const atOnce = fused && !run.carried && (context.stash === undefined || context.stash === false);
  if (atOnce) current = fused(current, run);
  for (const step of plan.steps) {
    run.entry = run.owner = current;
    if (run.carried) current = restore(current, step, run, "before");
    if (step.visit && !atOnce) current = step.visit(current, run);
    if (step.newerIds && context.ids) current = step.newerIds(current, run);
    if (run.setAside.length > 0) collectStash(current, step, run);
    if (plan.convertsHead) head = convertHead(head, step, run);
    if (stopped(run)) break;
    if (run.carried) current = restore(current, step, run, "after");
  }
  const carries = run.carried !== undefined && Object.keys(run.carried).length > 0;
  if (!stopped(run) && (run.stashed || carries)) current = putStash(current, run, plan.target);
  return { body: current, head };
}

type Converted = Conversion & { ok: true };
type MutableOutcome = { -readonly [K in keyof Converted]: Converted[K] };

function outcomeOf(
  body: unknown,
  { params, query, headers }: MessageHead,
  context: ConversionContext,
): MutableOutcome {
  const outcome: MutableOutcome = { ok: true, body };
  if (params && params !== context.params) outcome.params = params;
  if (query && query !== context.query) outcome.query = query;
  if (headers && headers !== context.headers) outcome.headers = headers;
  return outcome;
}

// One walk for several steps whose visits read nothing but their own value: half the walking and half the copies.
function fuse(steps: readonly CompiledStep[]): Visit | undefined {
  const stops = steps.flatMap((step) => step.stops ?? []);
  const all = steps.every((step) => step.stops !== undefined && step.class !== "stash");
  return steps.length > 1 && all ? compileWalk(stops) : undefined;
}
