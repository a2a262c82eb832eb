import type { ErrorCode, Operation, Version } from "@mojaloop-versioning/protocol";
import type { ComponentChange, Disposition, OperationChange } from "./change.ts";
import type { Compared } from "./compared.ts";
import type { ConversionClass } from "./context.ts";
import { ALL, compileDeclared, sequence, settledBy, worse, type Draft } from "./declared.ts";
import { compileCheck, type Check } from "./facts.ts";
import { settleHeaders, type HeaderVisit } from "./headers.ts";
import type { Lanes } from "./lane.ts";
import { segmentsOf, type Pointer } from "./pointer.ts";
import type { Direction, Facts, OperationResidue, Unsettled } from "./residue.ts";
import { compileWalk, type Stop, type Visit } from "./visit.ts";

/** One operation between two neighbouring versions, in one direction, with all that is declared of it. */
export interface LegPlan {
  readonly resource: string;
  readonly operation: Operation;
  readonly direction: Direction;
  readonly from: Version;
  readonly to: Version;
  readonly residue: OperationResidue | undefined;
  /** The comparison that the residue is part of. */
  readonly compared: Compared | undefined;
  readonly changes: readonly OperationChange[];
  readonly componentChanges: readonly ComponentChange[];
}

/** Why no message of the operation gets through. */
export interface WholeRefusal {
  readonly changeId: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly disposition: Disposition;
}

/** A compiled step of one operation in one direction. */
export interface Leg {
  readonly from: Version;
  readonly to: Version;
  readonly class: ConversionClass;
  readonly refusal?: WholeRefusal;
  /** The operation is not in the version that the leg starts from: there are no such messages. */
  readonly absent: boolean;
  readonly visit: Visit | undefined;
  /** The same as single visits, if they may be made together with those of the next leg. */
  readonly stops?: readonly Stop[];
  /** Takes ids back to their newer form, for a caller that has an id map. */
  readonly newerIds: Visit | undefined;
  readonly params: readonly (readonly [name: string, visit: Visit])[];
  readonly renamedParams: readonly (readonly [from: string, to: string])[];
  readonly droppedQuery: readonly string[];
  readonly headers: readonly HeaderVisit[];
  /** What a stash may put back on arrival, by pointer with `*`. */
  readonly restorable: ReadonlyMap<Pointer, Check>;
  /** How the way back finds a value for itself, by pointer, from the body as it arrives. */
  readonly derivable: ReadonlyMap<Pointer, (body: unknown) => unknown>;
  /** The extension list of each end, if it has one. */
  readonly extensions: { readonly from: Pointer | undefined; readonly to: Pointer | undefined };
  readonly changes: readonly string[];
  readonly needs: readonly Operation[];
  /** Pointers that may refuse a message. */
  readonly refuses: readonly Pointer[];
  /** What nothing settles. */
  readonly missing: readonly Pointer[];
  /** All that the leg was compiled from, as the very objects that the registry was given. */
  readonly madeOf: readonly unknown[];
  /** Generated code for paths that begin with this leg. */
  readonly lanes: Lanes | undefined;
}

