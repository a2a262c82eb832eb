import { diffSpecs, type DiffOptions } from "./diff.ts";
import { orderOf, worst, type ResourceVersions } from "./report/resources.ts";
import type { UpgradeStep } from "./report/upgrade-step.ts";

/** One of the versions that are in support at the same time. */
export interface SupportedVersion {
  readonly name: string;
  /** A parsed OpenAPI document. */
  readonly document: unknown;
  readonly versions?: ResourceVersions;
}

/**
 * The order of upgrades over all versions in support, oldest first: every older party may exchange messages with every newer one, not
 * only with its neighbour, so each pair is compared.
 * @throws VersioningError as {@link diffSpecs}
 */
export function planUpgrade(
  supported: readonly SupportedVersion[],
  options: DiffOptions = {},
): UpgradeStep[] {
  const pairs = new Map<string, UpgradeStep["pairs"][number][]>();
  supported.forEach((old, i) => {
    for (const revision of supported.slice(i + 1)) {
      const { resources } = diffSpecs(old.document, revision.document, {
        ...options,
        names: { base: old.name, revision: revision.name },
        ...(old.versions && { versions: old.versions }),
        ...(revision.versions && { declared: revision.versions }),
      });
      for (const { resource, change, oldToNew, newToOld } of resources) {
        if (change === "new") continue;
        const list = pairs.get(resource) ?? [];
        pairs.set(resource, [...list, { old: old.name, new: revision.name, oldToNew, newToOld }]);
      }
    }
  });
  return [...pairs].map(([resource, list]) => ({
    resource,
    order: orderOf(worst(list.map(({ oldToNew }) => oldToNew)), worst(list.map(({ newToOld }) => newToOld))),
    pairs: list,
  }));
}
