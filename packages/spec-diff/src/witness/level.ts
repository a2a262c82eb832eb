import type { Draft } from "../report/draft.ts";
import type { Verdict } from "../report/finding.ts";
import type { Level } from "../rules/rule.ts";
import { RULES } from "../rules/rules.ts";

/** How verdicts become levels. */
export interface LevelPolicy {
  /** `fspiop`: every proven break counts in full, and a break in the other direction is a warning. */
  readonly profile: "openapi" | "fspiop";
  /** Whether the changed part had been promised to clients. */
  readonly isPromised: (draft: Draft) => boolean;
}

/** A level, and why it is not an error where a break is proven. */
export interface Leveled {
  readonly level: Level;
  readonly capped?: string;
}

const ORDER: readonly Level[] = ["info", "warn", "error"];

/** The level of a finding by its rule and what was proved. */
export function levelOfFinding(
  draft: Draft,
  { oldToNew, newToOld }: { readonly oldToNew: Verdict; readonly newToOld: Verdict },
  policy: LevelPolicy,
): Leveled {
  const { id, polarity, schema } = draft;
  const rule = RULES.get(id);
  const level = rule?.level ?? "warn";
  const [critical, other] = polarity === "response" ? [newToOld, oldToNew] : [oldToNew, newToOld];
  if (policy.profile === "fspiop") {
    if (critical === "breaks") return { level: "error" };
    // A rule about something else than messages keeps its level: a sunset in the past, a path written twice.
    if (rule?.effect === "none" && other === "ok" && critical === "ok") return { level };
    if (critical === "ok") return { level: other === "ok" ? "info" : "warn" };
    return { level: level === "error" ? "error" : "warn" };
  }
  if (schema?.unsent === true || !policy.isPromised(draft)) return { level: "info" };
  if (critical === "breaks") {
    if (!rule?.cap) return { level: "error" };
    const capped = ORDER.indexOf(level) > ORDER.indexOf(rule.cap.level) ? level : rule.cap.level;
    return { level: capped, capped: rule.cap.reason };
  }
  return { level: critical === "ok" && isProvable(draft) && level === "error" ? "info" : level };
}

// Whether the proof that nothing in the direction that counts is refused outweighs the rule.
function isProvable({ id, schema }: Draft): boolean {
  const effect = RULES.get(id)?.effect;
  const isOneWay = effect === "narrows" || effect === "widens";
  // Generated clients know an alternative by its name, even if another one accepts all that it accepted.
  const isNamed = schema?.difference.keyword === "anyOf" && schema.difference.effect.narrows === true;
  // Below `not` the directions are reversed, and the rule is kept as a caution.
  return schema?.negated === false && isOneWay && !isNamed;
}
