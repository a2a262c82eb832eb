import type { Facts, Unsettled } from "@mojaloop-versioning/types";
import type { OperationChange } from "../declare/change.ts";
import { segmentsOf, type Pointer } from "../values/pointer.ts";
import { compileChanges, type ChangesAt } from "./compile-changes.ts";
import type { CompiledStep, StepPlan } from "./compiled-step.ts";
import { compileHeaders, type CompiledHeader } from "./header-visits.ts";
import { ALL, hasSource, settledBy } from "./settled-pointers.ts";
import { createStepDraft, worse, type StepDraft } from "./step-draft.ts";
import { compileValueCheck } from "./value-check.ts";
import { compileWalk, sequence, type WalkStop, type Visit } from "./visit.ts";
import { wholeRefusal, type WholeRefusal } from "./whole-refusal.ts";

// A step in progress.
interface StepCompilation {
  readonly plan: StepPlan;
  readonly draft: StepDraft;
  /** The operation's changes in the order of the direction. */
  readonly ordered: readonly OperationChange[];
  /** The pointers that they settle. */
  readonly settled: ReadonlySet<Pointer>;
  /** Visits that convert whole values; the outer ones run first, on a body of the source version. */
  readonly maps: WalkStop[];
  readonly stops: WalkStop[];
  readonly newerIds: WalkStop[];
  readonly params: [name: string, visit: Visit][];
  /** Whether the stops can be made in one walk with those of the next step. */
  fusible: boolean;
}

/** Compiles a step. Everything that does not depend on a message is decided here. */
export function compileStep(plan: StepPlan): CompiledStep {
  const { direction, residue } = plan;
  const ordered = direction === "up" ? plan.changes : plan.changes.toReversed();
  const compilation: StepCompilation = {
    plan,
    draft: createStepDraft(),
    ordered,
    settled: new Set(ordered.flatMap((change) => settledBy(change, direction))),
    maps: [],
    stops: [],
    newerIds: [],
    params: [],
    fusible: true,
  };
  const refusal = wholeRefusal(plan);
  const absent = residue?.in === (direction === "up" ? "newer" : "older");
  if (refusal && !absent) compilation.draft.changes.add(refusal.changeId);
  if (residue?.in !== undefined && !absent && !refusal) compilation.draft.missing.push("");
  if (!refusal) {
    for (const name of Object.keys(plan.neighbours?.components ?? {})) compileComponent(compilation, name);
  }
  const own = compileOwn(compilation, refusal);
  const headers = refusal ? [] : compileOwnHeaders(compilation);
  return {
    ...outcomeOf(compilation, refusal, absent),
    ...headOf(plan, headers),
    absent,
    visit: sequence([compileWalk(compilation.maps), compileWalk(compilation.stops), own]),
    newerIds: compileWalk(compilation.newerIds),
    ...(compilation.fusible && { stops: compilation.stops }),
    params: compilation.params,
    madeOf: [...(plan.neighbours?.tables ?? []), ...plan.changes, ...plan.componentChanges],
    fastPaths: plan.neighbours?.fastPaths,
  };
}

function compileComponent(compilation: StepCompilation, name: string): void {
  const { plan, draft, maps, stops, newerIds } = compilation;
  const { residue, direction } = plan;
  const unsettled = plan.neighbours?.components[name] ?? {};
  const changes = plan.componentChanges.filter((change) => change.component === name);
  const settled = new Set(changes.flatMap((change) => settledBy(change, direction)));
  for (const base of residue?.holds?.[name] ?? []) {
    const isSettledElsewhere = (pointer: Pointer): boolean => compilation.settled.has(base + pointer);
    const open = pointersOf(unsettled[direction]).filter(
      (pointer) =>
        !settled.has(pointer) &&
        !settled.has(ALL) &&
        !isSettledElsewhere(pointer) &&
        // A map of the operation converts its components, too.
        !compilation.settled.has(ALL),
    );
    draft.missing.push(...open.map((pointer) => base + pointer));
    const compiled = compileChanges(
      changes,
      { ...placeIn(plan, base), unsettled, isSettledElsewhere },
      draft,
    );
    maps.push(...compiled.maps);
    stops.push(...compiled.stops);
    newerIds.push(...compiled.newerIds);
    if (hasSource(changes, direction, ["derive", "lookup"])) compilation.fusible = false;
    if (!compiled.visit) continue;
    stops.push({ segments: segmentsOf(base), visit: compiled.visit });
    compilation.fusible = false;
  }
  for (const [param, component] of Object.entries(residue?.params ?? {})) {
    if (component !== name) continue;
    const compiled = compileChanges(changes, { ...placeIn(plan, `/{${param}}`), unsettled }, draft);
    const visits = [...compiled.maps, ...compiled.stops, ...compiled.newerIds].map((stop) => stop.visit);
    const visit = sequence(visits.concat(compiled.visit ?? []));
    if (visit) compilation.params.push([param, visit]);
  }
}

