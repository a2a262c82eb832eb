import type { Facts } from "@mojaloop-versioning/types";
import type { DeclaredChange, Source } from "../declare/change.ts";
import type { Direction } from "../declare/direction.ts";
import { segmentsOf, type Pointer } from "../values/pointer.ts";
import type { ConversionClass, Earlier } from "./conversion-context.ts";
import { classOf, isStashable } from "./disposal-class.ts";
import { moveVisit, planMove } from "./move.ts";
import type { BothDirections } from "./neighbours.ts";
import { hasSource, movesOf } from "./settled-pointers.ts";
import { worse, type StepDraft } from "./step-draft.ts";
import type { ValueCheck } from "./value-check.ts";
import {
  asOwner,
  enumVisit,
  fillVisit,
  loseVisit,
  mapVisit,
  newerIdVisit,
  NO_EARLIER,
  type VisitPlace,
} from "./value-visits.ts";
import { compileWalk, sequence, type WalkStop, type Visit } from "./visit.ts";

/** Where the pointers of some changes start, and what is known of the values there. */
export interface ChangesAt {
  readonly base: Pointer;
  readonly unsettled: BothDirections;
  readonly direction: Direction;
  /** `transfers 1.1`, for error descriptions. */
  readonly target: string;
  readonly check: (facts: Facts) => ValueCheck;
  /** Whether the operation itself settles a pointer of the component. */
  readonly isSettledElsewhere: (pointer: Pointer) => boolean;
}

/** The visits of some changes. */
export interface CompiledChanges {
  /** Conversions of whole values, to run before all other visits: they see the source version. From the root of the message. */
  readonly maps: readonly WalkStop[];
  /** For one walk together with the stops of other changes; pointers are from the root of the message. */
  readonly stops: readonly WalkStop[];
  /** To run by itself at `base`, because the order or the owner of the sources matters. */
  readonly visit: Visit | undefined;
  /** Only for a caller with an id map; pointers are from the root of the message. */
  readonly newerIds: readonly WalkStop[];
}

const OPPOSITE = { up: "down", down: "up" } as const;

// The visits of all changes at one place, by the walk that makes them.
interface Walks {
  readonly losing: WalkStop[];
  readonly moving: WalkStop[];
  readonly filling: WalkStop[];
  readonly newerIds: WalkStop[];
  readonly maps: WalkStop[];
}

// One change, with the place that it is compiled for.
interface Compilation {
  readonly change: DeclaredChange;
  readonly at: ChangesAt;
  readonly draft: StepDraft;
  readonly walks: Walks;
}

/** Compiles changes whose pointers start at a base, and records in the draft what they do. */
export function compileChanges(
  changes: readonly DeclaredChange[],
  at: ChangesAt,
  draft: StepDraft,
): CompiledChanges {
  const walks: Walks = { losing: [], moving: [], filling: [], newerIds: [], maps: [] };
  for (const change of changes) {
    const compilation = { change, at, draft, walks };
    compileLosses(compilation);
    compileFills(compilation);
    compileNewerIds(compilation);
    compileRestorable(compilation);
    compileMoves(compilation);
    compileEnums(compilation);
    compileMap(compilation);
  }
  const { losing, moving, filling, newerIds, maps } = walks;
  const alone = moving.length > 0 || (at.base !== "" && hasSource(changes, at.direction, ["derive"]));
  if (alone) {
    const visit = sequence([compileWalk(losing), compileWalk(moving), compileWalk(filling)]);
    return { maps, stops: [], visit: visit && asOwner(visit), newerIds };
  }
  const stops = [...losing, ...filling].map((stop) => ({
    ...stop,
    segments: [...segmentsOf(at.base), ...stop.segments],
  }));
  return { maps, stops, visit: undefined, newerIds };
}

function compileLosses({ change, at, draft, walks }: Compilation): void {
  for (const [pointer, disposal] of Object.entries(change[at.direction]?.lose ?? {})) {
    if (at.isSettledElsewhere(pointer)) continue;
    recordAction(draft, change, classOf(disposal));
    if (classOf(disposal) === "lossless") draft.refuses.push(at.base + pointer);
    walks.losing.push({
      segments: segmentsOf(pointer),
      visit: loseVisit(placeOf(change, at, pointer), disposal),
      plain: { does: disposal === "drop" ? "drop" : "bar" },
    });
    // Only at the root is the owner of the sources the whole body, in the form in which the opposite direction will have it.
    const [first] = change[OPPOSITE[at.direction]]?.fill?.[pointer] ?? [];
    if (at.base === "" && first && "derive" in first) {
      // Typed where it was declared. The earlier messages of the opposite direction are not known here.
      const derive = first.derive as (owner: unknown, value: unknown, earlier: Earlier) => unknown;
      draft.derivable.set(pointer, (body) => derive(body, undefined, NO_EARLIER));
    }
  }
}

