import { VersioningError, type Operation, type Version } from "@mojaloop-versioning/protocol";
import { compileStep } from "../compile/compile-step.ts";
import type { CompiledStep } from "../compile/compiled-step.ts";
import type { ConversionClass, Converter } from "../compile/conversion-context.ts";
import { worse } from "../compile/step-draft.ts";
import type { Change } from "../declare/change.ts";
import type { Pointer } from "../values/pointer.ts";
import { indexChanges, type ResourceIndex } from "./change-index.ts";
import { createConverter } from "./converter.ts";

/** How one operation is converted between two versions. */
export interface CoverageRow {
  readonly resource: string;
  readonly operation: Operation;
  readonly from: Version;
  readonly to: Version;
  readonly class: ConversionClass;
  /** Ids of the changes that are applied. */
  readonly changes: readonly string[];
  /** Pointers whose values can cause a refusal of some messages. */
  readonly refuses: readonly Pointer[];
  /** Pointers that no change settles, if the class is `missing`. */
  readonly missing: readonly Pointer[];
}

/** Every conversion that a set of changes makes possible. */
export interface Registry {
  /**
   * The converter of an operation from one version of its resource to another, compiled at the first call and cached.
   * @throws VersioningError `unknown-version` (resource, version or operation), `missing-change` (something is unsettled)
   */
  between(resource: string, from: Version, to: Version, operation: Operation): Converter;
  /** One row for each operation and ordered pair of versions, neighbours or not. */
  coverage(): CoverageRow[];
  /** The path prefix of a resource's version, `/v1`; empty if the version is not in the path. */
  basePath(resource: string, version: Version): string;
  /** The versions of each resource, oldest first. */
  readonly resources: Readonly<Record<string, readonly Version[]>>;
  readonly changes: readonly Change[];
  /** Every message that a change reads when a later one of its conversation is converted: the caller stores these. */
  readonly needs: readonly Operation[];
}

// Each class costs more than any number of steps of the better ones.
const COST: Readonly<Record<ConversionClass, number>> = {
  identity: 1,
  lossless: 10,
  stash: 1e3,
  lossy: 1e5,
  refused: 1e7,
  missing: 1e9,
};

// The steps of one operation from one version to another, on the cheapest path; undefined where there is no path.
type FindSteps = (
  resource: ResourceIndex,
  from: Version,
  to: Version,
  operation: Operation,
) => CompiledStep[] | undefined;

/**
 * Creates a registry of changes. Changes of the same step and operation apply in the order given, and in reverse order in a downgrade.
 * @throws VersioningError `invalid-change`
 */
export function createRegistry(changes: readonly Change[]): Registry {
  const index = indexChanges(changes);
  const findSteps = createFindSteps();
  const converters = new Map<string, Converter>();
  const needs = new Set(changes.flatMap((change) => ("needs" in change && change.needs) || []));
  return {
    between(resource, from, to, operation) {
      const key = `${resource} ${from} ${to} ${operation}`;
      const known = converters.get(key);
      if (known) return known;
      const converter = converterFor(index, findSteps, { resource, from, to, operation });
      converters.set(key, converter);
      return converter;
    },
    coverage: () => [...index.values()].flatMap((resource) => coverageOf(resource, findSteps)),
    basePath: (resource, version) => index.get(resource)?.basePaths[version] ?? "",
    resources: Object.fromEntries([...index.values()].map(({ name, versions }) => [name, versions])),
    changes,
    needs: [...needs],
  };
}

interface Wanted {
  readonly resource: string;
  readonly from: Version;
  readonly to: Version;
  readonly operation: Operation;
}

function converterFor(
  index: ReadonlyMap<string, ResourceIndex>,
  findSteps: FindSteps,
  { resource: name, from, to, operation: asked }: Wanted,
): Converter {
  const resource = index.get(name);
  if (!resource) throw unknown(`resource "${name}"`, [...index.keys()]);
  for (const version of [from, to]) {
    if (!resource.versions.includes(version))
      throw unknown(`version ${version} of ${name}`, resource.versions);
  }
  const operation = resource.find(asked);
  if (!operation) throw unknown(`operation "${asked}" of ${name}`, resource.operations);
  const path = findSteps(resource, from, to, operation);
  if (!path) throw unknown(`conversion from ${name} ${from} to ${to}`, resource.versions);
  const missing = path.find((step) => step.class === "missing");
  if (missing) {
    const pointers = missing.missing.map((pointer) => pointer || "the operation, which only one of them has");
    throw new VersioningError(
      "missing-change",
      `${operation} from ${name} ${missing.from} to ${missing.to}: no change settles ${pointers.join(", ")}`,
    );
  }
  return createConverter(name, operation, from, path);
}

function createFindSteps(): FindSteps {
  const compiled = new Map<string, CompiledStep>();

  function stepBetween(
    resource: ResourceIndex,
    from: Version,
    to: Version,
    operation: Operation,
  ): CompiledStep | undefined {
    const key = `${resource.name} ${from} ${to} ${operation}`;
    const known = compiled.get(key);
    if (known) return known;
    const plan = resource.plan(from, to, operation);
    if (!plan) return undefined;
    const step = compileStep(plan);
    compiled.set(key, step);
    return step;
  }

  return (resource, from, to, operation) => {
    const best = new Map<Version, { cost: number; steps: CompiledStep[] }>([[from, { cost: 0, steps: [] }]]);
    const open = new Set<Version>([from]);
    for (const version of open) {
      open.delete(version);
      const here = best.get(version);
      for (const neighbour of resource.neighbours(version)) {
        const step = stepBetween(resource, version, neighbour, operation);
        if (!step || !here) continue;
        const cost = here.cost + COST[step.class];
        if (cost >= (best.get(neighbour)?.cost ?? Infinity)) continue;
        best.set(neighbour, { cost, steps: [...here.steps, step] });
        open.add(neighbour);
      }
    }
    return best.get(to)?.steps;
  };
}

function coverageOf(resource: ResourceIndex, findSteps: FindSteps): CoverageRow[] {
  const rows: CoverageRow[] = [];
  for (const operation of resource.operations) {
    for (const from of resource.versions) {
      for (const to of resource.versions) {
        const path = from === to ? undefined : findSteps(resource, from, to, operation);
        // The source version does not have the operation: there is nothing to convert.
        if (!path || path[0]?.absent) continue;
        rows.push({
          resource: resource.name,
          operation,
          from,
          to,
          class: path.reduce<ConversionClass>((worst, step) => worse(worst, step.class), "identity"),
          changes: [...new Set(path.flatMap((step) => step.changes))],
          refuses: path.flatMap((step) => step.refuses),
          missing: path.flatMap((step) => step.missing),
        });
      }
    }
  }
  return rows;
}

function unknown(what: string, known: readonly string[]): VersioningError {
  return new VersioningError("unknown-version", `unknown ${what}; known: ${known.join(", ") || "none"}`);
}
