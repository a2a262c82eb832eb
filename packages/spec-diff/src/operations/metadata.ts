import { lifecycleChange, lifecycleOf, stabilityRank, type LifecycleChange } from "../read/lifecycle.ts";
import { member, pointerTo, textMember } from "../schema/json.ts";
import { record } from "./drafts.ts";
import { compareSecurity } from "./security.ts";
import type { OperationPair, Setting } from "./setting.ts";

const LIFECYCLE_IDS: Readonly<Record<LifecycleChange, readonly [id: string, keyword: string]>> = {
  deprecated: ["endpoint-deprecated", "deprecated"],
  "deprecated-with-sunset": ["endpoint-deprecated-with-sunset", "deprecated"],
  reactivated: ["endpoint-reactivated", "deprecated"],
  "sunset-unreadable": ["api-deprecated-sunset-parse", "x-sunset"],
  "sunset-passed": ["api-sunset-date-too-small", "x-sunset"],
  "sunset-deleted": ["api-sunset-deleted", "x-sunset"],
  "sunset-moved-to-past": ["api-sunset-date-changed-too-small", "x-sunset"],
  "sunset-earlier": ["api-sunset-date-earlier", "x-sunset"],
};

interface MetadataChange {
  readonly id: string;
  readonly keyword: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Compares what describes an operation: lifecycle, id, tags, security requirements. */
export function compareMetadata(pair: OperationPair, { drafts, today }: Setting): void {
  const { base, revision } = pair;
  for (const { id, keyword, from, to } of metadataChanges(pair, today)) {
    record(drafts, {
      id,
      operation: revision.name,
      basePointer: pointerTo(base.pointer, keyword),
      revisionPointer: pointerTo(revision.pointer, keyword),
      from,
      to,
    });
  }
  const [before, after] = [base.raw["security"], revision.raw["security"]];
  if (before !== undefined || after !== undefined)
    compareSecurity({ before, after, operation: revision }, drafts);
}

function metadataChanges({ base, revision }: OperationPair, today: string): MetadataChange[] {
  const changes: MetadataChange[] = [];
  const [before, after] = [base.raw, revision.raw];
  const [was, is] = [lifecycleOf(before), lifecycleOf(after)];
  const change = lifecycleChange(was, is, today);
  if (change) {
    const [id, keyword] = LIFECYCLE_IDS[change];
    changes.push({ id, keyword, from: was.sunset, to: is.sunset });
  }
  changes.push(
    ...stabilityChanges(textMember(before, "x-stability-level"), textMember(after, "x-stability-level")),
  );
  const [from, to] = [textMember(before, "operationId"), textMember(after, "operationId")];
  if (from !== to) {
    const id = from === undefined ? "api-operation-id-added" : "api-operation-id-removed";
    changes.push({ id, keyword: "operationId", from, to });
  }
  const [tags, newTags] = [tagsOf(before), tagsOf(after)];
  for (const tag of tags)
    if (!newTags.includes(tag)) changes.push({ id: "api-tag-removed", keyword: "tags", from: tag });
  for (const tag of newTags)
    if (!tags.includes(tag)) changes.push({ id: "api-tag-added", keyword: "tags", to: tag });
  return changes;
}

function stabilityChanges(from: string | undefined, to: string | undefined): MetadataChange[] {
  const keyword = "x-stability-level";
  const [before, after] = [stabilityRank(from), stabilityRank(to)];
  if (after === -1) return [{ id: "api-invalid-stability-level", keyword, to }];
  if (before === after) return [];
  return [{ id: after < before ? "api-stability-decreased" : "api-stability-increased", keyword, from, to }];
}

/** The tags of an operation. */
export function tagsOf(raw: unknown): string[] {
  const tags = member(raw, "tags");
  return Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === "string") : [];
}
