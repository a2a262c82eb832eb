import { RULES } from "../rules/rule.ts";
import { formatTable } from "../text/text-table.ts";
import type { UpgradeCheck } from "./upgrade-check.ts";
import type { UpgradePath } from "./upgrade-path.ts";

const VERDICTS = {
  rolling: "safe to roll: old and new may run side by side",
  window: "needs a maintenance window",
  blocked: "fails as it is",
} as const;

/** An upgrade check for people in a hurry: the verdict, the findings with their files, the steps, the way back. */
export function renderUpgrade(check: UpgradeCheck): string {
  const findings = check.findings.flatMap(
    ({ severity, part, subject, message, rule, files, remedy, reported }) => [
      `[${severity}] ${part} ${subject}: ${message}`,
      ...(files ?? []).map((file) => `    ${file}`),
      ...(remedy === undefined ? [] : [`    remedy: ${remedy}`]),
      ...(reported ?? []).map((report) => `    reported: ${report}`),
      `    rule: ${rule} (${RULES[rule].source})`,
    ],
  );
  const steps = check.steps.map((step, i) => `${i + 1}. ${step}`);
  return [
    `${check.from} to ${check.to}: ${VERDICTS[check.verdict]}`,
    ...(findings.length > 0 ? ["", ...findings] : ["", "no findings"]),
    "",
    "What to do",
    ...steps,
    "",
    `Way back: ${check.rollback.how}`,
  ].join("\n");
}

/** An upgrade path for people: the hops with their verdicts, and which way to take. */
export function renderPath(path: UpgradePath): string {
  const line = ({ from, to, verdict, findings }: UpgradeCheck): string[] => [
    `${from} to ${to}`,
    VERDICTS[verdict],
    `${findings.filter(({ severity }) => severity === "blocks").length} blocking`,
  ];
  const unjudged = path.unjudged.map((major) => `${major}.x`).join(", ");
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
  return [
    `${path.from} to ${path.to}`,
    "",
    table,
    ...(unjudged === "" ? [] : ["", `Not judged, for want of a manifest: ${unjudged}`]),
  ].join("\n");
}
