import type { Api, ApiOperation } from "./api.ts";
import { compareBodies } from "./body-changes.ts";
import type { Comparison } from "./comparison.ts";
import type { Draft, Finding, Witness } from "./finding.ts";
import { canonical, member, pointerTo, textMember } from "./json.ts";
import {
  farewellOf,
  isUnstable,
  lifecycleChange,
  stabilityRank,
  type Lifecycle,
  type LifecycleChange,
} from "./lifecycle.ts";
import { compareParameters } from "./parameter-changes.ts";
import { compareSchemes, compareSecurity } from "./security-changes.ts";
import type { Drafts } from "./walk.ts";

/** What the comparison of operations works with. */
export interface Setting {
  readonly comparison: Comparison;
  readonly drafts: Drafts;
  readonly number: (value: object) => number;
  /** Who receives the body of an operation: the party asked, or the one that had asked. */
  readonly polarityOf: (operation: ApiOperation) => "request" | "response";
  /** `2026-11-21`: sunsets up to this day have passed. */
  readonly today: string;
}

/** A change that needs no schema to be judged. */
export interface Known {
  readonly id: string;
  readonly polarity?: Finding["polarity"];
  readonly operation?: string;
  readonly place?: string;
  readonly basePointer?: string | undefined;
  readonly revisionPointer?: string | undefined;
  readonly subject?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** The message of an older sender that a newer receiver refuses; a text where none can be shown but the rule says so. */
  readonly oldToNew?: Witness | "unproven";
  readonly newToOld?: Witness | "unproven";
}

/** Records a change that needs no schema to be judged. Changes of one place under one id are one finding. */
export function record(drafts: Drafts, known: Known): void {
  const { id, operation, basePointer, revisionPointer, subject, from, to, oldToNew, newToOld } = known;
  const key = [id, revisionPointer ?? basePointer, subject, canonical(from), canonical(to)].join("|");
  const draft = drafts.add(key, (): Draft => {
    const witness = {
      ...(typeof oldToNew === "object" && { oldToNew }),
      ...(typeof newToOld === "object" && { newToOld }),
    };
    return {
      id,
      polarity: known.polarity ?? "none",
      ...(basePointer !== undefined && { basePointer }),
      ...(revisionPointer !== undefined && { revisionPointer }),
      operations: new Set(),
      places: new Set(),
      from,
      to,
      ...(subject !== undefined && { subject }),
      known: { oldToNew: verdictOf(oldToNew), newToOld: verdictOf(newToOld), witness },
    };
  });
  if (operation !== undefined) {
    draft.operations.add(operation);
    draft.places.add(known.place === undefined ? operation : `${operation} ${known.place}`);
  }
}

function verdictOf(proof: Witness | "unproven" | undefined): "ok" | "breaks" | "unproven" {
  if (proof === undefined) return "ok";
  return proof === "unproven" ? "unproven" : "breaks";
}

/** Compares the operations of two APIs. */
export function compareOperations(base: Api, revision: Api, setting: Setting): void {
  const { drafts, today } = setting;
  const paths = new Set([...revision.operations.values()].map(({ name }) => pathKey(name)));
  for (const [key, before] of base.operations) {
    const after = revision.operations.get(key);
    if (after) {
      compareOperation(before, after, setting);
      continue;
    }
    const wholePath = !paths.has(pathKey(before.name));
    record(drafts, {
      id: removalId(before, wholePath, today),
      operation: before.name,
      basePointer: before.pointer,
      oldToNew: { operation: before.name, part: "request", note: "the revision has no such operation" },
    });
  }
  for (const [key, after] of revision.operations) {
    if (base.operations.has(key)) continue;
    record(drafts, { id: "endpoint-added", operation: after.name, revisionPointer: after.pointer });
  }
}

function pathKey(name: string): string {
  return name.slice(name.indexOf(" ") + 1).replaceAll(/\{[^/{}]*\}/g, "{}");
}

function removalId(operation: ApiOperation, wholePath: boolean, today: string): string {
  const farewell = farewellOf(lifecycleOf(operation.raw), today);
  if (farewell === "sunset-unreadable") return "api-path-sunset-parse";
  return `api-${wholePath ? "path-" : ""}removed-${farewell}`;
}

/** Compares an operation that both sides have. */
export function compareOperation(before: ApiOperation, after: ApiOperation, setting: Setting): void {
  compareParameters(before, after, setting);
  compareBodies(before, after, setting);
  compareMetadata(before, after, setting);
}

