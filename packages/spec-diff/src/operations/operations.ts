import type { Api, ApiOperation } from "../read/api.ts";
import { lifecycleOf, removalTiming } from "../read/lifecycle.ts";
import { record } from "./drafts.ts";
import { compareMetadata } from "./metadata.ts";
import { compareParameters } from "./parameters.ts";
import { compareRequestBodies } from "./request-bodies.ts";
import { compareResponses } from "./responses.ts";
import type { OperationPair, Setting } from "./setting.ts";

/** Compares the operations of two APIs. */
export function compareOperations(base: Api, revision: Api, setting: Setting): void {
  const { drafts, today } = setting;
  const paths = new Set([...revision.operations.values()].map(({ name }) => unnamedPath(name)));
  for (const [key, before] of base.operations) {
    const after = revision.operations.get(key);
    if (after) {
      compareOperation({ base: before, revision: after }, setting);
      continue;
    }
    record(drafts, {
      id: removalId(before, !paths.has(unnamedPath(before.name)), today),
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

function unnamedPath(name: string): string {
  return name.slice(name.indexOf(" ") + 1).replaceAll(/\{[^/{}]*\}/g, "{}");
}

function removalId(operation: ApiOperation, wholePath: boolean, today: string): string {
  const timing = removalTiming(lifecycleOf(operation.raw), today);
  if (timing === "sunset-unreadable") return "api-path-sunset-parse";
  return `api-${wholePath ? "path-" : ""}removed-${timing}`;
}

/** Compares an operation that both sides have. */
export function compareOperation(pair: OperationPair, setting: Setting): void {
  compareParameters(pair, setting);
  compareRequestBodies(pair, setting);
  compareResponses(pair, setting);
  compareMetadata(pair, setting);
}
