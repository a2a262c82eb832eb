import { isRecord, truthOf } from "./chart-values.ts";
import { placeOf, type ChartNode } from "./chart-tree.ts";

/** An image that a chart of the tree would run. */
export interface ChartImage {
  /** `"mojaloop/central-ledger"`. */
  readonly repository: string;
  readonly tag: string;
  /** Whether the chart, and the part of its values that holds the image, are switched on. */
  readonly enabled: boolean;
  /** The chart's path, `"central.centralledger"`. */
  readonly chart: string;
  /** File and line of the image. */
  readonly place: string;
}

/** The images of a chart's values: `{ repository, tag }` at any depth, or `image: repository:tag`. */
export function imagesOf(node: ChartNode): ChartImage[] {
  const images: ChartImage[] = [];
  const walk = (value: unknown, path: readonly string[], enabled: boolean): void => {
    if (Array.isArray(value)) {
      value.forEach((item: unknown, i) => walk(item, [...path, String(i)], enabled));
      return;
    }
    if (typeof value === "string") images.push(...imagesInText(value, node, path, enabled));
    if (!isRecord(value)) return;
    const on = enabled && truthOf(value["enabled"]) !== false;
    const { repository, tag, registry, image } = value;
    if (typeof repository === "string" && repository !== "" && typeof tag === "string" && tag !== "") {
      images.push({
        ...fullName(registry, repository),
        tag,
        enabled: on,
        chart: node.path,
        place: placeOf(node, [...path, "tag"]),
      });
    }
    if (typeof image === "string") {
      const at = image.lastIndexOf(":");
      // A colon before a slash belongs to the registry's port.
      if (at > image.lastIndexOf("/")) {
        images.push({
          repository: image.slice(0, at),
          tag: image.slice(at + 1),
          enabled: on,
          chart: node.path,
          place: placeOf(node, [...path, "image"]),
        });
      }
    }
    for (const [key, member] of Object.entries(value)) {
      // At the top a chart's values also hold those of its subcharts, which are walked in their own place.
      if (path.length === 0 && (node.subchartKeys.has(key) || key === "global")) continue;
      walk(member, [...path, key], on);
    }
  };
  walk(node.values, [], node.enabled);
  return images;
}

function fullName(registry: unknown, repository: string): { repository: string } {
  const named = typeof registry === "string" && registry !== "" && registry !== "docker.io";
  return { repository: named ? `${registry}/${repository}` : repository };
}

// Init containers are often a text of YAML for the templates: its `image:` lines are images too, if no template fills them in.
function imagesInText(
  text: string,
  node: ChartNode,
  path: readonly string[],
  enabled: boolean,
): ChartImage[] {
  if (!text.includes("\n")) return [];
  return text.split("\n").flatMap((line): ChartImage[] => {
    const [, repository, tag] =
      /^\s*(?:-\s+)?image:\s*["']?([^\s"'{}]+):([^\s"'{}/:]+)["']?\s*$/.exec(line) ?? [];
    if (repository === undefined || tag === undefined) return [];
    return [{ repository, tag, enabled, chart: node.path, place: placeOf(node, path) }];
  });
}

/** The name of a Mojaloop service by its image, or `undefined` for an image of others. */
export function serviceOf(repository: string): string | undefined {
  return /^(?:[\w.-]+(?::\d+)?\/)?mojaloop\/([^/]+)$/.exec(repository)?.[1];
}
