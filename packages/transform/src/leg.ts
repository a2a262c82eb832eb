import type { ErrorCode, Operation, Version } from "@mojaloop-versioning/protocol";
import type { ComponentChange, Disposal, Disposition, OperationChange, Settlement } from "./change.ts";
import type { ConversionClass } from "./context.ts";
import { compileCheck, type Check } from "./facts.ts";
import { moveVisit, planMove } from "./move.ts";
import { segmentsOf, type Pointer } from "./pointer.ts";
import type { Direction, Facts, OperationResidue, ResidueTable, Unsettled } from "./residue.ts";
import { enumVisit, fillVisit, loseVisit, newerIdVisit } from "./settle.ts";
import { createWalk, type Visit } from "./visit.ts";

/** One operation between two neighbouring versions, in one direction, with all that is declared of it. */
export interface LegPlan {
  readonly resource: string;
  readonly operation: Operation;
  readonly direction: Direction;
  readonly from: Version;
  readonly to: Version;
  readonly residue: OperationResidue | undefined;
  readonly table: ResidueTable | undefined;
  /** By component, what the comparison left unsettled there. */
  readonly components: ResidueTable["components"][string] | undefined;
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
  /** The extension list of each end, if it has one. */
  readonly extensions: { readonly from: Pointer | undefined; readonly to: Pointer | undefined };
  readonly changes: readonly string[];
  readonly needs: readonly Operation[];
  /** Pointers that may refuse a message. */
  readonly refuses: readonly Pointer[];
  /** What nothing settles. */
  readonly missing: readonly Pointer[];
}

const BACK = { up: "down", down: "up" } as const;
const ORDER: readonly ConversionClass[] = ["identity", "lossless", "stash", "lossy", "refused", "missing"];

/** The worse of two classes. */
export function worse(a: ConversionClass, b: ConversionClass): ConversionClass {
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}

