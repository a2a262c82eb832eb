import { VersioningError, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { Change } from "./change.ts";
import type { ConversionClass, Converter } from "./context.ts";
import { createConverter } from "./converter.ts";
import { indexChanges, type ResourceIndex } from "./change-index.ts";
import { worse } from "./declared.ts";
import { compileLeg, type Leg } from "./leg.ts";
import type { Pointer } from "./pointer.ts";

/** How one operation fares between two versions. */
export interface CoverageRow {
  readonly resource: string;
  readonly operation: Operation;
  readonly from: Version;
  readonly to: Version;
  readonly class: ConversionClass;
  /** Ids of the changes on the way. */
  readonly changes: readonly string[];
  /** Pointers whose value may get a message refused, though others of its kind pass. */
  readonly refuses: readonly Pointer[];
  /** What nothing settles, where the class is `missing`. */
  readonly missing: readonly Pointer[];
}

/** Every conversion that a set of changes makes possible. */
export interface Registry {
  /**
   * The converter of an operation from one version of its resource to another, compiled at the first call and kept.
   * @throws VersioningError `unknown-version` (resource, version or operation), `missing-change` (something is unsettled)
   */
  between(resource: string, from: Version, to: Version, operation: Operation): Converter;
  /** One row for each operation and ordered pair of versions, neighbours or not. */
  coverage(): CoverageRow[];
  /** What stands before the paths of a resource's version, `/v1`; empty where the version is not said in the path. */
  basePath(resource: string, version: Version): string;
  /** The versions of each resource, oldest first. */
  readonly resources: Readonly<Record<string, readonly Version[]>>;
  readonly changes: readonly Change[];
  /** Every message that some change needs once a later one of its conversation is converted: the caller stores these. */
  readonly needs: readonly Operation[];
}

/** Dearer than any number of better steps together. */
const COST: Readonly<Record<ConversionClass, number>> = {
  identity: 1,
  lossless: 10,
  stash: 1e3,
  lossy: 1e5,
  refused: 1e7,
  missing: 1e9,
};

/**
 * Makes a registry of changes; changes of the same step and operation apply in the order given (and the other way round downward).
 * @throws VersioningError `invalid-change`
 */
export function createRegistry(changes: readonly Change[]): Registry {
  const index = indexChanges(changes);
  const converters = new Map<string, Converter>();
  const legs = new Map<string, Leg>();

  function legBetween(
    resource: ResourceIndex,
    from: Version,
    to: Version,
    operation: Operation,
  ): Leg | undefined {
    const key = `${resource.name} ${from} ${to} ${operation}`;
    const known = legs.get(key);
    if (known) return known;
    const plan = resource.plan(from, to, operation);
    if (!plan) return undefined;
    const leg = compileLeg(plan);
    legs.set(key, leg);
    return leg;
  }

  function cheapest(
    resource: ResourceIndex,
    from: Version,
    to: Version,
    operation: Operation,
  ): Leg[] | undefined {
    const best = new Map<Version, { cost: number; legs: Leg[] }>([[from, { cost: 0, legs: [] }]]);
    const open = new Set<Version>([from]);
    for (const version of open) {
      open.delete(version);
      const here = best.get(version);
      for (const neighbour of resource.neighbours(version)) {
        const leg = legBetween(resource, version, neighbour, operation);
        if (!leg || !here) continue;
        const cost = here.cost + COST[leg.class];
        if (cost >= (best.get(neighbour)?.cost ?? Infinity)) continue;
        best.set(neighbour, { cost, legs: [...here.legs, leg] });
        open.add(neighbour);
      }
    }
    return best.get(to)?.legs;
  }

  function between(name: string, from: Version, to: Version, asked: Operation): Converter {
    const key = `${name} ${from} ${to} ${asked}`;
    const known = converters.get(key);
    if (known) return known;
    const resource = index.get(name);
    if (!resource) throw unknown(`resource "${name}"`, [...index.keys()]);
    for (const version of [from, to]) {
      if (!resource.versions.includes(version))
        throw unknown(`version ${version} of ${name}`, resource.versions);
    }
    const operation = resource.find(asked);
    if (!operation) throw unknown(`operation "${asked}" of ${name}`, resource.operations);
    const path = cheapest(resource, from, to, operation);
    if (!path) throw unknown(`way from ${name} ${from} to ${to}`, resource.versions);
    const missing = path.find((leg) => leg.class === "missing");
    if (missing) {
      throw new VersioningError(
        "missing-change",
        `${operation} from ${name} ${missing.from} to ${missing.to}: nothing settles ${tell(missing.missing)}`,
      );
    }
    const converter = createConverter(name, operation, from, path);
    converters.set(key, converter);
    return converter;
  }

  function coverage(): CoverageRow[] {
    const rows: CoverageRow[] = [];
    for (const resource of index.values()) {
      for (const operation of resource.operations) {
        for (const from of resource.versions) {
          for (const to of resource.versions) {
            const path = from === to ? undefined : cheapest(resource, from, to, operation);
            // A message that the older version does not have need not be converted from it.
            if (!path || path[0]?.absent) continue;
            rows.push({
              resource: resource.name,
              operation,
              from,
              to,
              class: path.reduce<ConversionClass>((grade, leg) => worse(grade, leg.class), "identity"),
              changes: [...new Set(path.flatMap((leg) => leg.changes))],
              refuses: path.flatMap((leg) => leg.refuses),
              missing: path.flatMap((leg) => leg.missing),
            });
          }
        }
      }
    }
    return rows;
  }

  const resources = Object.fromEntries([...index.values()].map(({ name, versions }) => [name, versions]));
  const basePath = (resource: string, version: Version): string =>
    index.get(resource)?.basePaths[version] ?? "";
  const needs = new Set(changes.flatMap((change) => ("needs" in change && change.needs) || []));
  return { between, coverage, basePath, resources, changes, needs: [...needs] };
}

function unknown(what: string, known: readonly string[]): VersioningError {
  return new VersioningError(
    "unknown-version",
    `there is no ${what}; there is ${known.join(", ") || "none"}`,
  );
}

function tell(pointers: readonly Pointer[]): string {
  return pointers
    .map((pointer) => pointer || "the operation itself, which is only in one of them")
    .join(", ");
}
