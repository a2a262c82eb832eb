import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Version } from "@mojaloop-versioning/protocol";
import { parseSpec } from "@mojaloop-versioning/spec-diff";
import { readCatalogue, readCatalogued } from "./catalogue.ts";
import { CommandError, EXIT } from "./exit.ts";

/** A document given by a user: an id of the catalogue, a file, or a file at a git revision. */
export interface NamedDocument {
  readonly name: string;
  readonly document: unknown;
  /** Resource → version, if the document is in the catalogue. */
  readonly versions?: Readonly<Record<string, Version>>;
  /** Whether it follows FSPIOP: requests, callbacks, versions per resource. */
  readonly fspiop: boolean;
}

// Largest file that is read, in bytes.
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a document by id, file name or `REVISION:PATH`.
 * @throws CommandError and VersioningError `invalid-spec`, naming the document
 */
export function readDocument(name: string): NamedDocument {
  const entry = readCatalogue().find(({ id }) => id === name);
  if (entry) {
    return {
      name,
      document: readCatalogued(name),
      versions: entry.resources.versions,
      fspiop: entry.dialect !== undefined,
    };
  }
  const text = readFile(name) ?? readRevision(name);
  const document = parseSpec(text, name);
  return { name, document, fspiop: followsFspiop(document) };
}

function readFile(name: string): string | undefined {
  try {
    return readFileSync(name, "utf8");
  } catch (error) {
    // `REVISION:PATH` is tried next.
    if (name.includes(":") && isAbsent(error)) return undefined;
    throw new CommandError(EXIT.unreadable, `${name}: ${reasonOf(error)}${hint(name)}`, { cause: error });
  }
}

function readRevision(name: string): string {
  const colon = name.indexOf(":");
  const [revision, path] = [name.slice(0, colon), name.slice(colon + 1)];
  // A leading dash would be an option of git.
  if (colon < 1 || path === "" || revision.startsWith("-")) {
    throw new CommandError(EXIT.unreadable, `${name}: no such file${hint(name)}`);
  }
  try {
    const from = path.startsWith("./") || path.startsWith("/") ? path : `./${path}`;
    const options = { encoding: "utf8", stdio: "pipe", maxBuffer: MAX_BYTES } as const;
    try {
      return execFileSync("git", ["show", `${revision}:${from}`], options);
    } catch {
      // The path is not below this folder; git reads it from the root of the repository.
      return execFileSync("git", ["show", `${revision}:${path}`], options);
    }
  } catch (error) {
    const message =
      error instanceof Error && "stderr" in error
        ? String(error.stderr).trim().split("\n").at(-1)
        : undefined;
    throw new CommandError(EXIT.unreadable, `${name}: git does not have it (${message ?? reasonOf(error)})`, {
      cause: error,
    });
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function reasonOf(error: unknown): string {
  if (isAbsent(error)) return "no such file";
  return error instanceof Error ? error.message : String(error);
}

function hint(name: string): string {
  return /^[a-z-]+\/[^/]+$/.test(name) ? ", and no such id (see mojaver specs list)" : "";
}

// FSPIOP documents name the sender in a header of every operation (API Definition 3.2.1).
function followsFspiop(document: unknown): boolean {
  return JSON.stringify(document ?? null).includes('"FSPIOP-Source"');
}
