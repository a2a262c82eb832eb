import type { Media } from "../read/api.ts";
import { record } from "./drafts.ts";
import { compareMedia } from "./media.ts";
import type { OperationPair, Setting } from "./setting.ts";

/** Compares the request body of an operation. */
export function compareRequestBodies(pair: OperationPair, setting: Setting): void {
  const { drafts } = setting;
  const [before, after] = [pair.base.body, pair.revision.body];
  const { name } = pair.revision;
  const at = { polarity: setting.polarityOf(pair.revision), operation: name, place: "request" };
  const without = { operation: name, part: "request", note: "without a body" };
  if (!before && !after) return;
  if (!before) {
    record(drafts, {
      ...at,
      id: after?.required ? "request-body-added-required" : "request-body-added-optional",
      revisionPointer: after?.pointer,
      ...(after?.required && { oldToNew: without }),
    });
    return;
  }
  if (!after) {
    record(drafts, {
      ...at,
      id: "request-body-removed",
      basePointer: before.pointer,
      oldToNew: "unproven",
      ...(before.required && { newToOld: without }),
    });
    return;
  }
  const both = { ...at, basePointer: before.pointer, revisionPointer: after.pointer };
  if (!before.required && after.required)
    record(drafts, { ...both, id: "request-body-became-required", oldToNew: without });
  if (before.required && !after.required)
    record(drafts, { ...both, id: "request-body-became-optional", newToOld: without });
  compareContents(pair, setting);
}

function compareContents(pair: OperationPair, setting: Setting): void {
  const { drafts } = setting;
  const polarity = setting.polarityOf(pair.revision);
  const at = { polarity, operation: pair.revision.name, place: "request" };
  const [before, after] = [pair.base, pair.revision].map(
    ({ body }) => body?.content ?? new Map<string, Media>(),
  );
  if (!before || !after) return;
  for (const [type, base] of before) {
    const revision = after.get(type);
    if (revision) {
      compareMedia({ type, base, revision, part: "request", polarity }, pair, setting);
      continue;
    }
    record(drafts, {
      ...at,
      id: "request-body-media-type-removed",
      basePointer: base.pointer,
      subject: type,
      oldToNew: { operation: pair.base.name, part: "request", note: `a body of ${type}` },
    });
  }
  for (const [type, revision] of after) {
    if (before.has(type)) continue;
    record(drafts, {
      ...at,
      id: "request-body-media-type-added",
      revisionPointer: revision.pointer,
      subject: type,
      newToOld: { operation: pair.revision.name, part: "request", note: `a body of ${type}` },
    });
  }
}
