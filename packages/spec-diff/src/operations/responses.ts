import type { Header, Response } from "../read/api.ts";
import { ANYTHING } from "../schema/schema.ts";
import { record } from "./drafts.ts";
import { relateMediaTypes } from "./media-type.ts";
import { compareMedia } from "./media.ts";
import { reportSchemaChanges } from "./schema-changes.ts";
import { namesOf, type OperationPair, type Setting } from "./setting.ts";

/** Compares the responses of an operation, status by status. */
export function compareResponses(pair: OperationPair, setting: Setting): void {
  const [before, after] = [pair.base.responses, pair.revision.responses];
  for (const [status, base] of before) {
    const revision = after.get(status);
    if (revision) compareResponse({ status, base, revision }, pair, setting);
    else changeStatus({ status, response: base, change: "removed" }, pair, setting);
  }
  for (const [status, response] of after) {
    if (!before.has(status)) changeStatus({ status, response, change: "added" }, pair, setting);
  }
}

interface StatusChange {
  readonly status: string;
  readonly response: Response;
  readonly change: "added" | "removed";
}

function changeStatus(
  { status, response, change }: StatusChange,
  { revision }: OperationPair,
  { drafts }: Setting,
): void {
  // `default` stands for every status that is not listed, so it promises no success (OpenAPI 3.1, 4.8.16.1).
  const success = status.startsWith("2");
  const removed = change === "removed";
  record(drafts, {
    id: `response-${success ? "success" : "non-success"}-status-${change}`,
    polarity: "response",
    operation: revision.name,
    place: `response ${status}`,
    [removed ? "basePointer" : "revisionPointer"]: response.pointer,
    subject: status,
    ...(removed && success && { newToOld: "unproven" as const }),
  });
}

interface ResponsePair {
  readonly status: string;
  readonly base: Response;
  readonly revision: Response;
}

function compareResponse(response: ResponsePair, pair: OperationPair, setting: Setting): void {
  const { base, revision } = response;
  const part = `response ${response.status}`;
  const at = { polarity: "response" as const, operation: pair.revision.name, place: part };
  const successors = new Map<string, string>();
  for (const [type, media] of base.content) {
    const name = revision.content.has(type) ? type : successorOf(type, response, successors);
    const other = name === undefined ? undefined : revision.content.get(name);
    if (name === undefined || !other) {
      record(setting.drafts, {
        ...at,
        id: "response-media-type-removed",
        basePointer: media.pointer,
        subject: type,
        newToOld: "unproven",
      });
      continue;
    }
    const change = relateMediaTypes(type, name);
    if (change !== undefined && change !== "same") {
      record(setting.drafts, {
        ...at,
        id: `response-media-type-name-${change}`,
        basePointer: media.pointer,
        revisionPointer: other.pointer,
        from: type,
        to: name,
        ...(change !== "specialized" && { newToOld: "unproven" as const }),
      });
    }
    compareMedia({ type: name, base: media, revision: other, part, polarity: "response" }, pair, setting);
  }
  const followed = new Set(successors.values());
  for (const [type, media] of revision.content) {
    if (base.content.has(type) || followed.has(type)) continue;
    record(setting.drafts, {
      ...at,
      id: "response-media-type-added",
      revisionPointer: media.pointer,
      subject: type,
    });
  }
  compareHeaders(response, pair, setting);
}

// The media type that takes the place of a removed one; each is used once.
function successorOf(
  type: string,
  { base, revision }: ResponsePair,
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
  { status, base, revision }: ResponsePair,
  pair: OperationPair,
  setting: Setting,
): void {
  const part = `response ${status}`;
  const at = { polarity: "response" as const, operation: pair.revision.name, place: part };
  for (const [name, header] of base.headers) {
    const other = revision.headers.get(name);
    if (other) {
      compareHeader({ name, part, base: header, revision: other }, pair, setting);
      continue;
    }
    const left = { operation: pair.revision.name, part, parameter: { in: "header", name }, note: "left out" };
    record(setting.drafts, {
      ...at,
      id: header.required ? "required-response-header-removed" : "optional-response-header-removed",
      basePointer: header.pointer,
      subject: name,
      ...(header.required && { newToOld: left }),
    });
  }
  for (const [name, header] of revision.headers) {
    if (base.headers.has(name)) continue;
    record(setting.drafts, {
      ...at,
      id: "response-header-added",
      revisionPointer: header.pointer,
      subject: name,
    });
  }
}

interface HeaderPair {
  readonly name: string;
  readonly part: string;
  readonly base: Header;
  readonly revision: Header;
}

function compareHeader(
  { name, part, base, revision }: HeaderPair,
  pair: OperationPair,
  setting: Setting,
): void {
  const parameter = { in: "header", name };
  const at = {
    polarity: "response" as const,
    operation: pair.revision.name,
    place: part,
    basePointer: base.pointer,
    revisionPointer: revision.pointer,
    subject: name,
  };
  if (base.required && !revision.required) {
    const left = { operation: pair.revision.name, part, parameter, note: "left out" };
    record(setting.drafts, { ...at, id: "response-header-became-optional", newToOld: left });
  }
  if (!base.required && revision.required)
    record(setting.drafts, { ...at, id: "response-header-became-required" });
  reportSchemaChanges(
    {
      pair: setting.comparison.compare(base.schema?.() ?? ANYTHING, revision.schema?.() ?? ANYTHING),
      place: "response-header",
      below: "response-header",
      polarity: "response",
      operations: namesOf(pair),
      part: `${part} header ${name}`,
      parameter,
    },
    setting,
  );
}
