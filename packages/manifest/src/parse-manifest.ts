import { VersioningError } from "@mojaloop-versioning/protocol";
import type { Manifest } from "./manifest.ts";
import { manifestSchema } from "./manifest-schema.ts";
import { readYaml } from "./yaml-source.ts";

/**
 * Checks a manifest that is already a value.
 * @throws VersioningError `unreadable-input` naming each wrong member
 */
export function parseManifest(value: unknown, name = "the manifest"): Manifest {
  return checked(value, (path) => `${name}: ${path}`);
}

/**
 * Reads a manifest from JSON or YAML.
 * @throws VersioningError `unreadable-input` with file and line of each fault
 */
export function readManifest(text: string, file: string): Manifest {
  const source = readYaml(text, file);
  const [twice] = source.duplicates;
  if (twice) {
    throw new VersioningError(
      "unreadable-input",
      `${file}:${twice.line}: the key "${twice.key}" stands twice`,
    );
  }
  return checked(source.value, (path, steps) => `${file}:${source.lineOf(steps)}: ${path}`);
}

const MOST_FAULTS = 10;

function checked(value: unknown, place: (path: string, steps: (string | number)[]) => string): Manifest {
  const result = manifestSchema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => {
    const steps = path.filter((step) => typeof step !== "symbol");
    return `${place(steps.join(".") || "(the whole)", steps)} ${message}`;
  });
  const more = faults.length - MOST_FAULTS;
  throw new VersioningError(
    "unreadable-input",
    faults.slice(0, MOST_FAULTS).join("\n") + (more > 0 ? `\nand ${more} more` : ""),
    { cause: result.error },
  );
}