// The changes of the operation itself; gives the visit that must run after all stops, if there is one.
function compileOwn(compilation: StepCompilation, refusal: WholeRefusal | undefined): Visit | undefined {
  const { plan, draft, ordered, settled, maps, stops, newerIds } = compilation;
  const { residue, direction } = plan;
  if (!settled.has(ALL)) {
    draft.missing.push(...pointersOf(residue?.[direction]).filter((pointer) => !settled.has(pointer)));
  }
  if (hasSource(ordered, direction, ["derive", "lookup"])) compilation.fusible = false;
  if (refusal) return undefined;
  const own = compileChanges(ordered, { ...placeIn(plan, ""), unsettled: residue ?? {} }, draft);
  maps.push(...own.maps);
  stops.push(...own.stops);
  newerIds.push(...own.newerIds);
  if (own.visit || maps.length > 0) compilation.fusible = false;
  return own.visit;
}

function compileOwnHeaders({ plan, draft, ordered }: StepCompilation): CompiledHeader[] {
  const headers = compileHeaders(ordered, plan.direction, targetOf(plan));
  for (const { changeId, class: itsClass, pointer, refuses } of headers) {
    draft.class = worse(draft.class, itsClass);
    draft.changes.add(changeId);
    if (refuses) draft.refuses.push(pointer);
  }
  return headers;
}

type Outcome = Pick<
  CompiledStep,
  "class" | "refusal" | "restorable" | "derivable" | "changes" | "needs" | "refuses" | "missing"
>;

function outcomeOf({ draft }: StepCompilation, refusal: WholeRefusal | undefined, absent: boolean): Outcome {
  if (refusal) draft.class = worse(draft.class, refusal.disposition === "swallow" ? "lossy" : "refused");
  if (draft.missing.length > 0 && !refusal) draft.class = "missing";
  return {
    class: absent ? "refused" : draft.class,
    ...(refusal && { refusal }),
    restorable: draft.restorable,
    derivable: draft.derivable,
    changes: [...draft.changes],
    needs: [...draft.needs],
    refuses: draft.refuses,
    missing: refusal ? [] : draft.missing,
  };
}

type StepHead = Pick<
  CompiledStep,
  "from" | "to" | "renamedParams" | "droppedQuery" | "headers" | "extensions"
>;

function headOf(plan: StepPlan, headers: readonly CompiledHeader[]): StepHead {
  const { residue, direction, from, to } = plan;
  const up = direction === "up";
  const renamed = Object.entries(residue?.renamedParams ?? {});
  const { older, newer } = (residue
    ? residue.extensions
    : { older: "/extensionList", newer: "/extensionList" }) ?? { older: undefined, newer: undefined };
  return {
    from,
    to,
    renamedParams: up ? renamed : renamed.map(([older, newer]) => [newer, older]),
    droppedQuery: up ? [] : (residue?.newerQuery ?? []),
    headers: headers.map(({ visit }) => visit),
    extensions: up ? { from: older, to: newer } : { from: newer, to: older },
  };
}

function placeIn(plan: StepPlan, base: Pointer): Omit<ChangesAt, "unsettled"> {
  return {
    base,
    direction: plan.direction,
    target: targetOf(plan),
    check: (facts: Facts) => compileValueCheck(facts, plan.neighbours?.definitions ?? {}),
    isSettledElsewhere: () => false,
  };
}

function targetOf({ resource, to }: StepPlan): string {
  return `${resource} ${to}`;
}

function pointersOf(unsettled: Unsettled | undefined): Pointer[] {
  return [...Object.keys(unsettled?.sources ?? {}), ...Object.keys(unsettled?.disposals ?? {})];
}
