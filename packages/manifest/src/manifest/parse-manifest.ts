import type { Manifest } from "./manifest.ts";
import { manifestSchema } from "./manifest-schema.ts";
import { checked, parseYaml } from "../text/parse-yaml.ts";

/**
 * Checks a manifest that is already a value.
 * @throws VersioningError `unreadable-input` naming each wrong member
 */
export function parseManifest(value: unknown, name = "the manifest"): Manifest {
  return checked(manifestSchema, value, (path) => `${name}: ${path}`);
}

/**
 * Reads a manifest from JSON or YAML.
 * @throws VersioningError `unreadable-input` with file and line of each fault
 */
export function readManifest(text: string, file: string): Manifest {
  return parseYaml(manifestSchema, text, file);
}
