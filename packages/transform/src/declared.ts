import type { Operation } from "@mojaloop-versioning/protocol";
import type { ComponentChange, Disposal, OperationChange, Settlement } from "./change.ts";
import type { BothWays } from "./compared.ts";
import type { ConversionClass, Earlier } from "./context.ts";
import type { Check } from "./facts.ts";
import { moveVisit, planMove } from "./move.ts";
import { segmentsOf, type Pointer } from "./pointer.ts";
import type { Direction, Facts } from "./residue.ts";
import { NONE, enumVisit, fillVisit, loseVisit, mapVisit, newerIdVisit } from "./settle.ts";
import { compileWalk, type Stop, type Visit } from "./visit.ts";

/** What becomes known of a leg while its declarations are compiled. */
export interface Draft {
  class: ConversionClass;
  readonly changes: Set<string>;
  readonly needs: Set<Operation>;
  readonly refuses: Pointer[];
  readonly missing: Pointer[];
  readonly restorable: Map<Pointer, Check>;
  readonly derivable: Map<Pointer, (body: unknown) => unknown>;
}

/** Where the pointers of some declarations start, and what is known there. */
export interface DeclaredAt {
  readonly base: Pointer;
  readonly unsettled: BothWays;
  readonly direction: Direction;
  /** `transfers 1.1`, for messages. */
  readonly target: string;
  readonly check: (facts: Facts) => Check;
  /** Whether the operation settles a pointer of the component in its own way. */
  readonly isSettledElsewhere: (pointer: Pointer) => boolean;
}

/** The other direction. */
const BACK = { up: "down", down: "up" } as const;

const ORDER: readonly ConversionClass[] = ["identity", "lossless", "stash", "lossy", "refused", "missing"];

/** The worse of two classes. */
export function worse(a: ConversionClass, b: ConversionClass): ConversionClass {
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}

/** The visits that some declarations ask for. */
export interface Declared {
  /** To be made in one walk, among those of other declarations; pointers are from the root of the message. */
  readonly stops: readonly Stop[];
  /** To be made by itself, where the order of things or the owner of the sources matters; from `base` on. */
  readonly visit: Visit | undefined;
  /** To be made only for a caller that has an id map; from the root of the message. */
  readonly newerIds: readonly Stop[];
}

/** Compiles declarations whose pointers start at `base`; notes on the way what they do. */
export function compileDeclared(
  declared: readonly (OperationChange | ComponentChange)[],
  { base, unsettled, direction, target, check, isSettledElsewhere }: DeclaredAt,
  draft: Draft,
): Declared {
  const losing: Stop[] = [];
  const moving: Stop[] = [];
  const filling: Stop[] = [];
  const newerIds: Stop[] = [];
  const maps: Visit[] = [];
  for (const change of declared) {
    const there: Settlement = change[direction] ?? {};
    const back: Settlement = change[BACK[direction]] ?? {};
    const place = (pointer: Pointer) => ({
      changeId: change.id,
      template: base + pointer,
      target,
    });
    const acts = (grade: ConversionClass): void => {
      draft.class = worse(draft.class, grade);
      draft.changes.add(change.id);
    };
    const reads = (): void => {
      for (const operation of change.needs ?? []) draft.needs.add(operation);
    };
    for (const [pointer, disposal] of Object.entries(there.lose ?? {})) {
      if (isSettledElsewhere(pointer)) continue;
      acts(gradeOf(disposal));
      if (gradeOf(disposal) === "lossless") draft.refuses.push(base + pointer);
      losing.push({
        segments: segmentsOf(pointer),
        visit: loseVisit(place(pointer), disposal),
        plain: { does: disposal === "drop" ? "drop" : "bar" },
      });
      // Only there is the owner of the sources the whole body, as it will stand when they are asked.
      const [found] = back.fill?.[pointer] ?? [];
      if (base === "" && found && "derive" in found) {
        // Typed where it was declared. What the way back will have of earlier messages is not known here.
        const derive = found.derive as (owner: unknown, value: unknown, earlier: Earlier) => unknown;
        draft.derivable.set(pointer, (body) => derive(body, undefined, NONE));
      }
    }
    for (const [pointer, sources] of Object.entries(there.fill ?? {})) {
      if (isSettledElsewhere(pointer)) continue;
      acts("lossless");
      if (sources.some((source) => "derive" in source)) reads();
      if (sources.some((source) => "refuse" in source)) draft.refuses.push(base + pointer);
      const needs = unsettled[direction]?.sources?.[pointer];
      const fits = needs && check(needs.accepts);
      const required = needs?.required ?? needs === undefined;
      const visit = fillVisit(place(pointer), sources, { required, ...(fits && { fits }) });
      const plain = { does: "check", required, accepts: needs?.accepts } as const;
      filling.push({ segments: segmentsOf(pointer), visit, plain });
    }
    for (const [pointer, sources] of Object.entries(back.fill ?? {})) {
      if (!isSettledElsewhere(pointer) && sources.some((source) => "ids" in source)) {
        newerIds.push({ segments: segmentsOf(base + pointer), visit: newerIdVisit(place(pointer)) });
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
      moving.push({ segments: move.container, visit: moveVisit(place(source), move, base + target) });
    }
    for (const [pointer, pairs] of Object.entries(change.enumMap ?? {})) {
      const directed = direction === "up" ? pairs : pairs.map(([older, newer]) => [newer, older] as const);
      acts("lossless");
      // The pointer is the older version's: said before anything moves on the way up, after it on the way down.
      const stops = direction === "up" ? losing : filling;
      stops.push({ segments: segmentsOf(pointer), visit: enumVisit(place(pointer), directed) });
    }
    const map = change.map?.[direction];
    if (map) {
      acts("lossless");
      reads();
      // The declaration types the body; here it is whatever came over the wire.
      const convert = map as (body: unknown, earlier: Earlier) => unknown;
      maps.push(mapVisit(place(""), convert));
    }
  }
  const apart = moving.length + maps.length > 0 || (base !== "" && asksOwner(declared, direction));
  if (apart) {
    const visit = sequence([compileWalk(losing), compileWalk(moving), compileWalk(filling), ...maps]);
    return { stops: [], visit: visit && owned(visit), newerIds };
  }
  const rebased = [...losing, ...filling].map((stop) => ({
    ...stop,
    segments: [...segmentsOf(base), ...stop.segments],
  }));
  return { stops: rebased, visit: undefined, newerIds };
}

function asksOwner(declared: readonly (OperationChange | ComponentChange)[], direction: Direction): boolean {
  return declared.some((change) =>
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

/** Stands in a settled set for all pointers: the declaration maps the whole. */
export const ALL = "*";

/** The pointers that a change settles in a direction. */
export function settledBy(change: OperationChange | ComponentChange, direction: Direction): Pointer[] {
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

/** Visits one after the other; undefined where there are none. */
export function sequence(parts: readonly (Visit | undefined)[]): Visit | undefined {
  const visits = parts.filter((part) => part !== undefined);
  const [first] = visits;
  if (visits.length < 2) return first;
  return (value, run) => {
    let next = value;
    for (const visit of visits) next = visit(next, run);
    return next;
  };
}
