import type { Api, ApiOperation } from "../read/api.ts";
import { isUnstable } from "../read/lifecycle.ts";
import { member, pointerTo, textMember } from "../schema/json.ts";
import { record } from "./drafts.ts";
import { compareSchemes, compareSecurity } from "./security.ts";
import type { Setting } from "./setting.ts";

/** Compares what stands above the operations: security for all of them, security schemes, and unused components. */
export function compareDocuments(base: Api, revision: Api, { drafts }: Setting): void {
  const [before, after] = [base.document.root, revision.document.root];
  compareSecurity({ before: before["security"], after: after["security"] }, drafts);
  compareSchemes(
    member(member(before, "components"), "securitySchemes"),
    member(member(after, "components"), "securitySchemes"),
    drafts,
  );
  const [schemas, others] = [before, after].map((root) => member(member(root, "components"), "schemas"));
  for (const name of Object.keys(schemas ?? {})) {
    if (member(others, name) !== undefined) continue;
    record(drafts, {
      id: "api-schema-removed",
      basePointer: pointerTo("#/components/schemas", name),
      subject: name,
    });
  }
}

/**
 * The operations that promise nothing: drafts and alphas that the revision does not have, or has as such still. By the names that
 * either document gives them.
 */
export function unstableOperations(base: Api, revision: Api): ReadonlySet<string> {
  const isDraft = ({ raw }: ApiOperation): boolean => isUnstable(textMember(raw, "x-stability-level"));
  const names = [...base.operations].flatMap(([key, before]) => {
    const after = revision.operations.get(key);
    if (!isDraft(before)) return [];
    return after ? (isDraft(after) ? [before.name, after.name] : []) : [before.name];
  });
  return new Set(names);
}
