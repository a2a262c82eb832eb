import type { Schema } from "../schema/schema.ts";
import type { Difference, Step } from "./difference.ts";
import { compareDiscriminators } from "./discriminators.ts";
import { withoutIneffective } from "./effective.ts";
import { compareObjects, type Below } from "./objects.ts";
import { compareStructure } from "./structure.ts";
import { isBareUnion, isConcrete } from "./unions.ts";
import { compareValues } from "./values.ts";

/** One schema of the base and the one of the revision that stands in its place. */
export interface Pair {
  readonly base: Schema;
  readonly revision: Schema;
  /** What changed right here. */
  readonly differences: readonly Difference[];
  readonly below: readonly Edge[];
  /** Whether anything changed, here or below. */
  changed: boolean;
}

export interface Edge {
  readonly step: Step;
  readonly pair: Pair;
}

/** Compares schemas, each pair of them once however often it occurs. */
export interface Comparison {
  /** @param loose whether values are sent as text, as in a form or XML */
  readonly compare: (base: Schema, revision: Schema, loose?: boolean) => Pair;
}

/**
 * Makes a comparison of the schemas of two documents.
 * @param today sunset dates before this day are in the past; by default none is
 */
export function createComparison(today = ""): Comparison {
  const known = [new Map<Schema, Map<Schema, Pair>>(), new Map<Schema, Map<Schema, Pair>>()] as const;

  return {
    compare(base, revision, loose = false) {
      const pairs = known[loose ? 1 : 0];
      const made = pairs.get(base)?.get(revision);
      if (made) return made;
      return explore(base, revision, { loose, today, pairs });
    },
  };
}

interface Search {
  readonly loose: boolean;
  readonly today: string;
  /** The pairs compared already. */
  readonly pairs: Map<Schema, Map<Schema, Pair>>;
}

// Visits every pair reachable from the first, then marks those above a change; a pair that holds itself needs no special care.
function explore(base: Schema, revision: Schema, search: Search): Pair {
  const { pairs } = search;
  const above = new Map<Pair, Pair[]>();
  const open: { pair: Pair; below: readonly Below[]; edges: Edge[] }[] = [];
  const fresh: Pair[] = [];

  const find = (a: Schema, b: Schema): Pair => {
    const made = pairs.get(a)?.get(b);
    if (made) return made;
    const { differences, below } = a === b ? { differences: [], below: [] } : compareHere(a, b, search);
    const edges: Edge[] = [];
    const pair: Pair = { base: a, revision: b, differences, below: edges, changed: differences.length > 0 };
    const row = pairs.get(a) ?? new Map<Schema, Pair>();
    pairs.set(a, row.set(b, pair));
    fresh.push(pair);
    open.push({ pair, below, edges });
    return pair;
  };

  const root = find(base, revision);
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { step, base: inBase, revision: inRevision } of next.below) {
      const pair = find(inBase(), inRevision());
      next.edges.push({ step, pair });
      const uppers = above.get(pair);
      if (uppers) uppers.push(next.pair);
      else above.set(pair, [next.pair]);
    }
  }
  const rising = [...above.keys(), ...fresh].filter(({ changed }) => changed);
  for (let pair = rising.pop(); pair; pair = rising.pop()) {
    for (const upper of above.get(pair) ?? []) {
      if (upper.changed) continue;
      upper.changed = true;
      rising.push(upper);
    }
  }
  return root;
}

function compareHere(
  base: Schema,
  revision: Schema,
  { loose, today }: Search,
): { differences: Difference[]; below: readonly Below[] } {
  // Text is read by each receiver in its own way, so there a keyword counts whatever the type.
  const [a, b] = loose ? [base, revision] : [withoutIneffective(base), withoutIneffective(revision)];
  const structure = compareStructure(a, b);
  // Where a schema became a union, or the other way round, that is the only difference reported.
  const replaced =
    (a.unions.length === 0 && isBareUnion(b) && isConcrete(a)) ||
    (b.unions.length === 0 && isBareUnion(a) && isConcrete(b));
  if (replaced) {
    return {
      differences: [...structure.differences, ...compareDiscriminators(a, b)],
      below: structure.below,
    };
  }
  const objects = compareObjects(a, b);
  return {
    differences: [
      ...compareValues(a, b, loose, today),
      ...objects.differences,
      ...structure.differences,
      ...compareDiscriminators(a, b),
    ],
    below: [...objects.below, ...structure.below],
  };
}
