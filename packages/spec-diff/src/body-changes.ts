import type { ApiOperation, Media, Response } from "./api.ts";
import type { Finding } from "./finding.ts";
import { relateMediaTypes } from "./media-type.ts";
import { record, type Setting } from "./operation-changes.ts";
import { ANYTHING } from "./schema.ts";
import { walk } from "./walk.ts";

/** Compares the request body and the responses of an operation. */
export function compareBodies(before: ApiOperation, after: ApiOperation, setting: Setting): void {
  compareRequest(before, after, setting);
  for (const [status, base] of before.responses) {
    const revision = after.responses.get(status);
    if (revision) compareResponse(before, after, status, base, revision, setting);
    else changeStatus(after, status, base, "removed", setting);
  }
  for (const [status, revision] of after.responses) {
    if (!before.responses.has(status)) changeStatus(after, status, revision, "added", setting);
  }
}

function compareRequest(before: ApiOperation, after: ApiOperation, setting: Setting): void {
  const { drafts } = setting;
  const [old, now] = [before.body, after.body];
  const polarity = setting.polarityOf(after);
  const at = { polarity, operation: after.name, place: "request" };
  const without = { operation: after.name, part: "request", note: "without a body" };
  if (!old && !now) return;
  if (!old || !now) {
    if (now) {
      record(drafts, {
        ...at,
        id: now.required ? "request-body-added-required" : "request-body-added-optional",
        revisionPointer: now.pointer,
        ...(now.required && { oldToNew: without }),
      });
    } else {
      record(drafts, {
        ...at,
        id: "request-body-removed",
        basePointer: old?.pointer,
        oldToNew: "unproven",
        ...(old?.required && { newToOld: without }),
      });
    }
    return;
  }
  const both = { ...at, basePointer: old.pointer, revisionPointer: now.pointer };
  if (!old.required && now.required)
    record(drafts, { ...both, id: "request-body-became-required", oldToNew: without });
  if (old.required && !now.required)
    record(drafts, { ...both, id: "request-body-became-optional", newToOld: without });
  for (const [type, base] of old.content) {
    const revision = now.content.get(type);
    if (revision) compareMedia(before, after, type, base, revision, "request", polarity, setting);
    else {
      const oldToNew = { operation: before.name, part: "request", note: `a body of ${type}` };
      record(drafts, {
        ...at,
        id: "request-body-media-type-removed",
        basePointer: base.pointer,
        subject: type,
        oldToNew,
      });
    }
  }
  for (const [type, revision] of now.content) {
    if (old.content.has(type)) continue;
    const newToOld = { operation: after.name, part: "request", note: `a body of ${type}` };
    record(drafts, {
      ...at,
      id: "request-body-media-type-added",
      revisionPointer: revision.pointer,
      subject: type,
      newToOld,
    });
  }
}

// XML, forms and plain text carry texts; JSON carries types.
function isLoose(type: string): boolean {
  return /xml|x-www-form-urlencoded|^multipart\/|^text\//.test(type);
}

function compareMedia(
  before: ApiOperation,
  after: ApiOperation,
  type: string,
  base: Media,
  revision: Media,
  part: string,
  polarity: "request" | "response",
  { comparison, drafts, number }: Setting,
): void {
  if (!base.schema && !revision.schema) return;
  if (!base.schema || !revision.schema) {
    const id = `${part === "request" ? "request" : "response"}-body-media-type-schema-${base.schema ? "removed" : "added"}`;
    record(drafts, {
      id,
      polarity,
      operation: after.name,
      place: part,
      basePointer: base.pointer,
      revisionPointer: revision.pointer,
      [base.schema ? "newToOld" : "oldToNew"]: "unproven",
    });
    return;
  }
  walk(
    {
      pair: comparison.compare(base.schema(), revision.schema(), isLoose(type)),
      place: `${polarity}-body`,
      below: `${polarity}-property`,
      polarity,
      operations: { base: before.name, revision: after.name },
      part,
    },
    drafts,
    number,
  );
}

