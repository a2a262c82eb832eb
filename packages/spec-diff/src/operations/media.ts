import type { Media } from "../read/api.ts";
import { record } from "./drafts.ts";
import { reportSchemaChanges } from "./schema-changes.ts";
import { namesOf, type OperationPair, type Setting } from "./setting.ts";

/** One media type that both sides have. */
export interface MediaPair {
  /** `application/json`. */
  readonly type: string;
  readonly base: Media;
  readonly revision: Media;
  /** `request` or `response 200`. */
  readonly part: string;
  readonly polarity: "request" | "response";
}

// XML, forms and plain text carry texts; JSON carries types.
function isUntyped(type: string): boolean {
  return /xml|x-www-form-urlencoded|^multipart\/|^text\//.test(type);
}

/** Compares the schemas of a media type of a body. */
export function compareMedia(media: MediaPair, pair: OperationPair, setting: Setting): void {
  const { type, base, revision, part, polarity } = media;
  const { comparison, drafts } = setting;
  if (!base.schema && !revision.schema) return;
  if (!base.schema || !revision.schema) {
    record(drafts, {
      id: `${part === "request" ? "request" : "response"}-body-media-type-schema-${base.schema ? "removed" : "added"}`,
      polarity,
      operation: pair.revision.name,
      place: part,
      basePointer: base.pointer,
      revisionPointer: revision.pointer,
      [base.schema ? "newToOld" : "oldToNew"]: "unproven",
    });
    return;
  }
  reportSchemaChanges(
    {
      pair: comparison.compare(base.schema(), revision.schema(), isUntyped(type)),
      place: `${polarity}-body`,
      below: `${polarity}-property`,
      polarity,
      operations: namesOf(pair),
      part,
    },
    setting,
  );
}
