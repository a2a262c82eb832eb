import { existsSync, readFileSync, statSync } from "node:fs";
import { findManifest, readManifest, shippedManifests, type Manifest } from "@mojaloop-versioning/manifest";

/** The manifest that an argument means: a file, or the name of one that ships with the package. */
export function manifestFor(name: string): Manifest {
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
