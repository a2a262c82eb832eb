import { VersioningError } from "@mojaloop-versioning/protocol";
import type { Chart, ChartDependency } from "./chart.ts";
import type { ManifestFinding } from "../manifest/manifest.ts";

/** A subchart that is nowhere. */
export function missing({ files }: Chart, { name, repository, place }: ChartDependency): VersioningError {
  return new VersioningError(
    "unreadable-input",
    `${place}: the subchart "${name}" is neither in ${files.pathOf("charts")} nor at its repository "${repository}"; "helm dependency update" brings it, and a package of "helm pull" holds it`,
  );
}

/** Keys of a dependency that have no effect. */
export function unknownKeys({ name, place, unknown }: ChartDependency, path: string): ManifestFinding[] {
  return unknown.map((key) => ({
    field: `helm.subcharts.${path}`,
    observed: `${place}: "${key}"`,
    why: `Helm knows no such key of a dependency and passes over it, so it has no effect on ${name}`,
  }));
}

/** A subchart of another version than its parent asks for. */
export function unfit(path: string, { version, place }: ChartDependency, found: Chart): ManifestFinding {
  return {
    field: `helm.subcharts.${path}`,
    declared: `${version} (${place})`,
    observed: found.version,
    why: "the subchart that lies there is not the version that its parent asks for",
  };
}
