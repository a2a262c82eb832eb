import { RULES, type RuleId } from "./rule.ts";

/**
 * The weight of a finding: `blocks` (the upgrade fails), `stops-rolling` (older and newer instances cannot run at the same time),
 * `unknown` (a fact that the verdict depends on is missing), `warns` (check it by hand), `notes`.
 */
export type Severity = (typeof SEVERITIES)[number];

/** Every severity, the heaviest first. */
export const SEVERITIES = ["blocks", "stops-rolling", "unknown", "warns", "notes"] as const;

/** The part of the release that a finding is about. */
export type UpgradePart = "api" | "db" | "messaging" | "helm" | "infra" | "services";

/** One effect of an upgrade. */
export interface UpgradeFinding {
  readonly severity: Severity;
  readonly part: UpgradePart;
  /** The service, resource or backend. */
  readonly subject: string;
  readonly rule: RuleId;
  readonly message: string;
  /** The migrations concerned. */
  readonly files?: readonly string[];
  /** What removes the obstacle, or how to supply the missing fact. */
  readonly remedy?: string;
  /** Reports of the same failure by operators. */
  readonly reported?: readonly string[];
}

/** What differs between the findings of one rule. */
export interface FindingDetails {
  readonly files?: readonly string[];
  readonly remedy?: string;
  readonly reported?: readonly string[];
}

/** A function that makes the findings of one part of a release. Its message is `what`, then the text of the rule. */
export function findingsOf(
  part: UpgradePart,
): (
  severity: Severity,
  rule: RuleId,
  about: { readonly subject: string; readonly what: string },
  details?: FindingDetails,
) => UpgradeFinding {
  return (severity, rule, { subject, what }, details = {}) => ({
    severity,
    part,
    subject,
    rule,
    message: `${what}: ${RULES[rule].text}`,
    ...details,
  });
}

/** Findings in order: the heaviest first, then as they were found. */
export function byWeight(findings: readonly UpgradeFinding[]): UpgradeFinding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
