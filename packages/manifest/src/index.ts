export { tagsNewest, type NewestTagOptions } from "./newest-tag.ts";
export {
  compareTags,
  lineOf,
  parseTag,
  promisesSemver,
  type Tag,
  type TagKind,
  type TagScheme,
} from "./tag.ts";
