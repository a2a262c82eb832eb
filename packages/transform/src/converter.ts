import type { Operation, Version } from "@mojaloop-versioning/protocol";
import type { ConversionClass, ConversionContext, Conversion, Converter } from "./context.ts";
import { convertAround, touchesAround, type Around } from "./around.ts";
import { worse } from "./declared.ts";
import { DEFER, laneFor } from "./lane.ts";
import type { Leg } from "./leg.ts";
import { segmentsOf } from "./pointer.ts";
import { refuse, stopped, type ReportDraft, type Run } from "./run.ts";
import { rejectPromise } from "./settle.ts";
import { settleKept, putStash } from "./stash-away.ts";
import { holdsStash } from "./stash.ts";
import { restore, takeStash } from "./stash-back.ts";
import { compileWalk, type Visit } from "./visit.ts";

const NO_CONTEXT: ConversionContext = {};

/** Joins compiled legs to one converter. */
export function createConverter(
  resource: string,
  operation: Operation,
  from: Version,
  legs: readonly Leg[],
): Converter {
  const first = legs[0];
  const last = legs.at(-1);
  const arrival = last?.extensions.to === undefined ? undefined : segmentsOf(last.extensions.to);
  const departure = first?.extensions.from === undefined ? undefined : segmentsOf(first.extensions.from);
  const carries = (run: Run): boolean => run.carried !== undefined && Object.keys(run.carried).length > 0;
  const whole = legs.find((leg) => leg.refusal)?.refusal;
  const restores = legs.some((leg) => leg.restorable.size > 0);
  const fused = fuse(legs);
  const goesAround = legs.some(touchesAround);
  const takesIdsBack = legs.some((leg) => leg.newerIds);
  const lane = laneFor(operation, legs);

  /** The outcome for a message as plain as the lane takes it; undefined where it must be attempted. */
  function express(body: unknown, context: ConversionContext): Conversion | undefined {
    if (!lane) return undefined;
    const { report, stash, ids } = context;
    if (report || (stash !== undefined && stash !== false) || (takesIdsBack && ids)) return undefined;
    if (restores && departure && stash !== false && holdsStash(body, departure)) return undefined;
    const converted = lane(body);
    if (converted === DEFER) return undefined;
    if (!goesAround || context === NO_CONTEXT) return { ok: true, body: converted };
    let around: Around = context;
    const run = createRun(resource, operation, context, undefined);
    for (const leg of legs) around = convertAround(around, leg, run);
    return stopped(run) ? undefined : outcomeOf(converted, around, context);
  }

  function attempt(body: unknown, context: ConversionContext, answers: Run["answers"]): Conversion | Run {
    const run = createRun(resource, operation, context, answers);
    if (whole) {
      // Nothing of the message matters then, whatever an earlier leg would say of it.
      const { changeId, code, message, disposition } = whole;
      refuse(run, changeId, code, message, { disposition });
      if (run.refusal) return { ok: false, refusal: run.refusal };
    }
    let current = body;
    if (restores && context.stash !== false) current = takeStash(current, run, departure, from);
    let around: Around = context;
    const atOnce = fused && !run.carried && (context.stash === undefined || context.stash === false);
    if (atOnce) current = fused(current, run);
    for (const leg of legs) {
      run.entry = run.owner = current;
      if (run.carried) current = restore(current, leg, run, "before");
      if (leg.visit && !atOnce) current = leg.visit(current, run);
      if (leg.newerIds && context.ids) current = leg.newerIds(current, run);
      if (run.kept.length > 0) settleKept(current, leg, run);
      if (goesAround) around = convertAround(around, leg, run);
      if (stopped(run)) break;
      if (run.carried) current = restore(current, leg, run, "after");
    }
    if (!stopped(run) && (run.stashed || carries(run))) current = putStash(current, run, arrival);
    if (run.pending) return run;
    if (run.refusal) return { ok: false, refusal: run.refusal };
    const result = outcomeOf(current, around, context);
    if (run.report) {
      const { params, headers } = result;
      run.report.signatureInvalidated = current !== body || params !== undefined || headers !== undefined;
      result.report = run.report;
    }
    return result;
  }

  function convert(body: unknown, context: ConversionContext = NO_CONTEXT): Conversion {
    const outcome = express(body, context) ?? attempt(body, context, undefined);
    return "ok" in outcome ? outcome : rejectPromise(outcome);
  }

  async function convertAsync(body: unknown, context: ConversionContext = NO_CONTEXT): Promise<Conversion> {
    const plain = express(body, context);
    if (plain) return plain;
    const answers = new Map<string, unknown>();
    for (;;) {
      // A conversion has no effects, so it is begun anew with each answer; all look-ups before it are answered from the map.
      const outcome = attempt(body, context, answers);
      if ("ok" in outcome) return outcome;
      if (outcome.pending) answers.set(outcome.pending.key, await outcome.pending.answer);
    }
  }

  return Object.assign(convert, {
    async: convertAsync,
    class: legs.reduce<ConversionClass>((grade, leg) => worse(grade, leg.class), "identity"),
    path: [from, ...legs.map((leg) => leg.to)],
    changes: [...new Set(legs.flatMap((leg) => leg.changes))],
    needs: [...new Set(legs.flatMap((leg) => leg.needs))],
  });
}

type Said = { -readonly [K in keyof (Conversion & { ok: true })]: (Conversion & { ok: true })[K] };

function outcomeOf(body: unknown, { params, query, headers }: Around, context: ConversionContext): Said {
  const said: Said = { ok: true, body };
  if (params && params !== context.params) said.params = params;
  if (query && query !== context.query) said.query = query;
  if (headers && headers !== context.headers) said.headers = headers;
  return said;
}

/** One walk for several legs whose visits look at nothing but the value before them: half the walking, half the copies. */
function fuse(legs: readonly Leg[]): Visit | undefined {
  const stops = legs.flatMap((leg) => leg.stops ?? []);
  const each = legs.every((leg) => leg.stops !== undefined && leg.class !== "stash");
  return legs.length > 1 && each ? compileWalk(stops) : undefined;
}

function createRun(
  resource: string,
  operation: Operation,
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
    kept: [],
    stashed: undefined,
    carried: undefined,
    refusal: undefined,
    pending: undefined,
  };
}
