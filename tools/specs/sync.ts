import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { parseDocument } from "yaml";

import { type Catalog, CATALOG, type CatalogEntry, digest, readText, reducedPath } from "./catalog.ts";
import { formatYaml, parseYaml } from "./document.ts";
import type { FetchSource } from "./fetch.ts";
import { reduceToFacts } from "./reduce.ts";
import { specError } from "./spec-error.ts";

/** Files to be written together, by their path in the repository. */
export type Writes = ReadonlyMap<string, string>;

/**
 * What `specs/` should hold: every published document fetched anew, held against its sha256 and reduced, and the catalogue with the
 * digests of the reduced files. A document that was dropped in by hand has no carrier and stays as it is.
 */
export async function planSync(root: string, catalog: Catalog, fetch: FetchSource): Promise<Writes> {
  const writes = new Map<string, string>();
  const digests = new Map<string, string>();
  for (const entry of catalog.versions) {
    const { source } = entry;
    if (source?.carrier === undefined) continue;
    const bytes = await fetch(source.carrier, source.path);
    const found = digest(bytes);
    if (found !== source.sha256) {
      const what = `${source.carrier} ${source.path} of ${entry.id}`;
      throw specError(
        what,
        `sha256 is ${found}, ${CATALOG} pins ${source.sha256}; look at what changed before pinning it`,
      );
    }
    const reduced = reduceSource(new TextDecoder().decode(bytes), source.path, entry);
    writes.set(reducedPath(entry.id), reduced);
    digests.set(entry.id, digest(reduced));
  }
  writes.set(CATALOG, withDigests(readText(root, CATALOG), digests));
  return writes;
}

/** The text of the reduced document made from a published one. */
export function reduceSource(text: string, file: string, entry: Pick<CatalogEntry, "title">): string {
  return formatYaml(reduceToFacts(parseYaml(text, file), entry.title));
}

/** The catalogue's text with the digest of each reduced file, its comments and order kept. */
export function withDigests(text: string, digests: ReadonlyMap<string, string>): string {
  const document = parseDocument(text);
  const { versions } = document.toJS() as Pick<Catalog, "versions">; // checked by readCatalog before
  for (const [i, { id }] of versions.entries()) {
    const value = digests.get(id);
    if (value !== undefined) document.setIn(["versions", i, "reduced"], value);
  }
  return document.toString({ lineWidth: 0 });
}

/** Writes all files or none, and gives those that differ from what was there. */
export async function writeAll(root: string, writes: Writes): Promise<string[]> {
  const changed: string[] = [];
  for (const [file, text] of writes) {
    const target = join(root, file);
    if (!existsSync(target) || (await readFile(target, "utf8")) !== text) changed.push(file);
  }
  const staged = changed.map((file) => ({ target: join(root, file), draft: join(root, `${file}.draft`) }));
  try {
    for (const [i, { target, draft }] of staged.entries()) {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(draft, writes.get(changed[i] ?? "") ?? "");
    }
    for (const { target, draft } of staged) await rename(draft, target);
  } finally {
    await Promise.allSettled(staged.map(({ draft }) => rm(draft, { force: true })));
  }
  return changed;
}
