import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { TestOptions } from "vitest";

/** Something outside the repository that a test cannot run without: a program, or a service that a test starts. */
export interface Requirement {
  /** As it appears in the list of what was not run, such as `redis-server`. */
  readonly name: string;
  /** The command that gets it. */
  readonly get: string;
  readonly found: boolean;
}

declare module "vitest" {
  interface TaskMeta {
    /** What a skipped test lacked; `npm test` lists it at its end. */
    needs?: readonly Omit<Requirement, "found">[];
  }
}

/** The programs that tests look for on PATH, with the command that gets each. */
export const PROGRAMS: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "programs.json"), "utf8"),
) as Record<string, string>; // the file beside this one

/** The absolute path of a program on PATH, or undefined. */
export function findProgram(name: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => [join(folder, name), join(folder, `${name}.exe`)])
    .find(existsSync);
}

/** A program of `programs.json` as a requirement. Throws an Error where the file has no such program. */
export function program(name: string): Requirement {
  const get = PROGRAMS[name];
  if (get === undefined) throw new Error(`tools/test-run/programs.json has no program "${name}"`);
  return { name, get, found: findProgram(name) !== undefined };
}

/**
 * Options for `describe` and `test`: what they hold is skipped where a requirement is missing, and `npm test` lists it at its end.
 *
 * @example describe("a store in Redis", needs("redis-server"), () => { … });
 */
export function needs(...requirements: readonly (string | Requirement)[]): TestOptions {
  const missing = requirements
    .map((each) => (typeof each === "string" ? program(each) : each))
    .filter(({ found }) => !found)
    .map(({ name, get }) => ({ name, get }));
  return missing.length === 0 ? {} : { skip: true, meta: { needs: missing } };
}
