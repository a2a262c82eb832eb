import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { compareVersions, isVersion, parseVersion } from "@mojaloop-versioning/protocol";
import { type DiffResult, diffSpecs, renderText } from "@mojaloop-versioning/spec-diff";
import { isSeq, parseDocument } from "yaml";

import { generate } from "../../packages/types/generate/generate.ts";
import {
  type Catalog,
  CATALOG,
  type CatalogEntry,
  digest,
  parseCatalog,
  readCatalog,
  readText,
  reducedPath,
} from "./catalog.ts";
import { type JsonObject, parseYaml, valueAt } from "./document.ts";
import { specError } from "./spec-error.ts";
import { reduceSource, withDigests, writeAll, type Writes } from "./sync.ts";

/** A document that somebody has at hand, for an API version that is new or known. */
export interface DroppedIn {
  readonly id: string;
  /** The name it came under. */
  readonly name: string;
  readonly text: string;
}

/** What specs/ holds once a document was taken in, and the version that it is to be compared with. */
export interface DropInPlan {
  readonly writes: Writes;
  readonly older: string;
}

/** Reduces a document that was dropped in and gives it its entry in the catalogue, after that of the version before. */
export function planDropIn(root: string, catalog: Catalog, { id, name, text }: DroppedIn): DropInPlan {
  const known = catalog.versions.find((entry) => entry.id === id);
  const predecessor = known ?? predecessorOf(catalog, id);
  const reduced = reduceSource(text, name, predecessor);
  const source = { path: basename(name), sha256: digest(text) };

  const yaml = parseDocument(readText(root, CATALOG));
  const place = catalog.versions.indexOf(predecessor);
  if (known) yaml.setIn(["versions", place, "source"], source);
  else {
    const entries = yaml.get("versions");
    if (!isSeq(entries)) throw specError(`${CATALOG} at /versions`, "must be a list");
    const before = parseYaml(readText(root, reducedPath(predecessor.id)), reducedPath(predecessor.id));
    const entry = yaml.createNode(entryFor(id, before, parseYaml(reduced, name), predecessor, source));
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
  return { writes, older: predecessor.id };
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
    .filter((entry) => entry.base === undefined && entry.id === `${api}/${entry.version}`)
    .filter((entry) => compareVersions(entry.version, name) < 0)
    .sort((a, b) => compareVersions(b.version, a.version));
  const [newest] = older;
  if (newest) return newest;
  throw specError(CATALOG, `${id} has no older version to take its entry from; write the entry by hand`);
}

// The document's own table decides; until somebody reads it, each resource bears what its changes ask for (API Definition 3.3).
function entryFor(
  id: string,
  before: JsonObject,
  after: JsonObject,
  predecessor: CatalogEntry,
  source: { path: string; sha256: string },
): object {
  const { title, dialect, mediaResource } = predecessor;
  const version = parseVersion(id.slice(id.indexOf("/") + 1));
  const { resources } = compare(before, after, predecessor, { id });
  const kept = resources.filter(({ change }) => change !== "removed");
  const licence = valueAt(after, "/info/license/name");
  return {
    id,
    version,
    title,
    licence: typeof licence === "string" ? licence : "names no terms",
    ...(dialect && { dialect }),
    ...(mediaResource !== undefined && { mediaResource }),
    source,
    resources: {
      section: "proposed by specs:update from what changed; name the document's table here",
      versions: Object.fromEntries(kept.map(({ resource, to, from }) => [resource, to ?? from ?? version])),
    },
  };
}

function compare(
  before: JsonObject,
  after: JsonObject,
  old: CatalogEntry,
  now: { readonly id: string; readonly resources?: CatalogEntry["resources"] },
): DiffResult {
  return diffSpecs(before, after, {
    profile: old.dialect === undefined ? "openapi" : "fspiop",
    names: { base: old.id === now.id ? `${old.id} before` : old.id, revision: now.id },
    versions: old.resources.versions,
    ...(now.resources && { declared: now.resources.versions }),
  });
}

/**
 * Takes a plan for specs/ into the repository together with all that is generated from it, or nothing of it. Gives what to tell:
 * for each document that changed what the change breaks and which version each resource must bear. A new document is compared with
 * the version `older`.
 */
export async function applyUpdate(root: string, plan: Writes, older?: string): Promise<string> {
  const stage = await mkdtemp(join(tmpdir(), "mojaver-update-"));
  try {
    await cp(join(root, "specs"), join(stage, "specs"), { recursive: true });
    await writeAll(stage, plan);
    const sources = await generate(stage);
    const [before, after] = [readCatalog(root), readCatalog(stage)];
    const told = after.versions.flatMap((entry) => {
      const file = reducedPath(entry.id);
      const old =
        before.versions.find(({ id }) => id === entry.id) ?? before.versions.find(({ id }) => id === older);
      if (!plan.has(file) || !old) return [];
      const texts = [readText(root, reducedPath(old.id)), readText(stage, file)];
      const [was = {}, is = {}] = texts.map((text) => parseYaml(text, file));
      return texts[0] === texts[1] ? [] : [renderText(compare(was, is, old, entry))];
    });
    const changed = await writeAll(root, new Map([...plan, ...sources]));
    const written = changed.filter((file) => plan.has(file)).map((file) => `wrote ${file}`);
    const generated = changed.length - written.length;
    if (generated > 0) written.push(`wrote ${String(generated)} generated files`);
    return `${[...told, ...written].join("\n") || "nothing changed"}\n`;
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
