import type { Finding } from "../report/finding.ts";
import type { DiffResult } from "../report/result.ts";
import { RULES } from "../rules/rules.ts";
import { messageOf, placeName } from "./phrases.ts";

const KINDS = { error: "error", warn: "warning", info: "note" } as const;
const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * The findings as SARIF 2.1.0, which code scanning shows at the line of the file.
 * @param file the file of the revision, where its sources are not known
 */
export function renderSarif(result: DiffResult, file: string = result.revision.name): string {
  const ids = [...new Set(result.findings.map(({ id }) => id))];
  const rules = ids.map((id) => ({
    id,
    shortDescription: { text: RULES.get(id)?.text ?? id },
    defaultConfiguration: { level: KINDS[RULES.get(id)?.level ?? "warn"] },
  }));
  const driver = { name: "mojaver specs diff", rules };
  const results = result.findings.map((finding) => resultOf(finding, ids.indexOf(finding.id), file));
  return `${JSON.stringify(
    {
      $schema: SCHEMA,
      version: "2.1.0",
      runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
    },
    null,
    2,
  )}\n`;
}

function resultOf(finding: Finding, ruleIndex: number, file: string): object {
  const { id, level, text, pointer, revisionPosition, fingerprint, oldToNew, newToOld, witness } = finding;
  const message = witness?.oldToNew ?? witness?.newToOld;
  return {
    ruleId: id,
    ruleIndex,
    level: KINDS[level],
    message: {
      text:
        `${text} (${placeName(pointer)}). old → new: ${oldToNew}, new → old: ${newToOld}.` +
        (message ? ` Refused: ${messageOf(message)}` : ""),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(revisionPosition?.file ?? file) },
          region: { startLine: revisionPosition?.line ?? 1, startColumn: revisionPosition?.column ?? 1 },
        },
        logicalLocations: [{ fullyQualifiedName: pointer }],
      },
    ],
    partialFingerprints: { "mojaver/v1": fingerprint },
  };
}

function uriOf(file: string): string {
  return file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
}
