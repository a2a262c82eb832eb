import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Dialect, Version } from "@mojaloop-versioning/protocol";
import * as z from "zod";

import { parseYaml, valueAt } from "./document.ts";
import { specError } from "./spec-error.ts";

export const CATALOG = "specs/catalog.yaml";

/** An npm package that carries published documents. */
export interface Carrier {
  readonly licence: string;
  /** The tarball's, as npm writes it. */
  readonly integrity: string;
}

/** Where a published document was read. */
export interface Source {
  /** A key of `carriers`, `name@version` on npm; absent for a file that was dropped in by hand. */
  readonly carrier?: string | undefined;
  /** Its path in the carrier, or the name it was dropped in under. */
  readonly path: string;
  readonly sha256: string;
}

/** What `specs/catalog.yaml` says of one API version. */
export interface CatalogEntry {
  /** `fspiop/1.1`; the document is `specs/<id>.yaml`. */
  readonly id: string;
  /** The catalogue's api word; by default the first part of the id. */
  readonly api?: string | undefined;
  readonly version: Version;
  readonly title: string;
  /** Whose licence terms the document itself states. */
  readonly licence: string;
  /** Absent where the API negotiates no version by media type. */
  readonly dialect?: Dialect | undefined;
  /** The resource in the media type where it is not the first path segment. */
  readonly mediaResource?: string | undefined;
  readonly source?: Source | undefined;
  /** For a proposal: the id of the published version that its overlays change. */
  readonly base?: string | undefined;
  /** The sha256 of the reduced document. */
  readonly reduced?: string | undefined;
  readonly overlays: readonly string[];
  readonly resources: {
    /** The document and section that gives each resource its version. */
    readonly section: string;
    readonly versions: Readonly<Record<string, Version>>;
  };
  /** Resource to section of the document that defines it, for doc comments. */
  readonly sections?:
    { readonly document: string; readonly resources: Readonly<Record<string, string>> } | undefined;
}

/** The whole of `specs/catalog.yaml`. */
export interface Catalog {
  readonly carriers: Readonly<Record<string, Carrier>>;
  readonly versions: readonly CatalogEntry[];
}

const version = z.templateLiteral([z.number(), ".", z.number()]);
const PIN = "must be a sha256, 64 hexadecimal digits in lower case";
const sha256 = z.string({ error: PIN }).regex(/^[0-9a-f]{64}$/, PIN);
const text = z.string().min(1);

const entry: z.ZodType<CatalogEntry> = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*\/[0-9a-z][0-9a-z.-]*$/, "must be <api>/<version>"),
  api: text.optional(),
  version,
  title: text,
  licence: text,
  dialect: z.enum(["fspiop", "iso20022"]).optional(),
  mediaResource: text.optional(),
  source: z.strictObject({ carrier: text.optional(), path: text, sha256 }).optional(),
  base: text.optional(),
  reduced: sha256.optional(),
  overlays: z.array(text).default([]),
  resources: z.strictObject({ section: text, versions: z.record(text, version) }),
  sections: z.strictObject({ document: text, resources: z.record(text, text) }).optional(),
});

const catalog: z.ZodType<Catalog> = z.strictObject({
  carriers: z.record(text, z.strictObject({ licence: text, integrity: text })),
  versions: z.array(entry).min(1),
});

/**
 * Reads and checks the catalogue.
 * @throws VersioningError `invalid-spec`, with the place in the file
 */
export function readCatalog(root: string): Catalog {
  return parseCatalog(readText(root, CATALOG));
}

/** Checks the text of a catalogue. */
export function parseCatalog(yaml: string): Catalog {
  const document = parseYaml(yaml, CATALOG);
  const parsed = catalog.safeParse(document);
  if (!parsed.success) {
    const { path = [], message = "is malformed" } = parsed.error.issues[0] ?? {};
    const id = valueAt(document, `/${path.slice(0, 2).join("/")}/id`);
    const whose = typeof id === "string" ? ` (${id})` : "";
    throw specError(`${CATALOG} at /${path.join("/")}${whose}`, message);
  }
  const seen = new Set<string>();
  for (const [i, { id, source: pin, base }] of parsed.data.versions.entries()) {
    const at = `${CATALOG} at /versions/${String(i)}`;
    if (seen.has(id)) throw specError(`${at}/id`, `${id} is listed twice`);
    if ((pin === undefined) === (base === undefined)) {
      throw specError(at, `${id} needs a pinned source, or a base if it is a proposal, and not both`);
    }
    if (pin?.carrier !== undefined && !Object.hasOwn(parsed.data.carriers, pin.carrier)) {
      throw specError(`${at}/source/carrier`, `${pin.carrier} is missing from /carriers`);
    }
    if (base !== undefined && !seen.has(base)) {
      throw specError(`${at}/base`, `${base} is not listed before ${id}`);
    }
    seen.add(id);
  }
  return parsed.data;
}

/** The entry with this id. */
export function entryOf(from: Catalog, id: string): CatalogEntry {
  const found = from.versions.find((candidate) => candidate.id === id);
  if (found) return found;
  const known = from.versions.map((candidate) => candidate.id).join(", ");
  throw specError(CATALOG, `there is no ${id}; there are ${known}`);
}

/** Where the reduced document of an entry lies. */
export function reducedPath(id: string): string {
  return `specs/${id}.yaml`;
}

/** The sha256 of a text or of bytes, in hexadecimal. */
export function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Reads a file of the repository. */
export function readText(root: string, file: string): string {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch (error) {
    throw specError(file, "cannot be read", error);
  }
}
