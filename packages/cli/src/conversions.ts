import { VersioningError } from "@mojaloop-versioning/protocol";
import {
  createRegistry,
  fspiopChanges,
  settlementChanges,
  type Registry,
} from "@mojaloop-versioning/transform";
import { readCatalogue, type CatalogueEntry } from "./catalogue.ts";

/** All built-in changes of all APIs. */
export const shippedChanges = [...fspiopChanges, ...settlementChanges] as const;

/** A registry of the built-in changes. */
export function shippedRegistry(): Registry {
  return createRegistry(shippedChanges);
}

/** An API version that messages can be converted from and to. */
export interface ConvertibleApi {
  readonly api: string;
  readonly entry: CatalogueEntry;
}

/**
 * The API version with an id of the catalogue, such as `fspiop/1.1`.
 * @throws VersioningError `unknown-version`
 */
export function convertibleApi(id: string): ConvertibleApi {
  const known = convertibleApis();
  const found = known.find(({ entry }) => entry.id === id);
  if (found) return found;
  const ids = known.map(({ entry }) => entry.id).join(", ");
  throw new VersioningError("unknown-version", `no conversions for "${id}"; available: ${ids}`);
}

function convertibleApis(): ConvertibleApi[] {
  const apis = new Set(shippedChanges.flatMap((change) => ("residue" in change ? [change.residue.api] : [])));
  return readCatalogue().flatMap((entry) =>
    Array.from(apis)
      .filter((api) => entry.id === `${api}/${entry.version}`)
      .map((api) => ({ api, entry })),
  );
}
