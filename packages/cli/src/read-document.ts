import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Version } from "@mojaloop-versioning/protocol";
import { readSpec, readSpecFiles, type SpecSource } from "@mojaloop-versioning/spec-diff";
import { readCatalogue, readCatalogued } from "./catalogue.ts";
import { CommandError, EXIT } from "./exit.ts";

/** A document that a user named: an id of the catalogue, a file, a file at a git revision, or a URL. */
export interface NamedDocument {
  readonly name: string;
  readonly document: unknown;
  /** Where it is written; absent for a document of the catalogue. */
  readonly source?: SpecSource;
  /** Resource → version, where the catalogue knows it. */
  readonly versions?: Readonly<Record<string, Version>>;
  /** Whether it is an FSPIOP API: requests, callbacks, versions per resource. */
  readonly fspiop: boolean;
}

/** Largest file read, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Milliseconds that a server may take. */
const TIME_LIMIT = 30_000;

/**
 * Reads a document by the name that a user gave it, with the files that its references name.
 * @param root the folder that holds all files of a document; by default the folder of the document
 * @throws CommandError and VersioningError `invalid-spec`, naming the document
 */
export async function readDocument(name: string, root?: string): Promise<NamedDocument> {
  const entry = readCatalogue().find(({ id }) => id === name);
  if (entry) {
    const { versions } = entry.resources;
    return { name, document: readCatalogued(name), versions, fspiop: entry.dialect !== undefined };
  }
  const source = await readSource(name, root);
  return { name, document: source.document, source, fspiop: isFspiop(source.document) };
}

async function readSource(name: string, root: string | undefined): Promise<SpecSource> {
  if (/^https?:\/\//.test(name)) return readSpec(await download(name), name);
  const file = readFile(name);
  if (file !== undefined) {
    const folder = resolve(root ?? dirname(name));
    const main = root === undefined ? basename(name) : toSlashes(relative(folder, resolve(name)));
    if (main.startsWith("../"))
      throw new CommandError(EXIT.usage, `${name}: is not below the folder ${folder} of --root`);
    return readSpecFiles({ main, name, read: (path) => readBelow(folder, path) });
  }
  const [revision, path] = revisionOf(name);
  const slash = path.lastIndexOf("/");
  const [folder, main] = root === undefined ? [path.slice(0, slash + 1), path.slice(slash + 1)] : ["", path];
  return readSpecFiles({ main, name, read: (below) => readRevision(name, revision, folder + below) });
}

function toSlashes(path: string): string {
  return path.split(sep).join("/");
}

// A link may lead out of the folder, so the place that it names counts.
function readBelow(folder: string, path: string): string {
  const file = join(folder, path);
  try {
    if (!realpathSync(file).startsWith(realpathSync(folder) + sep))
      throw new CommandError(EXIT.unreadable, `${path}: leads out of the folder ${folder}`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(EXIT.unreadable, `${file}: ${why(error)}`, { cause: error });
  }
}

async function download(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIME_LIMIT) });
    if (!response.ok) throw new Error(`the server answers ${String(response.status)}`);
    const size = Number(response.headers.get("content-length") ?? 0);
    const text = size > MAX_BYTES ? undefined : await response.text();
    if (text === undefined || text.length > MAX_BYTES) throw new Error("the document is larger than 64 MiB");
    return text;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new CommandError(EXIT.unreadable, `${url}: cannot be read (${why(cause)})`, { cause: error });
  }
}

function readFile(name: string): string | undefined {
  try {
    return readFileSync(name, "utf8");
  } catch (error) {
    // A name with a colon may be a file at a git revision.
    if (name.includes(":") && isAbsent(error)) return undefined;
    throw new CommandError(EXIT.unreadable, `${name}: ${why(error)}${hint(name)}`, { cause: error });
  }
}

function revisionOf(name: string): [revision: string, path: string] {
  const colon = name.indexOf(":");
  const [revision, path] = [name.slice(0, colon), name.slice(colon + 1)];
  // A leading dash would be an option to git.
  if (colon < 1 || path === "" || revision.startsWith("-")) {
    throw new CommandError(EXIT.unreadable, `${name}: no such file${hint(name)}`);
  }
  return [revision, path];
}

function readRevision(name: string, revision: string, path: string): string {
  try {
    const from = path.startsWith("./") || path.startsWith("/") ? path : `./${path}`;
    const options = { encoding: "utf8", stdio: "pipe", maxBuffer: MAX_BYTES } as const;
    try {
      return execFileSync("git", ["show", `${revision}:${from}`], options);
    } catch {
      // Not below this folder: the path may be meant from the repository's root, as git itself reads it.
      return execFileSync("git", ["show", `${revision}:${path}`], options);
    }
  } catch (error) {
    const answer =
      error instanceof Error && "stderr" in error
        ? String(error.stderr).trim().split("\n").at(-1)
        : undefined;
    throw new CommandError(EXIT.unreadable, `${name}: git does not have it (${answer ?? why(error)})`, {
      cause: error,
    });
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function why(error: unknown): string {
  if (isAbsent(error)) return "no such file";
  return error instanceof Error ? error.message : String(error);
}

function hint(name: string): string {
  return /^[a-z-]+\/[^/]+$/.test(name) ? ", and no such id (mojaver specs list names them)" : "";
}

// FSPIOP documents name the sender in a header of every operation (API Definition 3.2.1).
function isFspiop(document: unknown): boolean {
  return JSON.stringify(document ?? null).includes('"FSPIOP-Source"');
}
