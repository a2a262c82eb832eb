import { isObject, withItem, without } from "./json.ts";
import type { Facts } from "./residue.ts";
import type { Run } from "./run.ts";

/**
 * Says one value in the target version: the value itself where nothing changes, another one, or undefined where it has no place.
 * Undefined also stands for a member that is not there.
 */
export type Visit = (value: unknown, run: Run) => unknown;

/** What a visit does to a plain message, as data that code can be generated from. */
export type Plain =
  /** Takes the value away. */
  | { readonly does: "drop" }
  /** Lets nothing but an absent value pass without more ado. */
  | { readonly does: "bar" }
  /** Lets what is there pass if it fits, and what is absent unless it is required. */
  | { readonly does: "check"; readonly required: boolean; readonly accepts: Facts | undefined };

/** A visit and where it is made: segments, `*` for every item. */
export interface Stop {
  readonly segments: readonly string[];
  readonly visit: Visit;
  /** Absent where the visit cannot be said in data. */
  readonly plain?: Plain;
}

/** The stops of a walk, sorted by where they lie. */
export interface Branch {
  readonly stops: Stop[];
  readonly members: Map<string, Branch>;
  items?: Branch;
}

/**
 * Compiles visits to one walk that goes only where a pointer leads and copies only what changes; undefined where there is none. At one
 * place the visits are made in the order given, and before those below it.
 */
export function compileWalk(stops: readonly Stop[]): Visit | undefined {
  return stops.length === 0 ? undefined : compileBranch(branchOf(stops));
}

/** Sorts stops into a tree, in the order in which a walk comes by. */
export function branchOf(stops: readonly Stop[]): Branch {
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

// Recursion is over the declaration, here and in the compiled walk alike; no message makes it deeper.
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
  // A name that every object inherits must be looked up as an own member; for any other the plain read is the same and faster.
  const inherited = keys.map((key) => key in Object.prototype);
  const count = keys.length;
  return (value, run) => {
    if (!isObject(value)) return value;
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

/** Sets an own member; the one name that assignment would take for the prototype is defined instead. */
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