/** Compiles a leg. Nothing is decided later that can be decided here. */
export function compileLeg(plan: LegPlan): Leg {
  const { residue, direction, changes, resource, from, to } = plan;
  const draft: Draft = {
    class: "identity",
    changes: new Set(),
    needs: new Set(),
    refuses: [],
    missing: [],
    restorable: new Map(),
    derivable: new Map(),
  };
  const common = {
    direction,
    target: `${resource} ${to}`,
    check: (facts: Facts): Check => compileCheck(facts, plan.compared?.definitions ?? {}),
  };
  const whole = wholeRefusal(plan);
  const absent = residue?.in === (direction === "up" ? "newer" : "older");
  if (whole && !absent) draft.changes.add(whole.changeId);
  if (residue?.in !== undefined && !absent && !whole) draft.missing.push("");

  const ordered = direction === "up" ? changes : changes.toReversed();
  const settledHere = new Set(ordered.flatMap((change) => settledBy(change, direction)));
  const stops: Stop[] = [];
  const newerIds: Stop[] = [];
  const params: [string, Visit][] = [];
  let fusible = true;

  for (const [name, unsettled] of Object.entries((!whole && plan.compared?.components) || {})) {
    const mine = plan.componentChanges.filter((change) => change.component === name);
    const settled = new Set(mine.flatMap((change) => settledBy(change, direction)));
    for (const base of residue?.holds?.[name] ?? []) {
      const isSettledElsewhere = (pointer: Pointer): boolean => settledHere.has(base + pointer);
      const open = pointersOf(unsettled[direction]).filter(
        (pointer) => !settled.has(pointer) && !settled.has(ALL) && !isSettledElsewhere(pointer),
      );
      draft.missing.push(...open.map((pointer) => base + pointer));
      const found = compileDeclared(mine, { ...common, base, unsettled, isSettledElsewhere }, draft);
      stops.push(...found.stops);
      newerIds.push(...found.newerIds);
      if (mine.some((change) => asks(change, direction))) fusible = false;
      if (!found.visit) continue;
      stops.push({ segments: segmentsOf(base), visit: found.visit });
      fusible = false;
    }
    for (const [param, component] of Object.entries(residue?.params ?? {})) {
      if (component !== name) continue;
      const at = { ...common, base: `/{${param}}`, unsettled, isSettledElsewhere: () => false };
      const found = compileDeclared(mine, at, draft);
      const visit = sequence(
        [...found.stops, ...found.newerIds].map((stop) => stop.visit).concat(found.visit ?? []),
      );
      if (visit) params.push([param, visit]);
    }
  }
  if (!settledHere.has(ALL)) {
    draft.missing.push(...pointersOf(residue?.[direction]).filter((pointer) => !settledHere.has(pointer)));
  }
  const here = { ...common, base: "", unsettled: residue ?? {}, isSettledElsewhere: () => false };
  const own = whole ? undefined : compileDeclared(ordered, here, draft);
  stops.push(...(own?.stops ?? []));
  newerIds.push(...(own?.newerIds ?? []));
  if (own?.visit || ordered.some((change) => asks(change, direction))) fusible = false;

  const headers = whole ? [] : settleHeaders(ordered, direction, common.target);
  for (const { changeId, grade, pointer, refuses } of headers) {
    draft.class = worse(draft.class, grade);
    draft.changes.add(changeId);
    if (refuses) draft.refuses.push(pointer);
  }

  if (whole) draft.class = worse(draft.class, whole.disposition === "swallow" ? "lossy" : "refused");
  if (draft.missing.length > 0 && !whole) draft.class = "missing";
  if (absent) draft.class = "refused";
  const extensions = residue ? residue.extensions : { older: "/extensionList", newer: "/extensionList" };
  const renamed = Object.entries(residue?.renamedParams ?? {});
  return {
    from,
    to,
    class: draft.class,
    ...(whole && { refusal: whole }),
    absent,
    visit: sequence([compileWalk(stops), own?.visit]),
    newerIds: compileWalk(newerIds),
    ...(fusible && { stops }),
    params,
    renamedParams: direction === "up" ? renamed : renamed.map(([older, newer]) => [newer, older]),
    droppedQuery: direction === "down" ? (residue?.newerQuery ?? []) : [],
    headers: headers.map(({ visit }) => visit),
    restorable: draft.restorable,
    derivable: draft.derivable,
    extensions:
      direction === "up"
        ? { from: extensions?.older, to: extensions?.newer }
        : { from: extensions?.newer, to: extensions?.older },
    changes: [...draft.changes],
    needs: [...draft.needs],
    refuses: draft.refuses,
    missing: whole ? [] : draft.missing,
    madeOf: [...(plan.compared?.tables ?? []), ...changes, ...plan.componentChanges],
    lanes: plan.compared?.lanes,
  };
}

function pointersOf(unsettled: Unsettled | undefined): Pointer[] {
  return [...Object.keys(unsettled?.sources ?? {}), ...Object.keys(unsettled?.disposals ?? {})];
}

function wholeRefusal({
  changes,
  direction,
  residue,
  operation,
  resource,
  from,
  to,
}: LegPlan): WholeRefusal | undefined {
  for (const change of changes) {
    const { refuse, message, disposition = "error" } = change[direction] ?? {};
    if (refuse === undefined) continue;
    return {
      changeId: change.id,
      code: refuse,
      message: message ?? `${operation} is not in ${resource} ${to}`,
      disposition,
    };
  }
  if (residue?.in !== (direction === "up" ? "newer" : "older")) return undefined;
  return {
    changeId: `${resource}/${from}`,
    code: "3002",
    message: `${operation} is not in ${resource} ${from}`,
    disposition: "error",
  };
}

/** Whether a change looks at more than the value it visits. */
function asks(change: OperationChange | ComponentChange, direction: Direction): boolean {
  return Object.values(change[direction]?.fill ?? {}).some((sources) =>
    sources.some((source) => "derive" in source || "lookup" in source),
  );
}