/** Compiles a leg. Nothing is decided later that can be decided here. */
export function compileLeg(plan: LegPlan): Leg {
  const { residue, direction, changes, resource, from, to } = plan;
  const draft = {
    class: "identity" as ConversionClass,
    changes: new Set<string>(),
    needs: new Set<Operation>(),
    refuses: [] as Pointer[],
    missing: [] as Pointer[],
    restorable: new Map<Pointer, Check>(),
  };
  const whole = wholeRefusal(plan);
  const absent = residue?.in === (direction === "up" ? "newer" : "older");
  if (whole && !absent) draft.changes.add(whole.changeId);
  if (residue?.in !== undefined && !absent && !whole) draft.missing.push("");

  const ordered = direction === "up" ? changes : changes.toReversed();
  const settledHere = new Set(ordered.flatMap((change) => settledBy(change, direction)));
  const parts: Visit[] = [];
  const params: [string, Visit][] = [];

  for (const [name, unsettled] of Object.entries((!whole && plan.components) || {})) {
    const mine = plan.componentChanges.filter((change) => change.component === name);
    const settled = new Set(mine.flatMap((change) => settledBy(change, direction)));
    for (const base of residue?.holds?.[name] ?? []) {
      for (const pointer of pointersOf(unsettled[direction])) {
        if (!settled.has(pointer) && !settled.has(ALL) && !settledHere.has(base + pointer)) {
          draft.missing.push(base + pointer);
        }
      }
      const visit = compileDeclared(mine, base, unsettled, (pointer) => settledHere.has(base + pointer));
      if (visit) parts.push(within(base, owned(visit)));
    }
    for (const [param, component] of Object.entries(residue?.params ?? {})) {
      if (component !== name) continue;
      const visit = compileDeclared(mine, `/{${param}}`, unsettled, () => false);
      if (visit) params.push([param, owned(visit)]);
    }
  }
  if (!settledHere.has(ALL)) {
    draft.missing.push(...pointersOf(residue?.[direction]).filter((pointer) => !settledHere.has(pointer)));
  }
  const own = whole ? undefined : compileDeclared(ordered, "", residue ?? {}, () => false);
  if (own) parts.push(own);

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
    visit: sequence(parts),
    params,
    renamedParams: direction === "up" ? renamed : renamed.map(([older, newer]) => [newer, older]),
    droppedQuery: direction === "down" ? (residue?.newerQuery ?? []) : [],
    restorable: draft.restorable,
    extensions:
      direction === "up"
        ? { from: extensions?.older, to: extensions?.newer }
        : { from: extensions?.newer, to: extensions?.older },
    changes: [...draft.changes],
    needs: [...draft.needs],
    refuses: draft.refuses,
    missing: whole ? [] : draft.missing,
  };

  /** Compiles declarations whose pointers start at `base`; notes on the way what they do. */
  function compileDeclared(
    declared: readonly (OperationChange | ComponentChange)[],
    base: Pointer,
    unsettled: { readonly up?: Unsettled; readonly down?: Unsettled },
    isSettledElsewhere: (pointer: Pointer) => boolean,
  ): Visit | undefined {
    const [losing, moving, filling] = [createWalk(), createWalk(), createWalk()];
    const maps: Visit[] = [];
    for (const change of declared) {
      const there: Settlement = change[direction] ?? {};
      const back: Settlement = change[BACK[direction]] ?? {};
      const place = (pointer: Pointer) => ({
        changeId: change.id,
        template: base + pointer,
        target: `${resource} ${to}`,
      });
      const acts = (grade: ConversionClass): void => {
        draft.class = worse(draft.class, grade);
        draft.changes.add(change.id);
        for (const operation of change.needs ?? []) draft.needs.add(operation);
      };
      for (const [pointer, disposal] of Object.entries(there.lose ?? {})) {
        if (isSettledElsewhere(pointer)) continue;
        acts(gradeOf(disposal));
        if (gradeOf(disposal) === "lossless") draft.refuses.push(base + pointer);
        losing.add(segmentsOf(pointer), loseVisit(place(pointer), disposal));
      }
      for (const [pointer, sources] of Object.entries(there.fill ?? {})) {
        if (isSettledElsewhere(pointer)) continue;
        acts("lossless");
        if (sources.some((source) => "refuse" in source)) draft.refuses.push(base + pointer);
        const needs = unsettled[direction]?.sources?.[pointer];
        const fits = needs && check(needs.accepts);
        const required = needs?.required ?? needs === undefined;
        filling.add(
          segmentsOf(pointer),
          fillVisit(place(pointer), sources, { required, ...(fits && { fits }) }),
        );
      }
      for (const [pointer, sources] of Object.entries(back.fill ?? {})) {
        if (!isSettledElsewhere(pointer) && sources.some((source) => "ids" in source)) {
          filling.add(segmentsOf(pointer), newerIdVisit(place(pointer)));
        }
      }
      for (const [pointer, disposal] of Object.entries(back.lose ?? {})) {
        const facts = unsettled[BACK[direction]]?.disposals?.[pointer];
        if (!isSettledElsewhere(pointer) && isStashable(disposal)) {
          draft.restorable.set(base + pointer, facts ? check(facts) : () => true);
        }
      }
      for (const [older, newer] of movesOf(change)) {
        const [source, target] = direction === "up" ? [older, newer] : [newer, older];
        const move = planMove(source, target);
        acts("lossless");
        moving.add(move.container, moveVisit(place(source), move, base + target));
      }
      for (const [pointer, pairs] of Object.entries(change.enumMap ?? {})) {
        const directed = direction === "up" ? pairs : pairs.map(([older, newer]) => [newer, older] as const);
        acts("lossless");
        // The pointer is the older version's: said before anything moves on the way up, after it on the way down.
        const walk = direction === "up" ? losing : filling;
        walk.add(segmentsOf(pointer), enumVisit(place(pointer), directed));
      }
      const map = change.map?.[direction];
      if (map) {
        acts("lossless");
        // The declaration types the body; here it is whatever came over the wire.
        const convert = map as (body: unknown) => unknown;
        maps.push((value) => (value === undefined ? undefined : convert(value)));
      }
    }
    return sequence([losing.compile(), moving.compile(), filling.compile(), ...maps]);
  }

  function check(facts: Facts): Check {
    return compileCheck(facts, plan.table?.definitions ?? {});
  }
}

/** Stands in a settled set for all pointers: the declaration maps the whole. */
const ALL = "*";

function settledBy(change: OperationChange | ComponentChange, direction: Direction): Pointer[] {
  const { fill, lose } = change[direction] ?? {};
  return [
    ...Object.keys(fill ?? {}),
    ...Object.keys(lose ?? {}),
    ...movesOf(change).flat(),
    ...Object.keys(change.enumMap ?? {}),
    ...(change.map?.[direction] ? [ALL] : []),
  ];
}

function movesOf({ rename, move }: OperationChange | ComponentChange): [older: Pointer, newer: Pointer][] {
  const renames = Object.entries(rename ?? {}).map(([older, name]): [Pointer, Pointer] => [
    older,
    `${older.slice(0, older.lastIndexOf("/"))}/${name}`,
  ]);
  return [...renames, ...Object.entries(move ?? {})];
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

function gradeOf(disposal: Disposal): ConversionClass {
  return disposal === "drop" ? "lossy" : disposal === "stash" ? "stash" : "lossless";
}

function isStashable(disposal: Disposal): boolean {
  return (
    disposal === "drop" ||
    disposal === "stash" ||
    (typeof disposal === "object" && disposal.unlessStashed === true)
  );
}

function within(base: Pointer, visit: Visit): Visit {
  const walk = createWalk();
  walk.add(segmentsOf(base), visit);
  return walk.compile() ?? visit;
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

function sequence(parts: readonly (Visit | undefined)[]): Visit | undefined {
  const visits = parts.filter((part) => part !== undefined);
  const [first] = visits;
  if (visits.length < 2) return first;
  return (value, run) => {
    let next = value;
    for (const visit of visits) next = visit(next, run);
    return next;
  };
}
