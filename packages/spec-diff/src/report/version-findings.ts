import { majorOf } from "@mojaloop-versioning/protocol";
import type { Api } from "../read/api.ts";
import { RULES } from "../rules/rules.ts";
import { fingerprintOf, type Finding } from "./finding.ts";
import { resourceName, type ResourceChange } from "./resources.ts";

/** A finding for each resource whose declared version does not fit its changes (API Definition 3.3.2, 3.3.3). */
export function versionFindings(resources: readonly ResourceChange[], revision: Api): Finding[] {
  return resources.flatMap(({ resource, to, declared, mismatch }) => {
    if (!to || !declared || !mismatch) return [];
    const id = mismatch === "too low" ? "resource-version-too-low" : "resource-version-too-high";
    // A minor version that is missing misleads integrators; a major one breaks them without a warning.
    const isMajor = majorOf(to) !== majorOf(declared);
    const names = [...revision.operations.values()].map(({ name }) => name);
    return [
      {
        id,
        level: mismatch === "too low" && isMajor ? "error" : "warn",
        text: `${resource}: ${RULES.get(id)?.text ?? id}: ${declared}, must be ${to}`,
        pointer: "#/info/version",
        revisionPointer: "#/info/version",
        fingerprint: fingerprintOf([id, resource]),
        cause: id,
        operations: names.filter((name) => resourceName(name) === resource),
        places: [],
        polarity: "none",
        from: declared,
        to,
        oldToNew: "ok",
        newToOld: "ok",
      } satisfies Finding,
    ];
  });
}
