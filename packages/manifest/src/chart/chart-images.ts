import { isRecord, truthOf, type Values } from "./chart-values.ts";
import { placeOf, type ChartNode } from "./chart-tree.ts";

/** An image that a chart of the tree would run. */
export interface ChartImage {
  /** `"mojaloop/central-ledger"`. */
  readonly repository: string;
  /** Absent where the values leave it to the chart's templates, or pin a digest alone. */
  readonly tag?: string;
  /** Whether the chart, and the part of its values that holds the image, are switched on. */
  readonly enabled: boolean;
  /** The chart's path, `"central.centralledger"`. */
  readonly chart: string;
  /** File and line of the image. */
  readonly place: string;
}

type NamedImage = Pick<ChartImage, "repository" | "tag">;

/**
 * The images of a chart's values, in the forms that Mojaloop's charts write: `{ registry, repository, tag }` at any depth,
 * `image: { name, version }`, `image: repository:tag` (any key that ends in "image"), and texts of YAML for the templates.
 */
export function imagesOf(node: ChartNode): ChartImage[] {
  const images: ChartImage[] = [];
  const add = (named: NamedImage, enabled: boolean, path: readonly string[]): void =>
    void images.push({ ...named, enabled, chart: node.path, place: placeOf(node, path) });
  const walk = (value: unknown, path: readonly string[], enabled: boolean): void => {
    const key = path.at(-1) ?? "";
    if (Array.isArray(value)) {
      value.forEach((item: unknown, i) => walk(item, [...path, String(i)], enabled));
    } else if (typeof value === "string") {
      const named = /image$/i.test(key) ? imageInText(value) : undefined;
      if (named) add(named, enabled, path);
      for (const one of imagesInYaml(value)) add(one, enabled, path);
    } else if (isRecord(value)) {
      // At the top, `enabled` is the switch of the parent's condition, which has been heard.
      const off =
        path.length > 0 && (truthOf(value["enabled"]) === false || truthOf(value["disabled"]) === true);
      const on = enabled && !off;
      const found = imageInMap(value, key);
      if (found) add(found.image, on, [...path, found.at]);
      for (const [name, member] of Object.entries(value)) {
        // A chart's values also hold those of its subcharts, which are walked in their own place, and globals from above.
        const elsewhere = node.subchartKeys.has(name) || (name === "global" && !ownsGlobals(node));
        if (path.length > 0 || !elsewhere) walk(member, [...path, name], on);
      }
    }
  };
  walk(node.values, [], node.enabled);
  return images;
}

/** The name of a Mojaloop service by its image, or `undefined` for an image of others. */
export function serviceOf(repository: string): string | undefined {
  return /^(?:[\w.-]+(?::\d+)?\/)?mojaloop\/([^/]+)$/.exec(repository)?.[1];
}

function ownsGlobals({ path, chart }: ChartNode): boolean {
  return path === "" || isRecord(chart.values["global"]);
}

function imageInMap(
  { registry, repository, tag, name, version }: Values,
  key: string,
): { readonly image: NamedImage; readonly at: string } | undefined {
  if (isName(repository)) {
    const named = typeof registry === "string" && registry !== "" && registry !== "docker.io";
    const full = named ? `${registry}/${repository}` : repository;
    return isName(tag)
      ? { image: { repository: full, tag }, at: "tag" }
      : { image: { repository: full }, at: "repository" };
  }
  if (/image$/i.test(key) && isName(name) && name.includes("/") && isName(version)) {
    return { image: { repository: name, tag: version }, at: "version" };
  }
  return undefined;
}

// `[registry[:port]/]repository[:tag][@digest]`: a colon before a slash belongs to the registry's port.
function imageInText(text: string): NamedImage | undefined {
  const [, repository, tag] =
    /^((?:[\w.-]+(?::\d+)?\/)?[\w./-]+?)(?::([\w.-]+))?(?:@\w+:[0-9a-f]+)?$/.exec(text) ?? [];
  if (repository === undefined) return undefined;
  if (tag !== undefined) return { repository, tag };
  return serviceOf(repository) === undefined ? undefined : { repository };
}

// Init containers are often a text of YAML for the templates: its `image:` lines are images too, if no template fills them in.
function imagesInYaml(text: string): NamedImage[] {
  if (!text.includes("\n")) return [];
  return text.split("\n").flatMap((line): NamedImage[] => {
    const [, written = ""] = /^\s*(?:-\s+)?image:\s*["']?([^\s"'{}]+)["']?\s*$/.exec(line) ?? [];
    const named = imageInText(written);
    return named?.tag === undefined ? [] : [named];
  });
}

// What a template fills in is not known.
function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !value.includes("{{");
}
