import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import semver from "semver";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { readChart, type Chart, type ChartDependency } from "./chart-folder.ts";
import { isRecord, overlay, truthOf, valueAt, type Values } from "./chart-values.ts";
import type { YamlSource } from "./yaml-source.ts";

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

/** A whole chart: its own subcharts, and those of others that are not in the folder. */
export interface ChartTree {
  readonly nodes: readonly ChartNode[];
  /** Path → `"kafka@0.21.2"`. */
  readonly external: Readonly<Record<string, string>>;
  /** Paths that are switched off below a chart that is on. */
  readonly disabled: readonly string[];
  /** Subcharts whose version is not the one asked for. */
  readonly unfit: readonly {
    readonly path: string;
    readonly asked: string;
    readonly found: string;
    readonly place: string;
  }[];
}

const DEEPEST = 12;

/**
 * Reads an umbrella chart with its subcharts: from `charts/`, or beside it through `file://`.
 * @throws VersioningError `unreadable-input` for a chart that is missing or cannot be read
 */
export function readChartTree(folder: string): ChartTree {
  const nodes: ChartNode[] = [];
  const external: Record<string, string> = {};
  const disabled: string[] = [];
  const unfit: { path: string; asked: string; found: string; place: string }[] = [];
  const tags = (node: ChartNode): unknown => valueAt(nodes[0]?.values ?? node.values, ["tags"]);

  const visit = (node: ChartNode): void => {
    nodes.push(node);
    for (const dependency of node.chart.dependencies) {
      const path = node.path === "" ? dependency.key : `${node.path}.${dependency.key}`;
      const on = isOn(dependency, node.values, tags(node));
      if (!on && node.enabled) disabled.push(path);
      const below = folderOf(node.chart, dependency);
      if (below === undefined) {
        if (isForeign(dependency)) {
          if (on && node.enabled) external[path] = `${dependency.name}@${dependency.version}`;
          continue;
        }
        throw new VersioningError(
          "unreadable-input",
          `${dependency.place}: the subchart "${dependency.name}" is neither in ${join(node.chart.folder, "charts")} nor at its repository "${dependency.repository}"`,
        );
      }
      if (path.split(".").length > DEEPEST) {
        throw new VersioningError(
          "unreadable-input",
          `${dependency.place}: subcharts lie deeper than ${DEEPEST}; a chart contains itself`,
        );
      }
      const chart = readChart(below);
      const { version: asked, place } = dependency;
      // A range or a version that SemVer cannot read is left to helm.
      if (
        semver.validRange(asked) !== null &&
        semver.valid(chart.version) !== null &&
        !semver.satisfies(chart.version, asked, { includePrerelease: true })
      ) {
        unfit.push({ path, asked, found: chart.version, place });
      }
      visit(child(node, path, dependency.key, chart, on));
    }
  };
  const chart = readChart(folder);
  if (!chart.valuesSource || Object.keys(chart.values).length === 0) {
    const file = join(folder, "values.yaml");
    const why = chart.valuesSource ? "is empty" : "no such file";
    throw new VersioningError(
      "unreadable-input",
      `${file}:1: ${why}, so nothing can be said of images and versions`,
    );
  }
  visit({
    path: "",
    chart,
    enabled: true,
    values: chart.values,
    origins: [{ source: chart.valuesSource, prefix: [] }],
    subchartKeys: keysOf(chart),
  });
  return { nodes, external, disabled, unfit };
}

/** The file and line of a value of a chart, in the strongest file that has it. */
export function placeOf(node: ChartNode, path: readonly string[]): string {
  const origin =
    node.origins.find(({ source, prefix }) => valueAt(source.value, [...prefix, ...path]) !== undefined) ??
    node.origins[0];
  return origin
    ? `${origin.source.file}:${origin.source.lineOf([...origin.prefix, ...path])}`
    : node.chart.folder;
}

function child(parent: ChartNode, path: string, key: string, chart: Chart, on: boolean): ChartNode {
  const given = parent.values[key];
  const global = parent.values["global"];
  const values = overlay(chart.values, {
    ...(isRecord(given) && given),
    ...(isRecord(global) && {
      global: overlay(isRecord(chart.values["global"]) ? chart.values["global"] : {}, global),
    }),
  });
  const own = chart.valuesSource ? [{ source: chart.valuesSource, prefix: [] }] : [];
  return {
    path,
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

function folderOf(parent: Chart, { name, key, repository }: ChartDependency): string | undefined {
  const candidates = [
    ...(repository.startsWith("file://") ? [resolve(parent.folder, repository.slice("file://".length))] : []),
    join(parent.folder, "charts", name),
    join(parent.folder, "charts", key),
  ];
  return candidates.find((candidate) => existsSync(join(candidate, "Chart.yaml")));
}

// A chart of a repository on the network, named directly or by an alias of `helm repo add`.
function isForeign({ repository }: ChartDependency): boolean {
  return /^(?:https?|oci):\/\/|^[@]|^alias:/.test(repository);
}

function keysOf({ dependencies }: Chart): ReadonlySet<string> {
  return new Set(dependencies.map(({ key }) => key));
}
