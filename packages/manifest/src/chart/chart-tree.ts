import { VersioningError } from "@mojaloop-versioning/protocol";
import { openChart } from "./chart-files.ts";
import { missing, unfit, unknownKeys } from "./chart-findings.ts";
import {
  DEEPEST,
  duplicatesIn,
  fits,
  readChart,
  readValues,
  type Chart,
  type ChartDependency,
} from "./chart.ts";
import { isRecord, overlay, recordAt, truthOf, valueAt, type Values } from "./chart-values.ts";
import { readText } from "../text/read-text.ts";
import type { ManifestFinding } from "../manifest/manifest.ts";
import type { YamlSource } from "../text/yaml-source.ts";

/** A chart in its place below the umbrella, with the values that it gets there. */
export interface ChartNode {
  /** `"central.centralledger"`; empty for the umbrella. */
  readonly path: string;
  readonly chart: Chart;
  /** Whether it and all charts above it are switched on. */
  readonly enabled: boolean;
  readonly values: Values;
  /** Where its values come from, the strongest first. */
  readonly origins: readonly ValuesOrigin[];
  /** The keys of its values that belong to its own subcharts. */
  readonly subchartKeys: ReadonlySet<string>;
}

/** A file of values, and the path below which a chart's own ones stand in it. */
export interface ValuesOrigin {
  readonly source: YamlSource;
  readonly prefix: readonly string[];
}

/** A whole chart: its own subcharts, and those of others that are not there. */
export interface ChartTree {
  readonly nodes: readonly ChartNode[];
  /** Path → `"kafka@0.21.2"`. */
  readonly external: Readonly<Record<string, string>>;
  /** Paths that are switched off below a chart that is on. */
  readonly disabled: readonly string[];
  /** What Helm would do otherwise than the chart seems to say. */
  readonly findings: readonly ManifestFinding[];
  /** Keys that stand twice: `values.yaml:12: "image"`. */
  readonly duplicates: readonly string[];
}

/**
 * Reads an umbrella chart with its subcharts: from its `charts/`, or beside it through `file://`.
 * @param overrides files of values over those of the chart, the last one strongest, as `helm -f` takes them
 * @throws VersioningError `unreadable-input` for a chart that is missing or cannot be read
 */
export function readChartTree(path: string, overrides: readonly string[] = []): ChartTree {
  const chart = readChart(openChart(path));
  const over = overrides.map((file) => readValues(readText(file), file));
  if (!chart.valuesSource || Object.keys(chart.values).length === 0) {
    const file = chart.files.pathOf("values.yaml");
    const why = chart.valuesSource ? "is empty" : "no such file";
    throw new VersioningError(
      "unreadable-input",
      `${file}:1: ${why}, so nothing can be said of images and versions`,
    );
  }
  const nodes: ChartNode[] = [];
  const external: Record<string, string> = {};
  const disabled: string[] = [];
  const findings: ManifestFinding[] = [];
  const values = over
    .map((source) => (isRecord(source.value) ? source.value : {}))
    .reduce(overlay, chart.values);

  const visit = (node: ChartNode): void => {
    nodes.push(node);
    const { dependencies, carried } = node.chart;
    for (const dependency of dependencies) {
      const { name, key, version, place } = dependency;
      const below = pathBelow(node, key);
      const on = isOn(dependency, node.values, values["tags"]);
      if (!on && node.enabled) disabled.push(below);
      findings.push(...unknownKeys(dependency, below));
      const found = subchartOf(node.chart, dependency);
      if (!found) {
        if (!isForeign(dependency)) throw missing(node.chart, dependency);
        if (on && node.enabled) external[below] = `${name}@${dependency.locked ?? version}`;
        continue;
      }
      if (below.split(".").length > DEEPEST) {
        throw new VersioningError(
          "unreadable-input",
          `${place}: subcharts lie deeper than ${DEEPEST}; a chart contains itself`,
        );
      }
      if (!fits(found.version, version)) findings.push(unfit(below, dependency, found));
      visit(child(node, key, found, on));
    }
    // Helm takes along every chart in `charts/`, also one that nobody asked for.
    for (const found of carried.filter(({ name }) => !dependencies.some((asked) => asked.name === name)))
      visit(child(node, found.name, found, true));
  };
  visit({
    path: "",
    chart,
    enabled: true,
    values,
    origins: [...over.toReversed(), chart.valuesSource].map((source) => ({ source, prefix: [] })),
    subchartKeys: keysOf(chart),
  });
  const duplicates = [...nodes.flatMap((node) => node.chart.duplicates), ...over.flatMap(duplicatesIn)];
  return { nodes, external, disabled, findings, duplicates };
}

/** The file and line of a value of a chart, in the strongest file that has it. */
export function placeOf(node: ChartNode, path: readonly string[]): string {
  const origin =
    node.origins.find(({ source, prefix }) => valueAt(source.value, [...prefix, ...path]) !== undefined) ??
    node.origins[0];
  return origin
    ? `${origin.source.file}:${origin.source.lineOf([...origin.prefix, ...path])}`
    : node.chart.files.pathOf("values.yaml");
}

function child(parent: ChartNode, key: string, chart: Chart, on: boolean): ChartNode {
  const given = recordAt(parent.values, key);
  // The globals of a chart reach all below it, over what they say themselves.
  const global = [
    recordAt(chart.values, "global"),
    recordAt(given, "global"),
    recordAt(parent.values, "global"),
  ].reduce(overlay);
  const values = overlay(chart.values, { ...given, ...(Object.keys(global).length > 0 && { global }) });
  const own = chart.valuesSource ? [{ source: chart.valuesSource, prefix: [] }] : [];
  return {
    path: pathBelow(parent, key),
    chart,
    enabled: parent.enabled && on,
    values,
    origins: [...parent.origins.map(({ source, prefix }) => ({ source, prefix: [...prefix, key] })), ...own],
    subchartKeys: keysOf(chart),
  };
}

// Helm: the first condition whose path exists decides; else the tags, of which one that is true suffices.
function isOn({ conditions, tags }: ChartDependency, values: Values, switches: unknown): boolean {
  for (const condition of conditions) {
    const truth = truthOf(valueAt(values, condition.split(".")));
    if (truth !== undefined) return truth;
  }
  const known = tags.map((tag) => truthOf(valueAt(switches, [tag]))).filter((truth) => truth !== undefined);
  return known.length === 0 || known.includes(true);
}

// Helm takes what lies in `charts/`; `file://` tells it where to fetch that from.
function subchartOf(
  { files, carried }: Chart,
  { name, version, repository }: ChartDependency,
): Chart | undefined {
  const named = carried.filter((chart) => chart.name === name);
  const inside = named.find((chart) => fits(chart.version, version)) ?? named[0];
  if (inside || !repository.startsWith("file://")) return inside;
  const beside = files.beside(repository.slice("file://".length));
  return beside && readChart(beside);
}

function pathBelow({ path }: ChartNode, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

// A chart of a repository on the network, named directly or by an alias of `helm repo add`.
function isForeign({ repository }: ChartDependency): boolean {
  return /^(?:https?|oci):\/\/|^[@]|^alias:/.test(repository);
}

function keysOf({ dependencies, carried }: Chart): ReadonlySet<string> {
  return new Set([...dependencies.map(({ key }) => key), ...carried.map(({ name }) => name)]);
}
