import { VersioningError } from "@mojaloop-versioning/protocol";
import type { Level } from "../rules/rule.ts";
import { RULES } from "../rules/rules.ts";
import { isRecord } from "../schema/json.ts";
import type { Finding } from "./finding.ts";
import { wildcard } from "./wildcard.ts";

/** Other levels for rules: an id, or a pattern with `*`, to a level; `none` turns the rule off. The last one that fits counts. */
export type Severities = Readonly<Record<string, Level | "none">>;

const LEVELS: readonly string[] = ["none", "info", "warn", "error"];

/**
 * Checks severities that come from outside.
 * @throws VersioningError `invalid-option`, naming the id
 */
export function parseSeverities(value: unknown): Severities {
  if (!isRecord(value)) {
    throw new VersioningError("invalid-option", "severities: must be an object of rule ids and levels");
  }
  for (const [id, level] of Object.entries(value)) {
    const fits = wildcard(id);
    if (![...RULES.keys()].some(fits)) {
      throw new VersioningError("invalid-option", `severities: there is no rule "${id}"`);
    }
    if (typeof level !== "string" || !LEVELS.includes(level)) {
      throw new VersioningError("invalid-option", `severities["${id}"]: must be one of ${LEVELS.join(", ")}`);
    }
  }
  return value as Severities; // every level was checked
}

/** Gives findings their levels by severities; those that are turned off are left out. */
export function applySeverities(findings: readonly Finding[], severities: Severities): Finding[] {
  const tests = Object.entries(severities).map(([id, level]) => ({ fits: wildcard(id), level }));
  return findings.flatMap((finding) => {
    const level = tests.findLast(({ fits }) => fits(finding.id))?.level ?? finding.level;
    if (level === "none") return [];
    return level === finding.level ? [finding] : [{ ...finding, level }];
  });
}
