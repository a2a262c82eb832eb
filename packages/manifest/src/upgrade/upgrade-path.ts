import { VersioningError } from "@mojaloop-versioning/protocol";
import { helmVersion, type Manifest } from "../manifest/manifest.ts";
import { compareTags } from "../tags/tag.ts";
import { commandsOf } from "./upgrade-commands.ts";
import { upgradeCheck, type UpgradeCheck, type UpgradeOptions } from "./upgrade-check.ts";

/** The paths from one release to another, each judged. */
export interface UpgradePath {
  readonly from: string;
  readonly to: string;
  /** The upgrade in one step, over all releases in between. */
  readonly direct: UpgradeCheck;
  /** The upgrade over every release in between that has a manifest. */
  readonly hops: readonly UpgradeCheck[];
  /** Majors in between without a manifest: no hop over them is judged. */
  readonly unjudged: readonly string[];
  /** The hops to take. */
  readonly recommended: readonly UpgradeCheck[];
  /** What speaks against the recommended hops, and is no finding of one of them. */
  readonly risks: readonly string[];
  /** The commands for the recommended hops: helm and kubectl. */
  readonly commands: readonly string[];
}

/**
 * The hops from one Helm release to another, and which of them to take.
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
    throw new VersioningError(
      "invalid-option",
      `${missing} has no Helm version, so it has no place on a path`,
    );
  }
  if (compareTags(from, to) >= 0) {
    throw new VersioningError(
      "invalid-option",
      `Helm ${to} is not newer than ${from}; a path leads to a newer release`,
    );
  }
  const stops = [before, ...between(manifests, from, to), after];
  const checks = new Map<string, UpgradeCheck>();
  const check = (i: number, j: number): UpgradeCheck => {
    const known = checks.get(`${i} ${j}`) ?? upgradeCheck(stops[i] ?? before, stops[j] ?? after, options);
    checks.set(`${i} ${j}`, known);
    return known;
  };
  const unjudged = majorsWithout(stops);
  const recommended = bestPath(stops, check);
  return {
    from: before.id,
    to: after.id,
    direct: check(0, stops.length - 1),
    hops: stops.slice(1).map((_, i) => check(i, i + 1)),
    unjudged,
    recommended,
    risks: risksOf(recommended, unjudged),
    commands: recommended.flatMap((hop) =>
      commandsOf(
        hop,
        stops.find(({ id }) => id === hop.to),
      ),
    ),
  };
}

function between(manifests: readonly Manifest[], from: string, to: string): Manifest[] {
  const byVersion = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const version = helmVersion(manifest);
    // An example of the proposal has no day of release.
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

function risksOf(recommended: readonly UpgradeCheck[], unjudged: readonly string[]): string[] {
  const jumps = recommended.filter(({ findings }) => findings.some(({ rule }) => rule === "helm-skips"));
  return [
    ...jumps.map(
      ({ from, to }) =>
        `${from} to ${to} skips majors; "skipping intermediate versions without downtime looks tricky" (PI-11 versioning slides)`,
    ),
    ...(unjudged.length === 0
      ? []
      : [
          `no manifest is known for ${unjudged.map((major) => `${major}.x`).join(", ")}, so no hop over it is judged`,
        ]),
  ];
}

// The path with the fewest blocked hops, then the fewest unknown ones, then the fewest skipped majors, then windows, then hops.
function bestPath(
  stops: readonly Manifest[],
  check: (from: number, to: number) => UpgradeCheck,
): UpgradeCheck[] {
  const paths: { cost: number; hops: UpgradeCheck[] }[] = [{ cost: 0, hops: [] }];
  for (let to = 1; to < stops.length; to++) {
    const arrivals = Array.from({ length: to }, (_, from) => {
      const hop = check(from, to);
      const before = paths[from];
      return { cost: (before?.cost ?? 0) + costOf(hop), hops: [...(before?.hops ?? []), hop] };
    });
    paths.push(arrivals.reduce((best, path) => (path.cost < best.cost ? path : best)));
  }
  return paths.at(-1)?.hops ?? [];
}

const COST = { rolling: 1, window: 100, unknown: 10_000, blocked: 10_000_000 } as const;

function costOf({ verdict, findings }: UpgradeCheck): number {
  const missing = findings.filter(({ severity }) => severity === "unknown").length;
  const skips = findings.filter(({ rule }) => rule === "helm-skips").length;
  return COST[verdict] + missing + skips * 20_000;
}
