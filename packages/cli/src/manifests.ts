import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { findManifest, readManifest, shippedManifests, type Manifest } from "@mojaloop-versioning/manifest";
import { extractFromChart } from "@mojaloop-versioning/manifest/chart";

/** The manifest that an argument means: a file with one, a chart as a folder or a package, or the name of one that ships with mojaver. */
export function manifestFor(name: string): Manifest {
  if (/\.(?:tgz|tar\.gz)$/.test(name) || isFile(join(name, "Chart.yaml"))) return extractFromChart(name);
  if (isFile(name)) return readManifest(readFileSync(name, "utf8"), name);
  return findManifest(shippedManifests(), name);
}

/** All manifests that ship, with those of some files. */
export function manifestsWith(files: readonly string[]): Manifest[] {
  return [...shippedManifests(), ...files.map((file) => readManifest(readFileSync(file, "utf8"), file))];
}

function isFile(name: string): boolean {
  return existsSync(name) && statSync(name).isFile();
}
