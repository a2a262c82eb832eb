import type { Api } from "../read/api.ts";
import { stepsOf } from "../schema/json.ts";
import { record, type Drafts } from "./drafts.ts";

/**
 * Records operations that the revision writes twice: the parts of one of them are not compared.
 * @param pointers members that the text of the revision writes twice
 */
export function reportDuplicates(revision: Api, pointers: readonly string[], drafts: Drafts): void {
  for (const { name, pointer } of revision.duplicates) {
    record(drafts, { id: "api-path-duplicated", operation: name, revisionPointer: pointer });
  }
  for (const pointer of pointers) {
    const [first, path] = stepsOf(pointer);
    if (first !== "paths" || path === undefined) continue;
    record(drafts, { id: "api-path-duplicated", revisionPointer: pointer, subject: path });
  }
}