function compileFills({ change, at, draft, walks }: Compilation): void {
  for (const [pointer, sources] of Object.entries(change[at.direction]?.fill ?? {})) {
    if (at.isSettledElsewhere(pointer)) continue;
    recordAction(draft, change, "lossless");
    if (sources.some((source) => "derive" in source)) recordNeeds(draft, change);
    if (sources.some((source) => "refuse" in source)) draft.refuses.push(at.base + pointer);
    const needs = at.unsettled[at.direction]?.sources?.[pointer];
    const fits = needs && at.check(needs.accepts);
    const required = needs?.required ?? needs === undefined;
    const visit = fillVisit(placeOf(change, at, pointer), sources, { required, ...(fits && { fits }) });
    const plain = { does: "check", required, accepts: needs?.accepts } as const;
    walks.filling.push({ segments: segmentsOf(pointer), visit, plain });
  }
}

function compileNewerIds({ change, at, walks }: Compilation): void {
  const usesIds = (sources: readonly Source[]): boolean => sources.some((source) => "ids" in source);
  for (const [pointer, sources] of Object.entries(change[OPPOSITE[at.direction]]?.fill ?? {})) {
    if (at.isSettledElsewhere(pointer) || !usesIds(sources)) continue;
    const visit = newerIdVisit(placeOf(change, at, pointer));
    walks.newerIds.push({ segments: segmentsOf(at.base + pointer), visit });
  }
}

// What the opposite direction can put into a stash, this direction can restore.
function compileRestorable({ change, at, draft }: Compilation): void {
  const opposite = OPPOSITE[at.direction];
  for (const [pointer, disposal] of Object.entries(change[opposite]?.lose ?? {})) {
    const facts = at.unsettled[opposite]?.disposals?.[pointer];
    if (at.isSettledElsewhere(pointer) || !isStashable(disposal)) continue;
    draft.restorable.set(at.base + pointer, facts ? at.check(facts) : () => true);
  }
}

function compileMoves({ change, at, draft, walks }: Compilation): void {
  for (const [older, newer] of movesOf(change)) {
    const [source, target] = at.direction === "up" ? [older, newer] : [newer, older];
    const move = planMove(source, target);
    if (!move) continue; // the registry refuses such a change
    recordAction(draft, change, "lossless");
    const visit = moveVisit(placeOf(change, at, source), move, at.base + target);
    walks.moving.push({ segments: move.container, visit });
  }
}

function compileEnums({ change, at, draft, walks }: Compilation): void {
  const up = at.direction === "up";
  // The pointer is that of the older version: an upgrade maps before anything moves, a downgrade after it.
  const walk = up ? walks.losing : walks.filling;
  for (const [pointer, pairs] of Object.entries(change.enumMap ?? {})) {
    const directed = up ? pairs : pairs.map(([older, newer]) => [newer, older] as const);
    recordAction(draft, change, "lossless");
    walk.push({ segments: segmentsOf(pointer), visit: enumVisit(placeOf(change, at, pointer), directed) });
  }
}

function compileMap({ change, at, draft, walks }: Compilation): void {
  const map = change.map?.[at.direction];
  if (!map) return;
  recordAction(draft, change, "lossless");
  recordNeeds(draft, change);
  // The declaration types the body; here it is any JSON value.
  const convert = map as (body: unknown, earlier: Earlier) => unknown;
  walks.maps.push({ segments: segmentsOf(at.base), visit: mapVisit(placeOf(change, at, ""), convert) });
}

function placeOf(change: DeclaredChange, { base, target }: ChangesAt, pointer: Pointer): VisitPlace {
  return { changeId: change.id, template: base + pointer, target };
}

function recordAction(draft: StepDraft, change: DeclaredChange, itsClass: ConversionClass): void {
  draft.class = worse(draft.class, itsClass);
  draft.changes.add(change.id);
}

function recordNeeds(draft: StepDraft, change: DeclaredChange): void {
  for (const operation of change.needs ?? []) draft.needs.add(operation);
}
