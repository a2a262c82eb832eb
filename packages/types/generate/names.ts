import type { CatalogEntry } from "../../../tools/specs/catalog.ts";

/** The subpath of an API version in the types package: `fspiop/v1.1`, `proposals/transfer-quote-id`. */
export function subpathOf({ id, base }: Pick<CatalogEntry, "id" | "base">): string {
  return base === undefined ? id.replace("/", "/v") : id;
}

/** The name of an API version's object: `fspiopV1_1`, `transferQuoteId`. */
export function objectNameOf(entry: Pick<CatalogEntry, "id" | "base">): string {
  const [api = "", name = ""] = entry.id.split("/");
  if (entry.base !== undefined) return camelCase(name);
  return camelCase(`${api}-V${name.replace(".", "_")}`);
}

function camelCase(words: string): string {
  return words.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
