import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { compareVersions, isVersion, parseVersion, type Version } from "@mojaloop-versioning/protocol";
import { isSeq, parseDocument } from "yaml";

import { generate } from "../generate/generate.ts";
import {
  type Catalog,
  CATALOG,
  type CatalogEntry,
  digest,
  parseCatalog,
  readText,
  reducedPath,
} from "./catalog.ts";
import { changedResources, describeChange } from "./describe-change.ts";
import { isObject, type JsonObject, parseYaml } from "./document.ts";
import { specError } from "./spec-error.ts";
import { reduceSource, withDigests, writeAll, type Writes } from "./sync.ts";

/** A document that somebody has at hand, for an API version that is new or known. */
export interface DroppedIn {
  readonly id: string;
  /** The name it came under. */
  readonly name: string;
  readonly text: string;
}

/** What specs/ holds once a document was taken in, and the file that it is to be compared with. */
export interface DropInPlan {
  readonly writes: Writes;
  readonly older: string;
}

/** Reduces a document that was dropped in and gives it its entry in the catalogue, after that of the version before. */
export function planDropIn(root: string, catalog: Catalog, { id, name, text }: DroppedIn): DropInPlan {
  const known = catalog.versions.find((entry) => entry.id === id);
  const predecessor = known ?? predecessorOf(catalog, id);
  const older = reducedPath(predecessor.id);
  const reduced = reduceSource(text, name, predecessor);
  const source = { path: basename(name), sha256: digest(text) };

  const yaml = parseDocument(readText(root, CATALOG));
  const place = catalog.versions.indexOf(predecessor);
  if (known) yaml.setIn(["versions", place, "source"], source);
  else {
    const entries = yaml.get("versions");
    if (!isSeq(entries)) throw specError(`${CATALOG} at /versions`, "must be a list");
    const documents = [readText(root, older), reduced].map((content) => parseYaml(content, name));
    const entry = yaml.createNode(entryFor(id, documents, predecessor, source));
    entry.spaceBefore = true;
    entries.items.splice(place + 1, 0, entry);
  }
  const catalogText = yaml.toString({ lineWidth: 0 });
  parseCatalog(catalogText);
  const digests = new Map([[id, digest(reduced)]]);
  const writes = new Map([
    [reducedPath(id), reduced],
    [CATALOG, withDigests(catalogText, digests)],
  ]);
  return { writes, older };
}

/** The newest published version of the same API and dialect that is older. */
function predecessorOf(catalog: Catalog, id: string): CatalogEntry {
  const [api = "", name = ""] = id.split("/");
  if (!isVersion(name)) {
    throw specError(
      CATALOG,
      `${id} is not <api>/<major>.<minor>; write the entry of another dialect by hand`,
    );
  }
  const older = catalog.versions
    .filter((entry) => entry.base === undefined && entry.id.startsWith(`${api}/`))
    .filter((entry) => entry.id === `${api}/${entry.version}` && compareVersions(entry.version, name) < 0)
    .sort((a, b) => compareVersions(b.version, a.version));
  const [newest] = older;
  if (newest) return newest;
  throw specError(CATALOG, `${id} has no older version to take its entry from; write the entry by hand`);
}

// A resource that asks for the same as before keeps its version (API Definition 3.3); for the others the document's is proposed.
function entryFor(
  id: string,
  [before = {}, document = {}]: readonly JsonObject[],
  { title, dialect, resources }: CatalogEntry,
  source: { path: string; sha256: string },
): object {
  const version = parseVersion(id.slice(id.indexOf("/") + 1));
  const changed = changedResources(before, document);
  const paths = isObject(document["paths"]) ? Object.keys(document["paths"]) : [];
  const versions: Record<string, Version> = {};
  for (const path of paths) {
    const resource = path.split("/")[1] ?? "";
    versions[resource] = (changed.has(resource) ? undefined : resources.versions[resource]) ?? version;
  }
  const { info } = document;
  const licence = isObject(info) && isObject(info["license"]) ? info["license"]["name"] : undefined;
  return {
    id,
    version,
    title,
    licence: typeof licence === "string" ? licence : "names no terms",
    ...(dialect && { dialect }),
    source,
    resources: {
      section: "proposed by specs:update from what changed; name the document's table here",
      versions,
    },
  };
}

/**
 * Takes a plan for specs/ into the repository together with all that is generated from it, or nothing of it. Gives what to tell:
 * which files changed and, for each document, how; a new one is compared with the file `older`.
 */
export async function applyUpdate(root: string, plan: Writes, older = ""): Promise<string[]> {
  const stage = await mkdtemp(join(tmpdir(), "mojaver-update-"));
  try {
    await cp(join(root, "specs"), join(stage, "specs"), { recursive: true });
    await writeAll(stage, plan);
    const sources = await generate(stage);
    const before = new Map([...plan.keys()].map((file) => [file, textOf(root, file) ?? textOf(root, older)]));
    const changed = await writeAll(root, new Map([...plan, ...sources]));
    const told = changed.filter((file) => plan.has(file) && file !== CATALOG);
    return [
      ...told.flatMap((file) => tell(file, before.get(file), plan.get(file) ?? "")),
      `${String(changed.filter((file) => !plan.has(file)).length)} of ${String(sources.size)} generated files changed`,
    ];
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

function tell(file: string, before: string | undefined, after: string): string[] {
  if (before === undefined) return [`${file} is new`];
  const lines = describeChange(parseYaml(before, file), parseYaml(after, file));
  return [
    `${file}:`,
    ...(lines.length === 0 ? ["says the same as before"] : lines).map((line) => `  ${line}`),
  ];
}

function textOf(root: string, file: string): string | undefined {
  try {
    return readText(root, file);
  } catch {
    return undefined; // a file that is yet to be written
  }
}
