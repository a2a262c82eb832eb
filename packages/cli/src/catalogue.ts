import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Version } from "@mojaloop-versioning/protocol";

/** One API version that ships with the command. */
export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly version: Version;
  readonly dialect?: string;
  readonly resources: { readonly section: string; readonly versions: Readonly<Record<string, Version>> };
  /** The published document that it was made from. */
  readonly origin: string;
  /** Corrections to the document, each with its reason. */
  readonly corrections: readonly {
    readonly target: string;
    readonly description: string;
    readonly source: string;
  }[];
}

/** Every API version that ships with the command. */
export function readCatalogue(): CatalogueEntry[] {
  return JSON.parse(readData("catalog.json")) as CatalogueEntry[]; // written by generate.ts from the checked catalogue
}

/** The document of an entry, with its corrections applied. */
export function readCatalogued(id: string): unknown {
  return JSON.parse(readData(`${id}.json`));
}

// `data` is beside `src` and beside `dist`, so one path works for both.
function readData(file: string): string {
  return readFileSync(fileURLToPath(new URL(`../data/${file}`, import.meta.url)), "utf8");
}
