import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { isRecord, type Values } from "./chart-values.ts";
import { readYaml, type YamlSource } from "./yaml-source.ts";

/** One Helm chart as its folder holds it. */
export interface Chart {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly appVersion?: string;
  readonly dependencies: readonly ChartDependency[];
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
  readonly version: string;
  readonly repository: string;
  /** Paths of which the first that exists switches the subchart on or off. */
  readonly conditions: readonly string[];
  readonly tags: readonly string[];
  /** `requirements.yaml:7`. */
  readonly place: string;
}

/**
 * Reads a chart of either API version: v1 keeps its dependencies in `requirements.yaml`, v2 in `Chart.yaml`.
 * @throws VersioningError `unreadable-input` with file and line
 */
export function readChart(folder: string): Chart {
  const file = join(folder, "Chart.yaml");
  const source = readOptional(file);
  if (!source) throw new VersioningError("unreadable-input", `${file}: no such file, so this is no chart`);
  const chart = source.value;
  if (!isRecord(chart)) throw new VersioningError("unreadable-input", `${file}:1: is no map of keys`);
  const text = (key: string): string => {
    const value = chart[key];
    if (typeof value === "string" && value !== "") return value;
    throw new VersioningError("unreadable-input", `${file}:${source.lineOf([key])}: "${key}" is missing`);
  };
  const [apiVersion, name, version] = [text("apiVersion"), text("name"), text("version")];
  if (apiVersion !== "v1" && apiVersion !== "v2") {
    throw new VersioningError(
      "unreadable-input",
      `${file}:${source.lineOf(["apiVersion"])}: apiVersion "${apiVersion}" is neither v1 nor v2`,
    );
  }
  const listed = apiVersion === "v2" ? source : readOptional(join(folder, "requirements.yaml"));
  const valuesSource = readOptional(join(folder, "values.yaml"));
  const values = valuesSource?.value ?? {};
  if (valuesSource && values !== "" && !isRecord(values)) {
    throw new VersioningError("unreadable-input", `${valuesSource.file}:1: is no map of keys`);
  }
  const appVersion = chart["appVersion"];
  return {
    folder,
    name,
    version,
    ...(typeof appVersion === "string" && appVersion !== "" && { appVersion }),
    dependencies: listed ? dependenciesOf(listed) : [],
    values: isRecord(values) ? values : {},
    valuesSource,
    duplicates: [source, listed === source ? undefined : listed, valuesSource].flatMap(
      (read) => read?.duplicates.map(({ key, line }) => `${read.file}:${line}: "${key}"`) ?? [],
    ),
  };
}

function readOptional(file: string): YamlSource | undefined {
  return existsSync(file) ? readYaml(readFileSync(file, "utf8"), file, "text") : undefined;
}

function dependenciesOf(source: YamlSource): ChartDependency[] {
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
    return {
      name,
      key: text("alias") || name,
      version: text("version"),
      repository: text("repository"),
      conditions: text("condition")
        .split(",")
        .map((path) => path.trim())
        .filter((path) => path !== ""),
      tags: Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === "string") : [],
      place,
    };
  });
}
