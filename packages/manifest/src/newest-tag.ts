import { bareVersion, compareTags, parseTag, type TagKind } from "./tag.ts";

/** What `tagsNewest` may offer. */
export interface NewestTagOptions {
  /** Offer tags of this line only: `"10"`, `"10.4"` or `"10.4.1"`. The default is every line. */
  readonly line?: string;
  /** Kinds offered beside releases and the fixes made to them: those are never offered unasked. */
  readonly also?: readonly TagKind[];
}

/** The tags an operator may take, newest first. */
export function tagsNewest(tags: Iterable<string>, options: NewestTagOptions = {}): string[] {
  const kinds = new Set<TagKind>(["release", "fix", ...(options.also ?? [])]);
  const line = options.line === undefined ? [] : bareVersion(options.line).split(".");
  return [...new Set(tags)]
    .filter((text) => {
      const tag = parseTag(text);
      return tag && kinds.has(tag.kind) && line.every((part, i) => tag.numbers[i] === part);
    })
    .sort((a, b) => compareTags(b, a));
}
