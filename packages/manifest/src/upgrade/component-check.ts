import { firstNumber } from "../tags/first-number.ts";
import { helmVersion, type Manifest } from "../manifest/manifest.ts";
import { RULES, type RuleId } from "../rules/rule.ts";
import { compareTags, parseTag } from "../tags/tag.ts";
import type { Severity, UpgradeFinding, UpgradePart } from "../rules/upgrade-finding.ts";

const EXTERNAL = ["mysql", "percona", "kafka", "mongodb", "redis"];
// Of the things that releases were tested with, those that an operator upgrades.
const BACKENDS = ["kubernetes", "mysql", "kafka", "redis", "mongodb"];

/** What the chart itself brings: a major, majors skipped, numbers without a promise, backends that left it. */
export function helmFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  const [from, to] = [helmVersion(before), helmVersion(after)];
  if (from === undefined || to === undefined) return [];
  const findings: UpgradeFinding[] = [];
  const [old, young] = [Number(firstNumber(from)), Number(firstNumber(to))];
  const promised = [from, to].every((version) => parseTag(version)?.scheme === "semver");
  if (!promised) findings.push(make("warns", "helm", "chart", "no-semver", `${from} to ${to}`));
  else if (young > old) findings.push(make("warns", "helm", "chart", "helm-major", `${from} to ${to}`));
  const skipped = Array.from({ length: Math.max(0, young - old - 1) }, (_, i) => old + 1 + i);
  if (skipped.length > 0) {
    findings.push(
      make(
        "warns",
        "helm",
        "chart",
        "helm-skips",
        `${skipped.map((major) => `${major}.x`).join(", ")} is skipped`,
      ),
    );
  }
  return [...findings, ...backendsGone(before, after)];
}

function backendsGone(before: Manifest, after: Manifest): UpgradeFinding[] {
  const [old, young] = [before.helm?.content, after.helm?.content];
  if (!old || !young) return [];
  const names = (external: Readonly<Record<string, string>>): Set<string> =>
    new Set(EXTERNAL.filter((name) => Object.values(external).some((chart) => chart.startsWith(name))));
  const gone = [...names(old.external)].filter((name) => !names(young.external).has(name));
  if (gone.length === 0) return [];
  return [make("stops-rolling", "helm", gone.join(", "), "backend-left-chart", "no longer in the chart")];
}

/** Backends whose tested version moved to another major. */
export function infraFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  return BACKENDS.flatMap((name): UpgradeFinding[] => {
    const [from, to] = [before.infra[name]?.value, after.infra[name]?.value];
    if (from === undefined || to === undefined || from === to) return [];
    const major = firstNumber(from) !== firstNumber(to);
    return [
      make(major ? "warns" : "notes", "infra", name, "infra-major", `tested with ${to} instead of ${from}`),
    ];
  });
}

/** Services that are gone, or older than before. */
export function serviceFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  // A manifest of one service says nothing of the others.
  if (!before.helm || !after.helm) return [];
  const gone = Object.keys(before.services).filter((name) => !Object.hasOwn(after.services, name));
  const older = Object.entries(before.services).flatMap(([name, { version }]) => {
    const to = after.services[name]?.version;
    return to !== undefined && compareTags(to, version) < 0
      ? [make("warns", "services", name, "service-backwards", `${version} to ${to}`)]
      : [];
  });
  return [
    ...older,
    ...(gone.length > 0
      ? [make("notes", "services", gone.join(", "), "service-removed", "not in the new release")]
      : []),
  ];
}

function make(
  severity: Severity,
  part: UpgradePart,
  subject: string,
  rule: RuleId,
  what: string,
): UpgradeFinding {
  return { severity, part, subject, rule, message: `${what}: ${RULES[rule].says}` };
}
