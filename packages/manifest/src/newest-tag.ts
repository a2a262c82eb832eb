import type { Manifest } from "./manifest.ts";
import { shippedManifests } from "./shipped-manifests.ts";
import { bareVersion, compareTags, parseTag, type TagKind } from "./tag.ts";

/** What `tagsNewest` may offer. */
export interface NewestTagOptions {
  /** Offer tags of this line only: `"10"`, `"10.4"` or `"10.4.1"`. The default is every line. */
  readonly line?: string;
  /** Kinds offered beside releases and the fixes made to them: those are never offered unasked. */
  readonly also?: readonly TagKind[];
}

/**
 * The tags that an operator may take, newest first: of a list, or of an image by its name (`"mojaloop/central-ledger"`, `"central-ledger"`),
 * as far as the manifests that ship know it.
 */
export function tagsNewest(
  imageOrTags: string | Iterable<string>,
  lineOrOptions: string | NewestTagOptions = {},
): string[] {
  const options = typeof lineOrOptions === "string" ? { line: lineOrOptions } : lineOrOptions;
  const tags = typeof imageOrTags === "string" ? tagsOfImage(shippedManifests(), imageOrTags) : imageOrTags;
  const kinds = new Set<TagKind>(["release", "fix", ...(options.also ?? [])]);
  const line = options.line === undefined ? [] : bareVersion(options.line).split(".");
  return [...new Set(tags)]
    .filter((text) => {
      const tag = parseTag(text);
      return tag && kinds.has(tag.kind) && line.every((part, i) => tag.numbers[i] === part);
    })
    .sort((a, b) => compareTags(b, a));
}

/** The tags of an image that some manifests name, in their order. A name without a slash means an image of Mojaloop. */
export function tagsOfImage(manifests: readonly Manifest[], image: string): string[] {
  const wanted = `${image.includes("/") ? image : `mojaloop/${image}`}:`;
  const images = manifests.flatMap(({ services }) => Object.values(services).map((service) => service.image));
  return [
    ...new Set(images.filter((name) => name.startsWith(wanted)).map((name) => name.slice(wanted.length))),
  ];
}
