import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { isArchive, readArchive } from "./chart-archive.ts";

/** The files of one chart, in a folder or in an archive. */
export interface ChartFiles {
  /** What messages call a file of the chart: `mojaloop/values.yaml`, `mojaloop-17.0.0.tgz!mojaloop/values.yaml`. */
  pathOf(name: string): string;
  /** The text of a file, such as `values.yaml`. */
  read(name: string): string | undefined;
  /** The charts that this one carries in its `charts/`, as folders and as archives. */
  carried(): readonly ChartFiles[];
  /** The chart at a path from this one: only a folder has neighbours. */
  beside(path: string): ChartFiles | undefined;
}

/**
 * Opens a chart: a folder with `Chart.yaml`, or a package of `helm pull` or `helm package`.
 * @throws VersioningError `unreadable-input` for an archive that cannot be read
 */
export function openChart(path: string): ChartFiles {
  const there = existsSync(path);
  if (!isArchive(path) || (there && statSync(path).isDirectory())) return folder(path);
  if (!there) throw new VersioningError("unreadable-input", `${path}: no such file`);
  return archived(readFileSync(path), path);
}

function folder(path: string): ChartFiles {
  const charts = join(path, "charts");
  return {
    pathOf: (name) => join(path, name),
    read: (name) => {
      const file = join(path, name);
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    },
    carried: () =>
      existsSync(charts)
        ? readdirSync(charts)
            .filter(isLoaded)
            .sort()
            .map((name) => join(charts, name))
            .filter((one) => isArchive(one) || existsSync(join(one, "Chart.yaml")))
            .map(openChart)
        : [],
    beside: (other) => {
      const there = resolve(path, other);
      return existsSync(join(there, "Chart.yaml")) ? folder(there) : undefined;
    },
  };
}

function archived(bytes: Uint8Array, file: string): ChartFiles {
  const files = readArchive(bytes, file);
  const root = [...files.keys()].find((name) => /^[^/]+\/Chart\.yaml$/.test(name));
  if (root === undefined) {
    throw new VersioningError("unreadable-input", `${file}: holds no Chart.yaml, so it is no packaged chart`);
  }
  return within(files, root.slice(0, -"Chart.yaml".length), file);
}

function within(files: ReadonlyMap<string, Uint8Array>, prefix: string, file: string): ChartFiles {
  const pathOf = (name: string): string => `${file}!${prefix}${name}`;
  return {
    pathOf,
    read: (name) => {
      const bytes = files.get(prefix + name);
      return bytes && new TextDecoder().decode(bytes);
    },
    carried: () => {
      const charts = `${prefix}charts/`;
      return [...files].flatMap(([name, bytes]): ChartFiles[] => {
        if (!name.startsWith(charts)) return [];
        const [own = "", ...rest] = name.slice(charts.length).split("/");
        if (!isLoaded(own)) return [];
        if (rest.length === 0 && isArchive(own)) return [archived(bytes, pathOf(`charts/${own}`))];
        return rest.join("/") === "Chart.yaml" ? [within(files, `${charts}${own}/`, file)] : [];
      });
    },
    beside: () => undefined,
  };
}

// Helm passes over what is hidden or set aside (its loader, `charts/`).
function isLoaded(name: string): boolean {
  return !/^[._]/.test(name);
}
