import { VersioningError } from "@mojaloop-versioning/protocol";
import { helmVersion, type Manifest } from "../manifest/manifest.ts";
import { compareTags } from "../tags/tag.ts";
import { upgradeCheck, type UpgradeCheck, type UpgradeOptions } from "./upgrade-check.ts";

/** The ways from one release to another, each judged. */
export interface UpgradePath {
  readonly from: string;
  readonly to: string;
  /** The upgrade in one step, over everything in between. */
  readonly direct: UpgradeCheck;
  /** The upgrade over every release in between that has a manifest. */
  readonly hops: readonly UpgradeCheck[];
  /** Majors in between of which no manifest is known: nothing is said of them. */
  readonly unjudged: readonly string[];
  /** The steps to take: releases that make the way worse are skipped, as every step is judged by itself. */
  readonly recommended: readonly UpgradeCheck[];
}

/**
 * The hops from one Helm release to another, and whether to take them or to skip.
 * @throws VersioningError `invalid-option` when a manifest has no Helm version or the second is not newer
 */
export function upgradePath(
  manifests: readonly Manifest[],
  before: Manifest,
  after: Manifest,
  options: UpgradeOptions = {},
): UpgradePath {
  const [from, to] = [helmVersion(before), helmVersion(after)];
  if (from === undefined || to === undefined) {
    const missing = from === undefined ? before.id : after.id;
    throw new VersioningError("invalid-option", `${missing} has no Helm version, so no path leads over it`);
  }
  if (compareTags(from, to) >= 0) {
    throw new VersioningError(
      "invalid-option",
      `Helm ${to} is not newer than ${from}; an upgrade path leads upwards`,
    );
  }
  const stops = [before, ...between(manifests, from, to), after];
  const check = (i: number, j: number): UpgradeCheck =>
    upgradeCheck(stops[i] ?? before, stops[j] ?? after, options);
  return {
    from: before.id,
    to: after.id,
    direct: check(0, stops.length - 1),
    hops: stops.slice(1).map((_, i) => check(i, i + 1)),
    unjudged: majorsWithout(stops),
    recommended: bestWay(stops, check),
  };
}

function between(manifests: readonly Manifest[], from: string, to: string): Manifest[] {
  const byVersion = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const version = helmVersion(manifest);
    // An example of the proposal is no release that anybody runs.
    if (version === undefined || manifest.released.length === 0) continue;
    if (compareTags(version, from) > 0 && compareTags(version, to) < 0) byVersion.set(version, manifest);
  }
  return [...byVersion].sort(([a], [b]) => compareTags(a, b)).map(([, manifest]) => manifest);
}

function majorsWithout(stops: readonly Manifest[]): string[] {
  const majors = stops.map((stop) => Number((helmVersion(stop) ?? "0").split(".")[0]));
  const [first = 0, last = 0] = [majors[0], majors.at(-1)];
  return Array.from({ length: Math.max(0, last - first - 1) }, (_, i) => first + 1 + i)
    .filter((major) => !majors.includes(major))
    .map(String);
}

// The way with the fewest blocked steps, then the fewest windows, then the fewest steps: every release may be skipped.
function bestWay(
  stops: readonly Manifest[],
  check: (from: number, to: number) => UpgradeCheck,
): UpgradeCheck[] {
  const ways: { cost: number; steps: UpgradeCheck[] }[] = [{ cost: 0, steps: [] }];
  for (let to = 1; to < stops.length; to++) {
    const arrivals = Array.from({ length: to }, (_, from) => {
      const step = check(from, to);
      const before = ways[from];
      return { cost: (before?.cost ?? 0) + COST[step.verdict], steps: [...(before?.steps ?? []), step] };
    });
    ways.push(arrivals.reduce((best, way) => (way.cost < best.cost ? way : best)));
  }
  return ways.at(-1)?.steps ?? [];
}

const COST = { rolling: 1, window: 100, blocked: 10_000 } as const;
