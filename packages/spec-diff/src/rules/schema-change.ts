import type { RuleEffect } from "./rule.ts";

/**
 * A change of a schema, without the place where it happens. At each place it makes one rule: `max-increased` becomes
 * `request-property-max-increased`, `response-body-max-increased` and so on.
 */
export interface SchemaChange {
  readonly name: string;
  readonly effect: RuleEffect;
  readonly text: string;
  /** The name of the change that undoes it. */
  readonly mirror: string;
  readonly detectedIn: string;
}

/** A change without the file that detects it. */
export type UnplacedChange = Omit<SchemaChange, "detectedIn">;

/** Gives changes the file that detects them. */
export function changesDetectedIn(file: string, changes: readonly UnplacedChange[]): readonly SchemaChange[] {
  return changes.map((change) => ({ ...change, detectedIn: file }));
}

/** The two changes of a schema that a keyword applies: where it appears, fewer values fit. */
export function appliedSchema(name: string, text: string): readonly UnplacedChange[] {
  return [
    { name: `${name}-added`, effect: "narrows", text: `${text} added`, mirror: `${name}-removed` },
    { name: `${name}-removed`, effect: "widens", text: `${text} removed`, mirror: `${name}-added` },
  ];
}