const LIFECYCLE_IDS: Readonly<Record<LifecycleChange, readonly [id: string, keyword: string]>> = {
  deprecated: ["endpoint-deprecated", "deprecated"],
  "deprecated-with-sunset": ["endpoint-deprecated", "deprecated"],
  reactivated: ["endpoint-reactivated", "deprecated"],
  "sunset-unreadable": ["api-deprecated-sunset-parse", "x-sunset"],
  "sunset-passed": ["api-sunset-date-too-small", "x-sunset"],
  "sunset-deleted": ["api-sunset-deleted", "x-sunset"],
  "sunset-moved-to-past": ["api-sunset-date-changed-too-small", "x-sunset"],
  "sunset-earlier": ["api-sunset-date-earlier", "x-sunset"],
};

function compareMetadata(before: ApiOperation, after: ApiOperation, { drafts, today }: Setting): void {
  const found = (id: string, keyword: string, from?: unknown, to?: unknown): void => {
    record(drafts, {
      id,
      operation: after.name,
      basePointer: pointerTo(before.pointer, keyword),
      revisionPointer: pointerTo(after.pointer, keyword),
      from,
      to,
    });
  };
  const [old, now] = [before.raw, after.raw];
  const [was, is] = [lifecycleOf(old), lifecycleOf(now)];
  const change = lifecycleChange(was, is, today);
  if (change) found(...LIFECYCLE_IDS[change], was.sunset, is.sunset);
  const [level, later] = [textMember(old, "x-stability-level"), textMember(now, "x-stability-level")];
  const [rank, laterRank] = [stabilityRank(level), stabilityRank(later)];
  if (laterRank === -1) found("api-invalid-stability-level", "x-stability-level", undefined, later);
  else if (rank !== laterRank) {
    const id = laterRank < rank ? "api-stability-decreased" : "api-stability-increased";
    found(id, "x-stability-level", level, later);
  }
  const [id, renamed] = [textMember(old, "operationId"), textMember(now, "operationId")];
  if (id !== renamed) {
    found(
      id === undefined ? "api-operation-id-added" : "api-operation-id-removed",
      "operationId",
      id,
      renamed,
    );
  }
  const [tags, tagged] = [tagsOf(old), tagsOf(now)];
  for (const tag of tags) if (!tagged.includes(tag)) found("api-tag-removed", "tags", tag);
  for (const tag of tagged) if (!tags.includes(tag)) found("api-tag-added", "tags", undefined, tag);
  if (old["security"] !== undefined || now["security"] !== undefined) {
    compareSecurity("api-security", old["security"], now["security"], drafts, after);
  }
}

/** What an operation or a parameter says of its own end. */
export function lifecycleOf(raw: unknown): Lifecycle {
  return { deprecated: member(raw, "deprecated") === true, sunset: textMember(raw, "x-sunset") };
}

/**
 * The operations that promised nothing: drafts and alphas that the revision does not have, or has as such still. By the names that
 * either document gives them.
 */
export function unpromisedOperations(base: Api, revision: Api): ReadonlySet<string> {
  const isFree = ({ raw }: ApiOperation): boolean => isUnstable(textMember(raw, "x-stability-level"));
  const free = [...base.operations].flatMap(([key, before]) => {
    const after = revision.operations.get(key);
    if (!isFree(before)) return [];
    return after ? (isFree(after) ? [before.name, after.name] : []) : [before.name];
  });
  return new Set(free);
}

function tagsOf(raw: unknown): string[] {
  const tags = member(raw, "tags");
  return Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === "string") : [];
}

/** Compares what stands above the operations: security for all of them, security schemes, and components nobody uses. */
export function compareDocuments(base: Api, revision: Api, { drafts }: Setting): void {
  const [old, now] = [base.document.root, revision.document.root];
  compareSecurity("api-global-security", old["security"], now["security"], drafts);
  compareSchemes(
    member(member(old, "components"), "securitySchemes"),
    member(member(now, "components"), "securitySchemes"),
    drafts,
  );
  const [schemas, others] = [old, now].map((root) => member(member(root, "components"), "schemas"));
  for (const name of Object.keys(schemas ?? {})) {
    if (member(others, name) !== undefined) continue;
    record(drafts, {
      id: "api-schema-removed",
      basePointer: pointerTo("#/components/schemas", name),
      subject: name,
    });
  }
}
