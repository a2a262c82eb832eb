import type { Child, Schema } from "../schema/schema.ts";
import { BOTH, NARROWS, WIDENS, type Effect } from "./difference.ts";
import type { Below, Compared } from "./objects.ts";

export function compareDependents(a: Schema, b: Schema, found: Compared): void {
  const keyword = "dependentRequired";
  for (const [name, needed] of b.dependentRequired) {
    const before = a.dependentRequired.get(name);
    if (!before) {
      found.differences.push({
        change: "dependent-required-added",
        effect: NARROWS,
        keyword,
        member: name,
        to: needed,
      });
      continue;
    }
    const more = needed.some((other) => !before.includes(other));
    const fewer = before.some((other) => !needed.includes(other));
    if (!more && !fewer) continue;
    const effect = more && fewer ? BOTH : more ? NARROWS : WIDENS;
    found.differences.push({
      change: "dependent-required-changed",
      effect,
      keyword,
      member: name,
      from: before,
      to: needed,
    });
  }
  for (const [name, needed] of a.dependentRequired) {
    if (b.dependentRequired.has(name)) continue;
    found.differences.push({
      change: "dependent-required-removed",
      effect: WIDENS,
      keyword,
      member: name,
      from: needed,
    });
  }
  compareNamed(a.dependentSchemas, b.dependentSchemas, "dependentSchemas", "dependent-schema", found);
}

function compareNamed(
  before: ReadonlyMap<string, Child>,
  after: ReadonlyMap<string, Child>,
  keyword: string,
  change: string,
  found: Compared,
): void {
  for (const [name, base] of before) {
    const revision = after.get(name);
    if (revision)
      found.below.push({ step: { kind: "apply", keyword, name, negated: false }, base, revision });
    else {
      found.differences.push({
        change: `${change}-removed`,
        effect: WIDENS,
        keyword,
        member: name,
        removed: base(),
      });
    }
  }
  for (const [name, revision] of after) {
    if (before.has(name)) continue;
    found.differences.push({
      change: `${change}-added`,
      effect: NARROWS,
      keyword,
      member: name,
      added: revision(),
    });
  }
}

/** The keywords that apply one schema, with what their ids say. A schema that comes narrows, one that goes widens. */
const APPLIED: readonly (readonly [string, string, (schema: Schema) => Child | undefined])[] = [
  ["propertyNames", "property-names", (schema) => schema.propertyNames],
  ["contains", "contains", (schema) => schema.contains],
  ["unevaluatedItems", "unevaluated-items", (schema) => schema.unevaluatedItems],
  ["unevaluatedProperties", "unevaluated-properties", (schema) => schema.unevaluatedProperties],
  ["not", "not", (schema) => schema.not],
  ["if", "if", (schema) => schema.conditional?.if],
  ["then", "then", (schema) => schema.conditional?.then],
  ["else", "else", (schema) => schema.conditional?.else],
  ["contentSchema", "content-schema", (schema) => schema.notes.contentSchema],
];

export function compareApplied(a: Schema, b: Schema, found: Compared): void {
  for (const [keyword, change, pick] of APPLIED) {
    const [base, revision] = [pick(a), pick(b)];
    // A content schema is not applied to the message by a validator, so no witness can show it.
    const undecided = keyword === "contentSchema";
    if (base && revision) {
      const below: Below = {
        step: { kind: "apply", keyword, negated: keyword === "not" },
        base,
        revision,
      };
      found.below.push(below);
    } else if (revision) {
      const effect: Effect = undecided ? { narrows: "undecided", widens: false } : NARROWS;
      found.differences.push({ change: `${change}-added`, effect, keyword, added: revision() });
    } else if (base) {
      const effect: Effect = undecided ? { narrows: false, widens: "undecided" } : WIDENS;
      found.differences.push({ change: `${change}-removed`, effect, keyword, removed: base() });
    }
  }
}
