import type { ErrorCode, Operation, Version } from "@mojaloop-versioning/protocol";
import type { ComponentChange, Disposition, OperationChange } from "./change.ts";
import type { Compared } from "./compared.ts";
import type { ConversionClass } from "./context.ts";
import { ALL, compileDeclared, sequence, settledBy, worse, type Draft } from "./declared.ts";
import { compileCheck, type Check } from "./facts.ts";
import { segmentsOf, type Pointer } from "./pointer.ts";
import type { Direction, Facts, OperationResidue, Unsettled } from "./residue.ts";
import { createWalk, type Visit } from "./visit.ts";

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
  readonly params: readonly (readonly [name: string, visit: Visit])[];
  readonly renamedParams: readonly (readonly [from: string, to: string])[];
  readonly droppedQuery: readonly string[];
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
  const components = createWalk();
  const params: [string, Visit][] = [];

  for (const [name, unsettled] of Object.entries((!whole && plan.compared?.components) || {})) {
    const mine = plan.componentChanges.filter((change) => change.component === name);
    const settled = new Set(mine.flatMap((change) => settledBy(change, direction)));
    for (const base of residue?.holds?.[name] ?? []) {
      const isSettledElsewhere = (pointer: Pointer): boolean => settledHere.has(base + pointer);
      const open = pointersOf(unsettled[direction]).filter(
        (pointer) => !settled.has(pointer) && !settled.has(ALL) && !isSettledElsewhere(pointer),
      );
      draft.missing.push(...open.map((pointer) => base + pointer));
      const visit = compileDeclared(mine, { ...common, base, unsettled, isSettledElsewhere }, draft);
      if (visit) components.add(segmentsOf(base), asksOwner(mine, direction) ? owned(visit) : visit);
    }
    for (const [param, component] of Object.entries(residue?.params ?? {})) {
      if (component !== name) continue;
      const at = { ...common, base: `/{${param}}`, unsettled, isSettledElsewhere: () => false };
      const visit = compileDeclared(mine, at, draft);
      if (visit) params.push([param, asksOwner(mine, direction) ? owned(visit) : visit]);
    }
  }
  if (!settledHere.has(ALL)) {
    draft.missing.push(...pointersOf(residue?.[direction]).filter((pointer) => !settledHere.has(pointer)));
  }
  const here = { ...common, base: "", unsettled: residue ?? {}, isSettledElsewhere: () => false };
  const own = whole ? undefined : compileDeclared(ordered, here, draft);

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
    visit: sequence([components.compile(), own]),
    params,
    renamedParams: direction === "up" ? renamed : renamed.map(([older, newer]) => [newer, older]),
    droppedQuery: direction === "down" ? (residue?.newerQuery ?? []) : [],
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

function asksOwner(changes: readonly ComponentChange[], direction: Direction): boolean {
  return changes.some((change) =>
    Object.values(change[direction]?.fill ?? {}).some((sources) =>
      sources.some((source) => "derive" in source),
    ),
  );
}

/** Gives the sources inside a component the component to look at. */
function owned(visit: Visit): Visit {
  return (value, run) => {
    const owner = run.owner;
    run.owner = value;
    const next = visit(value, run);
    run.owner = owner;
    return next;
  };
}
