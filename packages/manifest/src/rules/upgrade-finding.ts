import type { RuleId } from "./rule.ts";

/**
 * How heavy a finding is: `blocks` (the upgrade fails), `stops-rolling` (old and new instances cannot run side by side),
 * `warns` (somebody must look), `notes`.
 */
export type Severity = (typeof SEVERITIES)[number];

/** Every severity, the heaviest first. */
export const SEVERITIES = ["blocks", "stops-rolling", "warns", "notes"] as const;

/** The part of the release that a finding is about. */
export type UpgradePart = "api" | "db" | "messaging" | "helm" | "infra" | "services";

/** One thing that an upgrade brings along. */
export interface UpgradeFinding {
  readonly severity: Severity;
  readonly part: UpgradePart;
  /** The service, resource or backend. */
  readonly subject: string;
  readonly rule: RuleId;
  readonly message: string;
  /** The migrations concerned. */
  readonly files?: readonly string[];
  /** What removes the obstacle. */
  readonly remedy?: string;
  /** Reports from the field of the same failure. */
  readonly reported?: readonly string[];
}

/** Findings in order: the heaviest first, then as they were found. */
export function byWeight(findings: readonly UpgradeFinding[]): UpgradeFinding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
