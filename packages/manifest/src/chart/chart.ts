import semver from "semver";
import { VersioningError } from "@mojaloop-versioning/protocol";
import type { ChartFiles } from "./chart-files.ts";
import { isRecord, type Values } from "./chart-values.ts";
import { readYaml, type YamlSource } from "../text/yaml-source.ts";

/** One Helm chart as its files hold it. */
export interface Chart {
  readonly files: ChartFiles;
  readonly name: string;
  readonly version: string;
  readonly appVersion?: string;
  readonly dependencies: readonly ChartDependency[];
  /** The charts in its `charts/`. */
  readonly carried: readonly Chart[];
  /** Every scalar is the text that stands there, so that the tag 1.10 stays 1.10. */
  readonly values: Values;
  readonly valuesSource: YamlSource | undefined;
  /** Keys that stand twice: `values.yaml:12: "image"`. */
  readonly duplicates: readonly string[];
}

/** A subchart as its parent asks for it. */
export interface ChartDependency {
  readonly name: string;
  /** The key of its values: the alias if there is one. */
  readonly key: string;
  /** The version or range that is asked for. */
  readonly version: string;
  /** The version that the lock file has settled, where it fits. */
  readonly locked?: string;
  readonly repository: string;
  /** Paths of which the first that exists switches the subchart on or off. */
  readonly conditions: readonly string[];
  readonly tags: readonly string[];
  /** `requirements.yaml:7`. */
  readonly place: string;
  /** Keys that Helm does not know and passes over, such as `condtion`. */
  readonly unknown: readonly string[];
}

const KNOWN_KEYS = new Set([
  "name",
  "version",
  "repository",
  "condition",
  "tags",
  "enabled",
  "import-values",
  "alias",
]);

/**
 * Reads a chart of either API version: v1 keeps its dependencies in `requirements.yaml`, v2 in `Chart.yaml`.
 * @throws VersioningError `unreadable-input` with file and line
 */
export function readChart(files: ChartFiles, depth = 0): Chart {
  const file = files.pathOf("Chart.yaml");
  const source = readOptional(files, "Chart.yaml");
  if (!source) throw new VersioningError("unreadable-input", `${file}: no such file, so this is no chart`);
  const chart = source.value;
  if (!isRecord(chart)) throw new VersioningError("unreadable-input", `${file}:1: is no map of keys`);
  const text = (key: string): string => {
    const value = chart[key];
    if (typeof value === "string" && value !== "") return value;
    throw new VersioningError("unreadable-input", `${file}:${source.lineOf([key])}: "${key}" is missing`);
  };
  // Helm reads a chart that names no API version, as those of Helm 2, as v1.
  const apiVersion = chart["apiVersion"] === undefined ? "v1" : text("apiVersion");
  const [name, version] = [text("name"), text("version")];
  if (apiVersion !== "v1" && apiVersion !== "v2") {
    throw new VersioningError(
      "unreadable-input",
      `${file}:${source.lineOf(["apiVersion"])}: apiVersion "${apiVersion}" is neither v1 nor v2`,
    );
  }
  // Helm reads requirements.yaml of both API versions, over what Chart.yaml says.
  const listed = readOptional(files, "requirements.yaml") ?? source;
  const valuesText = files.read("values.yaml");
  const valuesSource =
    valuesText === undefined ? undefined : readValues(valuesText, files.pathOf("values.yaml"));
  const values = valuesSource?.value;
  const appVersion = chart["appVersion"];
  return {
    files,
    name,
    version,
    ...(typeof appVersion === "string" && appVersion !== "" && { appVersion }),
    dependencies: dependenciesOf(listed, locksOf(files)),
    carried: carriedBy(files, depth),
    values: isRecord(values) ? values : {},
    valuesSource,
    duplicates: [...new Set([source, listed, valuesSource])].flatMap((read) =>
      read ? duplicatesIn(read) : [],
    ),
  };
}

/** Reads a file of values: a map of keys, or nothing. @throws VersioningError `unreadable-input` with file and line */
export function readValues(text: string, file: string): YamlSource {
  const source = readYaml(text, file, "text");
  if (source.value !== undefined && source.value !== null && source.value !== "" && !isRecord(source.value)) {
    throw new VersioningError("unreadable-input", `${file}:1: is no map of keys`);
  }
  return source;
}

/** The keys that stand twice, each with file and line. */
export function duplicatesIn({ file, duplicates }: YamlSource): string[] {
  return duplicates.map(({ key, line }) => `${file}:${line}: "${key}"`);
}

/** How deep subcharts may lie; a chart that contains itself lies deeper. */
export const DEEPEST = 12;

function carriedBy(files: ChartFiles, depth: number): Chart[] {
  const carried = files.carried();
  if (depth >= DEEPEST && carried.length > 0) {
    throw new VersioningError(
      "unreadable-input",
      `${files.pathOf("charts")}: subcharts lie deeper than ${DEEPEST}; a chart contains itself`,
    );
  }
  return carried.map((below) => readChart(below, depth + 1));
}

function readOptional(files: ChartFiles, name: string): YamlSource | undefined {
  const text = files.read(name);
  return text === undefined ? undefined : readYaml(text, files.pathOf(name), "text");
}

function dependenciesOf(source: YamlSource, locks: ReadonlyMap<string, string>): ChartDependency[] {
  const list = isRecord(source.value) ? source.value["dependencies"] : undefined;
  if (list === undefined || list === null || list === "") return [];
  if (!Array.isArray(list)) {
    const line = source.lineOf(["dependencies"]);
    throw new VersioningError("unreadable-input", `${source.file}:${line}: dependencies is no list`);
  }
  return list.map((entry: unknown, i) => {
    const place = `${source.file}:${source.lineOf(["dependencies", i])}`;
    if (!isRecord(entry))
      throw new VersioningError("unreadable-input", `${place}: a dependency is a map of keys`);
    const text = (key: string): string => (typeof entry[key] === "string" ? entry[key] : "");
    const name = text("name");
    if (name === "") throw new VersioningError("unreadable-input", `${place}: a dependency needs a name`);
    const tags = entry["tags"];
    const version = text("version");
    const locked = locks.get(name);
    return {
      name,
      key: text("alias") || name,
      version,
      ...(locked !== undefined && fits(locked, version) && { locked }),
      repository: text("repository"),
      conditions: text("condition")
        .split(",")
        .map((path) => path.trim())
        .filter((path) => path !== ""),
      tags: Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === "string") : [],
      place,
      unknown: Object.keys(entry).filter((key) => !KNOWN_KEYS.has(key)),
    };
  });
}

/** Whether a chart's version is one that its parent asks for. What SemVer cannot read is left to Helm. */
export function fits(version: string, asked: string): boolean {
  return (
    semver.validRange(asked) === null ||
    semver.valid(version) === null ||
    semver.satisfies(version, asked, { includePrerelease: true })
  );
}

// `Chart.lock` and `requirements.lock` say which version a range came to.
function locksOf(files: ChartFiles): Map<string, string> {
  const source = readOptional(files, "Chart.lock") ?? readOptional(files, "requirements.lock");
  const list = isRecord(source?.value) ? source.value["dependencies"] : undefined;
  const pairs = Array.isArray(list)
    ? list.filter(isRecord).map(({ name, version }): [unknown, unknown] => [name, version])
    : [];
  return new Map(
    pairs.filter(
      (pair): pair is [string, string] => typeof pair[0] === "string" && typeof pair[1] === "string",
    ),
  );
}
