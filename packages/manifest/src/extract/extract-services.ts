import { serviceOf, type ChartImage } from "../chart/chart-images.ts";
import type { ChartTree } from "../chart/chart-tree.ts";
import type { ManifestFinding, ManifestService } from "../manifest/manifest.ts";
import type { ReleaseNote } from "../chart/release-note.ts";
import { bareVersion } from "../tags/tag.ts";

/** The services of a chart by their images, what is switched on before what is off; and where an image does not say which version it is. */
export function servicesOf(
  tree: ChartTree,
  images: readonly ChartImage[],
): { services: Record<string, ManifestService>; findings: ManifestFinding[] } {
  const services: Record<string, ManifestService> = {};
  const others = new Map<
    string,
    { readonly name: string; readonly declared: string; readonly places: string[] }
  >();
  for (const { repository, tag, enabled, place } of byState(images)) {
    const name = serviceOf(repository);
    if (name === undefined || tag === undefined) continue;
    const known = services[name];
    const full = `${repository}:${tag}`;
    if (!known) {
      services[name] = {
        version: bareVersion(tag),
        image: full,
        ...(!enabled && { enabledByDefault: false }),
        source: "chart",
        confidence: "observed",
      };
    } else if (known.image !== full && enabled) {
      others.set(full, { name, declared: known.image, places: [...(others.get(full)?.places ?? []), place] });
    }
  }
  const twice = [...others].map(([image, { name, declared, places }]): ManifestFinding => {
    const [first = "", ...more] = places;
    const where = more.length === 0 ? first : `${first} and ${more.length} more`;
    return {
      field: `services.${name}`,
      declared,
      observed: `${image} (${where})`,
      why: "the chart runs two versions of one service",
    };
  });
  return { services, findings: [...twice, ...withoutTag(tree, images, services)] };
}

/** Where a release note names another version of a service than its image. */
export function noteFindings(
  note: ReleaseNote | undefined,
  services: Readonly<Record<string, ManifestService>>,
): ManifestFinding[] {
  return Object.entries(note?.services ?? {}).flatMap(([name, declared]): ManifestFinding[] => {
    const observed = services[name]?.version;
    if (observed === undefined || observed === declared) return [];
    return [
      {
        field: `services.${name}`,
        declared,
        observed,
        why: "the release note names another version than the chart",
      },
    ];
  });
}

function byState(images: readonly ChartImage[]): ChartImage[] {
  return [...images].sort((a, b) => Number(b.enabled) - Number(a.enabled));
}

function withoutTag(
  { nodes }: ChartTree,
  images: readonly ChartImage[],
  services: Readonly<Record<string, ManifestService>>,
): ManifestFinding[] {
  const found = new Map<string, ManifestFinding>();
  for (const { repository, tag, chart, place } of byState(images)) {
    const name = serviceOf(repository);
    if (name === undefined || tag !== undefined || Object.hasOwn(services, name) || found.has(name)) continue;
    const appVersion = nodes.find(({ path }) => path === chart)?.chart.appVersion;
    found.set(name, {
      field: `services.${name}`,
      observed: `${repository} (${place})`,
      why: `the values name no tag, so the version is not known; the chart's templates fill it in${appVersion === undefined ? "" : `, perhaps with its appVersion ${appVersion}`}`,
    });
  }
  return [...found.values()];
}