function changeStatus(
  after: ApiOperation,
  status: string,
  response: Response,
  change: "added" | "removed",
  { drafts }: Setting,
): void {
  // `default` stands for all that is not said, so it promises no success (OpenAPI 3.1, 4.8.16.1).
  const success = status.startsWith("2");
  const removed = change === "removed";
  record(drafts, {
    id: `response-${success ? "success" : "non-success"}-status-${change}`,
    polarity: "response",
    operation: after.name,
    place: `response ${status}`,
    [removed ? "basePointer" : "revisionPointer"]: response.pointer,
    subject: status,
    ...(removed && success && { newToOld: "unproven" as const }),
  });
}

function compareResponse(
  before: ApiOperation,
  after: ApiOperation,
  status: string,
  base: Response,
  revision: Response,
  setting: Setting,
): void {
  const part = `response ${status}`;
  const at = { polarity: "response" as const, operation: after.name, place: part };
  const successors = new Map<string, string>();
  for (const [type, media] of base.content) {
    const named = revision.content.has(type) ? type : successorOf(type, base, revision, successors);
    const other = named === undefined ? undefined : revision.content.get(named);
    const unproven = { newToOld: "unproven" as const };
    if (named === undefined || !other) {
      const basePointer = media.pointer;
      record(setting.drafts, {
        ...at,
        id: "response-media-type-removed",
        basePointer,
        subject: type,
        ...unproven,
      });
      continue;
    }
    const change = relateMediaTypes(type, named);
    if (change !== undefined && change !== "same") {
      const pointers = { basePointer: media.pointer, revisionPointer: other.pointer };
      const proof = change === "specialized" ? {} : unproven;
      const id = `response-media-type-name-${change}`;
      record(setting.drafts, { ...at, id, ...pointers, from: type, to: named, ...proof });
    }
    compareMedia(before, after, named, media, other, part, "response", setting);
  }
  const followed = new Set(successors.values());
  for (const [type, media] of revision.content) {
    if (base.content.has(type) || followed.has(type)) continue;
    const revisionPointer = media.pointer;
    record(setting.drafts, { ...at, id: "response-media-type-added", revisionPointer, subject: type });
  }
  compareHeaders(before, after, status, base, revision, at, setting);
}

// The media type that came in the place of one that is gone, each only once.
function successorOf(
  type: string,
  base: Response,
  revision: Response,
  taken: Map<string, string>,
): string | undefined {
  for (const name of revision.content.keys()) {
    if (base.content.has(name) || [...taken.values()].includes(name)) continue;
    if (relateMediaTypes(type, name) === undefined) continue;
    taken.set(type, name);
    return name;
  }
  return undefined;
}

function compareHeaders(
  before: ApiOperation,
  after: ApiOperation,
  status: string,
  base: Response,
  revision: Response,
  at: { polarity: Finding["polarity"]; operation: string; place: string },
  { comparison, drafts, number }: Setting,
): void {
  const part = `response ${status}`;
  for (const [name, header] of base.headers) {
    const other = revision.headers.get(name);
    const parameter = { in: "header", name };
    const left = { operation: after.name, part, parameter, note: "left out" };
    if (!other) {
      const id = header.required ? "required-response-header-removed" : "optional-response-header-removed";
      const newToOld = header.required ? { newToOld: left } : {};
      record(drafts, { ...at, id, basePointer: header.pointer, subject: name, ...newToOld });
      continue;
    }
    const both = { ...at, basePointer: header.pointer, revisionPointer: other.pointer, subject: name };
    if (header.required && !other.required) {
      record(drafts, { ...both, id: "response-header-became-optional", newToOld: left });
    }
    if (!header.required && other.required)
      record(drafts, { ...both, id: "response-header-became-required" });
    walk(
      {
        pair: comparison.compare(header.schema?.() ?? ANYTHING, other.schema?.() ?? ANYTHING),
        place: "response-header",
        below: "response-header",
        polarity: "response",
        operations: { base: before.name, revision: after.name },
        part: `${part} header ${name}`,
        parameter,
      },
      drafts,
      number,
    );
  }
  for (const [name, header] of revision.headers) {
    if (base.headers.has(name)) continue;
    record(drafts, { ...at, id: "response-header-added", revisionPointer: header.pointer, subject: name });
  }
}
