import { compareVersions, newestFirst, type Operation, type Version } from "@mojaloop-versioning/protocol";
import { checkChange } from "../check/check-change.ts";
import { invalidChange } from "../check/expect.ts";
import type { StepPlan } from "../compile/compiled-step.ts";
import { mergeResidues, unnamed, type ResidueSource } from "../compile/neighbours.ts";
import { isComparison, type Change, type ComponentChange, type OperationChange } from "../declare/change.ts";
import { EVERY_OPERATION } from "../declare/define-change.ts";
import { checkSteps } from "./check-steps.ts";

/** The versions, operations and steps of one resource. */
export interface ResourceIndex {
  readonly name: string;
  /** Oldest first. */
  readonly versions: readonly Version[];
  readonly operations: readonly Operation[];
  /** The path prefix of each version, if the version is in the path. */
  readonly basePaths: Readonly<Record<Version, string>>;
  /** The operation as this index spells it, whatever the names of its path parameters. */
  find(operation: Operation): Operation | undefined;
  /** The versions one step away. */
  neighbours(version: Version): Iterable<Version>;
  /** What to compile between two neighbours; undefined if neither a comparison nor a change has the step. */
  plan(from: Version, to: Version, operation: Operation): StepPlan | undefined;
}

// Two neighbouring versions, with everything that is declared of them.
interface Pair {
  readonly from: Version;
  readonly to: Version;
  readonly sources: ResidueSource[];
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
    if (!pair) {
      pair = { from, to, sources: [], changes: [], basePaths: {} };
      ofResource.set(`${from}>${to}`, pair);
    }
    return pair;
  }

  for (const change of changes) {
    checkChange(change);
    if (ids.has(change.id))
      throw invalidChange(change.id, "id", "is that of another change, too; each needs its own");
    ids.add(change.id);
    if (isComparison(change)) {
      for (const step of change.residue.steps) {
        const pair = pairOf(step.resource, step.from, step.to);
        pair.sources.push({ step, table: change.residue, fastPaths: change.fastPaths });
        Object.assign(pair.basePaths, change.basePaths);
      }
      continue;
    }
    if ("component" in change) componentChanges.push(change);
    else pairOf(change.resource, change.from, change.to).changes.push(change);
  }
  checkSteps(changes);
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
  for (const { sources, changes } of pairs) {
    // The keys of a step are operations by its declaration.
    const listed = sources.flatMap(({ step }) => Object.keys(step.operations) as Operation[]);
    const declared = changes.map(({ operation }) => operation);
    for (const operation of [...listed, ...declared]) {
      if (operation !== EVERY_OPERATION && !byTemplate.has(unnamed(operation))) {
        byTemplate.set(unnamed(operation), operation);
      }
    }
  }
  const residues = new Map(pairs.map((pair) => [pair, mergeResidues(pair.sources)]));
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
      const neighbours = residues.get(pair);
      const changes = pair.changes.filter(
        (change) => change.operation === EVERY_OPERATION || unnamed(change.operation) === unnamed(operation),
      );
      const residue = neighbours?.operations.get(unnamed(operation));
      if (neighbours && !residue && changes.length === 0) return undefined;
      return {
        resource: name,
        operation,
        direction,
        from,
        to,
        residue,
        neighbours,
        changes,
        componentChanges: componentChanges.filter((change) =>
          neighbours?.documents.some(
            ({ api, from: base, to: revision }) =>
              change.api === api && change.from === base && change.to === revision,
          ),
        ),
      };
    },
  };
}
