import { serviceOf, type ChartImage } from "../chart/chart-images.ts";
import type { ChartNode } from "../chart/chart-tree.ts";
import type { ManifestFinding } from "../manifest/manifest.ts";
import { bareVersion } from "../tags/tag.ts";

/** Where a chart's `appVersion` names other versions than its images bear. It is text for people, which nothing checks at release. */
export function appVersionFindings(
  { chart, path, enabled }: ChartNode,
  images: readonly ChartImage[],
): ManifestFinding[] {
  const { appVersion } = chart;
  if (appVersion === undefined || !enabled) return [];
  const below = images.filter(
    (image) => path === "" || image.chart === path || image.chart.startsWith(`${path}.`),
  );
  return pairsOf(appVersion, chart.name, below).flatMap(({ service, version }): ManifestFinding[] => {
    const tags = [
      ...new Set(
        below.flatMap(({ repository, tag }) => (serviceOf(repository) === service ? (tag ?? []) : [])),
      ),
    ];
    if (tags.length === 0 || tags.some((tag) => bareVersion(tag) === bareVersion(version))) return [];
    return [
      {
        field: `helm.appVersion.${service}`,
        declared: version,
        observed: tags.join(", "),
        why: `the appVersion of the chart ${chart.name} names another version than its image`,
      },
    ];
  });
}

// `"ml-api-adapter: v14.0.0; central-ledger: v17.0.1"`, or one version for a chart of one service.
function pairsOf(
  appVersion: string,
  chart: string,
  images: readonly ChartImage[],
): { readonly service: string; readonly version: string }[] {
  if (appVersion.includes(":")) {
    return appVersion.split(";").flatMap((pair) => {
      const [service = "", version = ""] = pair.split(":").map((part) => part.trim());
      return service === "" || version === "" ? [] : [{ service, version }];
    });
  }
  const services = new Set(
    images.flatMap(({ repository, enabled }) => (enabled ? (serviceOf(repository) ?? []) : [])),
  );
  const [only] = services;
  if (only === undefined || !/\d/.test(appVersion)) return [];
  if (services.size === 1) return [{ service: only, version: appVersion }];
  return services.has(chart) ? [{ service: chart, version: appVersion }] : [];
}
