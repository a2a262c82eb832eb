import { isJsonObject } from "@mojaloop-versioning/protocol";
import type { Facts } from "@mojaloop-versioning/types";
import { withItem, without } from "../values/copies.ts";
import type { Run } from "./run.ts";

/**
 * Converts one value: returns the same value if nothing changes, another one, or undefined to remove the member. An absent member is
 * visited as undefined.
 */
export type Visit = (value: unknown, run: Run) => unknown;

/** The effect of a visit on a message of the plain case, as data for the code generator. */
export type Plain =
  /** Removes the value. */
  | { readonly does: "drop" }
  /** Only an absent value is the plain case. */
  | { readonly does: "bar" }
  /** A value that fits is the plain case, and an absent one unless it is required. */
  | { readonly does: "check"; readonly required: boolean; readonly accepts: Facts | undefined };

/** A visit and its place: segments, `*` for every item. */
export interface WalkStop {
  readonly segments: readonly string[];
  readonly visit: Visit;
  /** Absent if the visit has no form as data. */
  readonly plain?: Plain;
}

/** The stops of a walk as a tree of their places. */
export interface Branch {
  readonly stops: WalkStop[];
  readonly members: Map<string, Branch>;
  items?: Branch;
}

/**
 * Compiles visits into one walk that enters only the places of the stops and copies only what changes; undefined without stops. The
 * visits of one place run in the order given, and before those below it.
 */
export function compileWalk(stops: readonly WalkStop[]): Visit | undefined {
  return stops.length === 0 ? undefined : compileBranch(branchOf(stops));
}

/** Sorts stops into a tree, in the order of a walk. */
export function branchOf(stops: readonly WalkStop[]): Branch {
  const root = createBranch();
  for (const stop of stops) {
    let branch = root;
    for (const segment of stop.segments) {
      if (segment === "*") branch = branch.items ??= createBranch();
      else {
        let next = branch.members.get(segment);
        if (!next) branch.members.set(segment, (next = createBranch()));
        branch = next;
      }
    }
    branch.stops.push(stop);
  }
  return root;
}

function createBranch(): Branch {
  return { stops: [], members: new Map() };
}

// The depth of the recursion, here and in the compiled walk, is that of the declaration, never that of a message.
function compileBranch({ stops, members, items }: Branch): Visit {
  const parts = stops.map(({ visit }) => visit);
  if (items) parts.push(itemsVisit(compileBranch(items)));
  if (members.size > 0) {
    parts.push(membersVisit([...members].map(([key, branch]) => [key, compileBranch(branch)])));
  }
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return (value, run) => {
    let next = value;
    for (const part of parts) next = part(next, run);
    return next;
  };
}

function membersVisit(entries: readonly (readonly [key: string, visit: Visit])[]): Visit {
  const keys = entries.map(([key]) => key);
  const visits = entries.map(([, visit]) => visit);
  // A name that every object inherits is read as an own member; for any other name a plain read is equivalent and faster.
  const inherited = keys.map((key) => key in Object.prototype);
  const count = keys.length;
  return (value, run) => {
    if (!isJsonObject(value)) return value;
    let copy: Record<string, unknown> | undefined;
    for (let i = 0; i < count; i++) {
      const key = keys[i] ?? "";
      const before = inherited[i] && !Object.hasOwn(value, key) ? undefined : value[key];
      const after = visits[i]?.(before, run);
      if (after === before) continue;
      if (after === undefined) copy = without(copy ?? value, key);
      else define((copy ??= { ...value }), key, after);
    }
    return copy ?? value;
  };
}

// Sets an own member, also one named __proto__, for which an assignment would set the prototype.
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  } else object[key] = value;
}

function itemsVisit(visit: Visit): Visit {
  return (value, run) => {
    if (!Array.isArray(value)) return value;
    let next: unknown[] = value;
    const depth = run.indexes.push(0) - 1;
    for (let i = 0; i < value.length; i++) {
      run.indexes[depth] = i;
      const before = value[i] as unknown; // an item of unknown JSON
      const after = visit(before, run);
      if (after === before) continue;
      if (next === value) next = withItem(value, i, after);
      else next[i] = after;
    }
    run.indexes.pop();
    return next;
  };
}

/** One visit that makes several, in order; undefined without any. */
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
