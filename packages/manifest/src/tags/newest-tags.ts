import { bareVersion, compareTags, parseTag, type TagKind } from "./tag.ts";

/** What `newestTags` offers. */
export interface NewestTagsOptions {
  /** Offer tags of this line only: `"10"`, `"10.4"` or `"10.4.1"`. The default is every line. */
  readonly line?: string;
  /** Kinds to offer besides releases and fixes. */
  readonly also?: readonly TagKind[];
}

/** The tags of a list that an operator may install, newest first. Texts that are not tags are left out. */
export function newestTags(tags: Iterable<string>, options: NewestTagsOptions = {}): string[] {
  const kinds = new Set<TagKind>(["release", "fix", ...(options.also ?? [])]);
  const line = options.line === undefined ? [] : bareVersion(options.line).split(".");
  return [...new Set(tags)]
    .filter((text) => {
      const tag = parseTag(text);
      return tag && kinds.has(tag.kind) && line.every((part, i) => tag.numbers[i] === part);
    })
    .sort((a, b) => compareTags(b, a));
}
