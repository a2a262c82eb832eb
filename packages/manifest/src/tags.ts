export { newestTags, type NewestTagsOptions } from "./tags/newest-tags.ts";
export {
  compareTags,
  lineOf,
  parseTag,
  promisesSemver,
  type Tag,
  type TagKind,
  type TagScheme,
} from "./tags/tag.ts";
