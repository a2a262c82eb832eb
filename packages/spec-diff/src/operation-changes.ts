import type { Api, ApiOperation } from "./api.ts";
import { compareBodies } from "./body-changes.ts";
import type { Comparison } from "./comparison.ts";
import type { Draft, Finding, Witness } from "./finding.ts";
import { canonical, member, pointerTo, textMember } from "./json.ts";
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

function removal(operation: ApiOperation, today: string): string {
  if (operation.raw["deprecated"] !== true) return "removed-without-deprecation";
  const sunset = textMember(operation.raw, "x-sunset");
  if (sunset !== undefined && !isDay(sunset)) return "sunset-parse";
  return sunset !== undefined && sunset.slice(0, 10) > today
    ? "removed-before-sunset"
    : "removed-with-deprecation";
}

function removalId(operation: ApiOperation, wholePath: boolean, today: string): string {
  const removed = removal(operation, today);
  return removed === "sunset-parse" ? "api-path-sunset-parse" : `api-${wholePath ? "path-" : ""}${removed}`;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text.slice(0, 10)));
}

/** Compares an operation that both sides have. */
export function compareOperation(before: ApiOperation, after: ApiOperation, setting: Setting): void {
  compareParameters(before, after, setting);
  compareBodies(before, after, setting);
  compareMetadata(before, after, setting);
}

const STABILITY = ["draft", "alpha", "beta", "stable"];

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
  if (old["deprecated"] !== true && now["deprecated"] === true) {
    const until = textMember(now, "x-sunset");
    if (until !== undefined && !isDay(until))
      found("api-deprecated-sunset-parse", "x-sunset", undefined, until);
    else if (until !== undefined && until.slice(0, 10) < today) {
      found("api-sunset-date-too-small", "x-sunset", undefined, until);
    } else found("endpoint-deprecated", "deprecated");
  }
  if (old["deprecated"] === true && now["deprecated"] !== true) found("endpoint-reactivated", "deprecated");
  const [sunset, moved] = [textMember(old, "x-sunset"), textMember(now, "x-sunset")];
  if (old["deprecated"] === true && now["deprecated"] === true && sunset !== undefined) {
    if (moved === undefined) found("api-sunset-deleted", "x-sunset", sunset);
    else if (moved < sunset) found("api-sunset-date-changed-too-small", "x-sunset", sunset, moved);
  }
  const [stable, later] = [old, now].map((raw) =>
    STABILITY.indexOf(textMember(raw, "x-stability-level") ?? "stable"),
  );
  if (stable !== undefined && later !== undefined && later >= 0 && stable !== later) {
    const id = later < stable ? "api-stability-decreased" : "api-stability-increased";
    found(id, "x-stability-level", old["x-stability-level"], now["x-stability-level"]);
  }
  if (later === -1)
    found("api-invalid-stability-level", "x-stability-level", undefined, now["x-stability-level"]);
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
