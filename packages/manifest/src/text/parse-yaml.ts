import type * as z from "zod";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { readYaml } from "./yaml-source.ts";

/** Where a member stands, for a message: from its path as text, and by steps. */
export type PlaceOf = (path: string, steps: readonly (string | number)[]) => string;

const MOST_FAULTS = 10;

/**
 * Reads YAML or JSON of a schema, in which no key may stand twice.
 * @throws VersioningError `unreadable-input`: each fault with file, line and the path of the member
 */
export function parseYaml<T>(schema: z.ZodType<T>, text: string, file: string): T {
  const source = readYaml(text, file);
  const [twice] = source.duplicates;
  if (twice) {
    throw new VersioningError(
      "unreadable-input",
      `${file}:${twice.line}: the key "${twice.key}" stands twice`,
    );
  }
  return checked(schema, source.value, (path, steps) => `${file}:${source.lineOf(steps)}: ${path}`);
}

/** A value that fits a schema. @throws VersioningError `unreadable-input` naming each wrong member */
export function checked<T>(schema: z.ZodType<T>, value: unknown, place: PlaceOf): T {
  const result = schema.safeParse(value);
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
