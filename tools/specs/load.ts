import {
  type Catalog,
  CATALOG,
  type CatalogEntry,
  digest,
  entryOf,
  readText,
  reducedPath,
} from "./catalog.ts";
import { checkDocument } from "./check.ts";
import { type JsonObject, parseYaml } from "./document.ts";
import { applyOverlay } from "./overlay.ts";
import { specError } from "./spec-error.ts";

/** The published document of an API version, reduced to facts, before any overlay. */
export function loadReduced(root: string, entry: CatalogEntry): JsonObject {
  const file = reducedPath(entry.id);
  const text = readText(root, file);
  if (entry.reduced === undefined) {
    throw specError(CATALOG, `${entry.id} has no digest of ${file}; run npm run specs:sync`);
  }
  if (digest(text) !== entry.reduced) {
    throw specError(file, `was edited: its sha256 is ${digest(text)}, the catalogue says ${entry.reduced}`);
  }
  return parseYaml(text, file);
}

/**
 * The document of an API version as this project reads it: reduced to facts, corrected by its overlays, checked. A proposal starts
 * from its base, the base's overlays included.
 */
export async function loadDocument(root: string, catalog: Catalog, entry: CatalogEntry): Promise<JsonObject> {
  let document =
    entry.base === undefined
      ? loadReduced(root, entry)
      : await loadDocument(root, catalog, entryOf(catalog, entry.base));
  for (const name of entry.overlays) {
    const file = `specs/${name}`;
    document = await applyOverlay(document, parseYaml(readText(root, file), file), file);
  }
  checkDocument(document, entry);
  return document;
}
