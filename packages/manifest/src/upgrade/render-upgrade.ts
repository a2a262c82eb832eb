import { RULES } from "../rules/rule.ts";
import type { UpgradeFinding } from "../rules/upgrade-finding.ts";
import { formatTable } from "../text/text-table.ts";
import type { UpgradeCheck } from "./upgrade-check.ts";
import type { UpgradePath } from "./upgrade-path.ts";

const VERDICTS = {
  rolling: "rolling: older and newer instances may run at the same time",
  window: "needs a maintenance window",
  blocked: "blocked: the upgrade fails as it is",
  unknown: "unknown",
} as const;

/** An upgrade check as text: the verdict, the findings with their files, the steps, the rollback. */
export function renderUpgrade(check: UpgradeCheck): string {
  const steps = check.steps.map((step, i) => `${i + 1}. ${step}`);
  const findings = check.findings.length > 0 ? check.findings.flatMap(findingLines) : ["no findings"];
  return [
    `${check.from} to ${check.to}: ${verdictText(check)}`,
    "",
    ...findings,
    "",
    "What to do",
    ...steps,
    "",
    `Rollback: ${check.rollback.how}`,
  ].join("\n");
}

/** A finding as lines of text: the weight and the message, then files, remedy, reports and the rule with its source. */
export function findingLines(finding: UpgradeFinding): string[] {
  const { severity, part, subject, message, rule, files, remedy, reported } = finding;
  return [
    `[${severity}] ${part} ${subject}: ${message}`,
    ...(files ?? []).map((file) => `    ${file}`),
    ...(remedy === undefined ? [] : [`    ${severity === "unknown" ? "to find out" : "remedy"}: ${remedy}`]),
    ...(reported ?? []).map((report) => `    reported: ${report}`),
    `    rule: ${rule} (${RULES[rule].source})`,
  ];
}

function verdictText({ verdict, atBest, findings }: UpgradeCheck): string {
  if (verdict !== "unknown") return VERDICTS[verdict];
  const missing = findings.filter(({ severity }) => severity === "unknown").length;
  const facts = missing === 1 ? "1 fact is missing" : `${missing} facts are missing`;
  return `unknown: ${facts}; at best ${atBest === "window" ? "it needs a maintenance window" : "it can roll"}`;
}

/** An upgrade path as text: the verdict, the hops to take, the others, and what speaks against a jump. */
export function renderPath(path: UpgradePath): string {
  const line = (check: UpgradeCheck): string[] => [
    `${check.from} to ${check.to}`,
    verdictText(check),
    countOf(check, "blocks", "blocking"),
    countOf(check, "unknown", "unknown"),
  ];
  const table = formatTable(
    [
      ["Take"],
      ...path.recommended.map(line),
      [],
      ["In one step"],
      line(path.direct),
      [],
      ["Every hop"],
      ...path.hops.map(line),
    ],
    "text",
  );
  const reasons = path.recommended.flatMap((check) =>
    check.findings
      .filter(({ severity }) => severity === "blocks" || severity === "unknown")
      .flatMap(findingLines),
  );
  return [
    `${path.from} to ${path.to}: ${verdictText(worstOf(path.recommended) ?? path.direct)}`,
    "",
    table,
    ...(reasons.length === 0 ? [] : ["", ...reasons]),
    ...(path.risks.length === 0 ? [] : ["", ...path.risks.map((risk) => `Risk: ${risk}`)]),
    "",
    "Commands",
    ...path.commands.map((command) => `  ${command}`),
  ].join("\n");
}

const WEIGHT = { rolling: 0, window: 1, unknown: 2, blocked: 3 } as const;

function worstOf(checks: readonly UpgradeCheck[]): UpgradeCheck | undefined {
  return checks.toSorted((a, b) => WEIGHT[b.verdict] - WEIGHT[a.verdict])[0];
}

// Where facts are missing, "0 blocking" would be a claim: only a count above 0 is shown.
function countOf({ findings }: UpgradeCheck, severity: UpgradeFinding["severity"], word: string): string {
  const count = findings.filter((finding) => finding.severity === severity).length;
  return count === 0 ? "" : `${count} ${word}`;
}
