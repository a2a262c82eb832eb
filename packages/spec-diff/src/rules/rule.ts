/** How much a finding matters: `error` breaks a party, by proof or by rule; `warn` may break one; `info` does not. */
export type Level = "info" | "warn" | "error";

/** What a change does to the messages that are accepted. `depends`: each case is decided by itself. */
export type RuleEffect = "narrows" | "widens" | "both" | "none" | "depends";

/** Why a proven break does not count as an error under the `openapi` profile. */
export interface Cap {
  readonly level: Level;
  readonly reason: string;
}

/** One kind of finding. */
export interface Rule {
  readonly id: string;
  /** The level before anything is proved. A checked witness in the direction that counts raises it to `error`, or to the cap. */
  readonly level: Level;
  readonly effect: RuleEffect;
  /** What changed, in a few words. */
  readonly text: string;
  /** The id of the change that undoes this one. */
  readonly mirror: string;
  /** The file below `src/` that detects it. */
  readonly detectedIn: string;
  readonly cap?: Cap;
}

/** A rule without the file that detects it. */
export type UnplacedRule = Omit<Rule, "detectedIn">;

/** Gives rules the file that detects them. */
export function rulesDetectedIn(file: string, rules: readonly UnplacedRule[]): readonly Rule[] {
  return rules.map((rule) => ({ ...rule, detectedIn: file }));
}
