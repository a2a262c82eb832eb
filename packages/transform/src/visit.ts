import { isObject, withItem, withMember } from "./json.ts";
import type { Run } from "./run.ts";

/**
 * Says one value in the target version: the value itself where nothing changes, another one, or undefined where it has no place.
 * Undefined also stands for a member that is not there.
 */
export type Visit = (value: unknown, run: Run) => unknown;

interface Branch {
  readonly visits: Visit[];
  readonly members: Map<string, Branch>;
  items?: Branch;
}

/** Collects visits by pointer and compiles them to one walk that goes only where a pointer leads and copies only what changes. */
export interface Walk {
  add(segments: readonly string[], visit: Visit): void;
  /** Undefined where nothing was added. */
  compile(): Visit | undefined;
}

export function createWalk(): Walk {
  const root = createBranch();
  let empty = true;
  return {
    add(segments, visit) {
      let branch = root;
      for (const segment of segments) {
        if (segment === "*") branch = branch.items ??= createBranch();
        else {
          let next = branch.members.get(segment);
          if (!next) branch.members.set(segment, (next = createBranch()));
          branch = next;
        }
      }
      branch.visits.push(visit);
      empty = false;
    },
    compile: () => (empty ? undefined : compileBranch(root)),
  };
}

function createBranch(): Branch {
  return { visits: [], members: new Map() };
}

// Recursion is over the declaration, here and in the compiled walk alike; no message makes it deeper.
function compileBranch({ visits, members, items }: Branch): Visit {
  const parts = [...visits];
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
  // A name that every object inherits must be looked up as an own member; for any other the plain read is the same and faster.
  const members = entries.map(([key, visit]) => ({ key, visit, inherited: key in Object.prototype }));
  return (value, run) => {
    if (!isObject(value)) return value;
    let next = value;
    for (const { key, visit, inherited } of members) {
      const before = inherited && !Object.hasOwn(next, key) ? undefined : next[key];
      const after = visit(before, run);
      if (after !== before) next = withMember(next, key, after);
    }
    return next;
  };
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
