import { basename } from "node:path";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { appVersionFindings } from "./app-version.ts";
import { parseDate } from "../text/calendar-date.ts";
import { imagesOf, serviceOf, type ChartImage } from "../chart/chart-images.ts";
import { readChartTree, type ChartTree } from "../chart/chart-tree.ts";
import { apisOf, resourcesOf } from "./extract-apis.ts";
import { readNote, storesOf } from "./extract-inputs.ts";
import { noteFindings, servicesOf } from "./extract-services.ts";
import type { HelmContent, Manifest, ManifestFinding } from "../manifest/manifest.ts";
import { parseManifest } from "../manifest/parse-manifest.ts";
import { verifyManifest } from "../manifest/verify-manifest.ts";

/** What a manifest is extracted from, beside the chart. */
export interface ExtractOptions {
  /** Files of values over those of the chart, the last one strongest: those of `helm -f`. */
  readonly values?: readonly string[];
  /** Service → folder of its knex migrations. */
  readonly db?: Readonly<Record<string, string>>;
  /** A release note of mojaloop/helm: what it declares is set beside what the chart shows. */
  readonly releaseNote?: string;
  /** The day of the release; the default is that of the release note. */
  readonly released?: string;
  /** Refuse a chart in which a key stands twice, instead of noting it. */
  readonly strict?: boolean;
}

/**
 * Reads a manifest out of an umbrella chart, in a folder or packaged: no helm, no network. What does not agree is a finding of the manifest.
 * @throws VersioningError `unreadable-input` with file and line for what cannot be read
 */
export function extractFromChart(path: string, options: ExtractOptions = {}): Manifest {
  const tree = readChartTree(path, options.values);
  const [root] = tree.nodes;
  if (!root) throw new VersioningError("unreadable-input", `${path}: holds no chart`);
  const { duplicates } = tree;
  if (options.strict === true && duplicates.length > 0) {
    throw new VersioningError(
      "unreadable-input",
      duplicates.map((place) => `${place} stands twice`).join("\n"),
    );
  }
  const note = options.releaseNote === undefined ? undefined : readNote(options.releaseNote);
  const images = tree.nodes.flatMap(imagesOf);
  const { name, version } = root.chart;
  const released = options.released === undefined ? note?.date : parseDate(options.released);
  const sources: Record<string, string> = { chart: sourceOf(`the chart ${name} ${version}`, options) };
  if (note) sources["note"] = `the release note ${basename(options.releaseNote ?? "")}`;
  if (options.released !== undefined) sources["caller"] = "given at the extraction";

  const { services, findings } = servicesOf(tree, images);
  const { resources, findings: apiFindings } = resourcesOf(tree, sources);
  const manifest: Manifest = {
    manifestVersion: 1,
    id: `${name === "mojaloop" ? "helm" : name}-${version}`,
    mojaloopVersion: [],
    released:
      released === undefined
        ? []
        : [
            {
              value: released,
              source: options.released === undefined ? "note" : "caller",
              confidence: "stated",
            },
          ],
    apis: apisOf(resources, note, sources),
    helm: {
      chart: name,
      version: [{ value: version, source: "chart", confidence: "observed" }],
      content: contentOf(tree, images),
    },
    services,
    internal: {
      db: { declared: [], stores: storesOf(options.db ?? {}, sources) },
      messaging: { declared: [], libraries: {} },
    },
    infra: Object.fromEntries(
      Object.entries(note?.infra ?? {}).map(([what, value]) => [
        what,
        { value, source: "note", confidence: "stated" as const },
      ]),
    ),
    findings: [
      ...findings,
      ...apiFindings,
      ...tree.nodes.flatMap((node) => appVersionFindings(node, images)),
      ...tree.findings,
      ...noteFindings(note, services),
      ...duplicates.map((place): ManifestFinding => ({
        field: "helm",
        observed: place,
        why: "the key stands twice; the last one counts",
      })),
    ],
    sources,
  };
  // The schema has the last word: a wrong manifest is not handed on.
  return parseManifest(
    { ...manifest, findings: [...manifest.findings, ...verifyManifest(manifest)] },
    manifest.id,
  );
}

function sourceOf(chart: string, { values = [] }: ExtractOptions): string {
  return values.length === 0
    ? chart
    : `${chart} with the values of ${values.map((file) => basename(file)).join(", ")}`;
}

function contentOf(tree: ChartTree, images: readonly ChartImage[]): HelmContent {
  const below = tree.nodes.filter(({ path, enabled }) => path !== "" && enabled);
  const foreign = images.flatMap(({ repository, tag, enabled }) =>
    enabled && tag !== undefined && serviceOf(repository) === undefined ? `${repository}:${tag}` : [],
  );
  return {
    subcharts: Object.fromEntries(below.map(({ path, chart }) => [path, chart.version])),
    disabled: tree.disabled,
    external: tree.external,
    thirdPartyImages: [...new Set(foreign)],
    source: "chart",
    confidence: "observed",
  };
}
