import {
  compareVersions,
  isVersion,
  newestFirst,
  VersioningError,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Change, ComponentChange, OperationChange, Steps } from "./change.ts";
import { mergeComparisons, unnamed, type Comparison } from "./compared.ts";
import { EVERY_OPERATION } from "./define-change.ts";
import type { LegPlan } from "./leg.ts";

/** All that is known of one resource. */
export interface ResourceIndex {
  readonly name: string;
  /** Oldest first. */
  readonly versions: readonly Version[];
  readonly operations: readonly Operation[];
  /** What stands before the paths of a version, if the version is said there. */
  readonly basePaths: Readonly<Record<Version, string>>;
  /** The operation as this index writes it, whatever its path parameters are called. */
  find(operation: Operation): Operation | undefined;
  /** The versions one step away. */
  neighbours(version: Version): Iterable<Version>;
  /** What there is to compile between two neighbours; undefined where neither a table nor a change knows of the step. */
  plan(from: Version, to: Version, operation: Operation): LegPlan | undefined;
}

interface Pair {
  readonly from: Version;
  readonly to: Version;
  readonly comparisons: Comparison[];
  readonly changes: OperationChange[];
  readonly basePaths: Record<Version, string>;
}

/**
 * Sorts changes by resource.
 * @throws VersioningError `invalid-change`
 */
export function indexChanges(changes: readonly Change[]): ReadonlyMap<string, ResourceIndex> {
  const pairs = new Map<string, Map<string, Pair>>();
  const componentChanges: ComponentChange[] = [];
  const ids = new Set<string>();

  function pairOf(resource: string, from: Version, to: Version): Pair {
    let ofResource = pairs.get(resource);
    if (!ofResource) pairs.set(resource, (ofResource = new Map<string, Pair>()));
    let pair = ofResource.get(`${from}>${to}`);
    if (!pair)
      ofResource.set(`${from}>${to}`, (pair = { from, to, comparisons: [], changes: [], basePaths: {} }));
    return pair;
  }

  for (const change of changes) {
    if (ids.has(change.id)) throw invalid(change.id, "the id is there twice");
    ids.add(change.id);
    if (isSteps(change)) {
      for (const step of change.steps.steps) {
        const pair = pairOf(step.resource, step.from, step.to);
        pair.comparisons.push({ step, table: change.steps, lanes: change.lanes });
        Object.assign(pair.basePaths, change.basePaths);
      }
      continue;
    }
    checkVersions(change);
    if ("component" in change) componentChanges.push(change);
    else pairOf(change.resource, change.from, change.to).changes.push(change);
  }
  return new Map(
    [...pairs].map(([name, ofResource]) => [
      name,
      createResourceIndex(name, [...ofResource.values()], componentChanges),
    ]),
  );
}

function createResourceIndex(
  name: string,
  pairs: readonly Pair[],
  componentChanges: readonly ComponentChange[],
): ResourceIndex {
  const versions = newestFirst(pairs.flatMap(({ from, to }) => [from, to])).reverse();
  const byTemplate = new Map<string, Operation>();
  for (const { comparisons, changes } of pairs) {
    // The keys of a step are operations by its declaration.
    const listed = comparisons.flatMap(({ step }) => Object.keys(step.operations) as Operation[]);
    const declared = changes.map(({ operation }) => operation);
    for (const operation of [...listed, ...declared]) {
      if (operation !== EVERY_OPERATION && !byTemplate.has(unnamed(operation))) {
        byTemplate.set(unnamed(operation), operation);
      }
    }
  }
  const comparedBy = new Map(pairs.map((pair) => [pair, mergeComparisons(pair.comparisons)]));
  return {
    name,
    versions,
    operations: [...byTemplate.values()],
    basePaths: Object.assign({}, ...pairs.map(({ basePaths }) => basePaths)) as Pair["basePaths"],
    find: (operation) => byTemplate.get(unnamed(operation)),
    *neighbours(version) {
      for (const { from, to } of pairs) {
        if (from === version) yield to;
        if (to === version) yield from;
      }
    },
    plan(from, to, operation) {
      const direction = compareVersions(from, to) < 0 ? "up" : "down";
      const [older, newer] = direction === "up" ? [from, to] : [to, from];
      const pair = pairs.find((candidate) => candidate.from === older && candidate.to === newer);
      if (!pair) return undefined;
      const compared = comparedBy.get(pair);
      const changes = pair.changes.filter(
        (change) => change.operation === EVERY_OPERATION || unnamed(change.operation) === unnamed(operation),
      );
      const residue = compared?.operations.get(unnamed(operation));
      if (compared && !residue && changes.length === 0) return undefined;
      return {
        resource: name,
        operation,
        direction,
        from,
        to,
        residue,
        compared,
        changes,
        componentChanges: componentChanges.filter((change) =>
          compared?.documents.some(
            ({ api, from: base, to: revision }) =>
              change.api === api && change.from === base && change.to === revision,
          ),
        ),
      };
    },
  };
}

function isSteps(change: Change): change is Steps {
  return "steps" in change;
}

function checkVersions({ id, from, to }: OperationChange | ComponentChange): void {
  if (!isVersion(from) || !isVersion(to)) throw invalid(id, `${from} and ${to} must be versions like 1.1`);
  if (compareVersions(from, to) >= 0)
    throw invalid(id, `it must lead from an older to a newer version, not from ${from} to ${to}`);
}

function invalid(id: string, reason: string): VersioningError {
  return new VersioningError("invalid-change", `change ${id}: ${reason}`);
}
