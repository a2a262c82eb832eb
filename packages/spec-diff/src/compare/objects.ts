import { NARROWS, WIDENS, type Difference, type Effect, type Step } from "./difference.ts";
import { childOf } from "../schema/merge.ts";
import type { Child, Schema } from "../schema/schema.ts";

/** A schema below the two compared ones that both have, with the step to it. */
export interface Below {
  readonly step: Step;
  readonly base: Child;
  readonly revision: Child;
}

/** The outcome of comparing one pair of schemas: what changed there, and the pairs below. */
export interface Compared {
  readonly differences: Difference[];
  readonly below: Below[];
}

/** The keywords of objects: members, what is required, open and closed. */
export function compareObjects(a: Schema, b: Schema): Compared {
  const found: Compared = { differences: [], below: [] };
  compareMembers(a, b, found);
  compareRequired(a, b, found);
  compareOpenness(a, b, found);
  comparePatternProperties(a, b, found);
  return found;
}

/** Whether an object accepts no further members. */
function isClosed(schema: Schema): boolean {
  return schema.additional !== undefined && schema.additional().never;
}

// Whether a member that is not declared is accepted, whatever its value.
function takesAny(schema: Schema, name: string): boolean {
  return childOf(schema, name) === undefined;
}

function compareMembers(a: Schema, b: Schema, found: Compared): void {
  for (const [name, base] of a.properties) {
    const revision = b.properties.get(name);
    if (revision) found.below.push({ step: { kind: "property", name }, base, revision });
    else found.differences.push(removed(a, b, name, base()));
  }
  for (const [name, revision] of b.properties) {
    if (a.properties.has(name)) continue;
    const added = revision();
    found.differences.push(addition(a, b, name, added));
    if (hasRequiredMembers(added) && takesAny(a, name) && !b.required.has(name)) {
      const effect: Effect = { narrows: true, widens: false };
      found.differences.push({
        change: "property-added-with-demands",
        effect,
        keyword: "type",
        member: name,
        added,
      });
    }
  }
}

function addition(a: Schema, b: Schema, name: string, added: Schema): Difference {
  const widens = !takesAny(a, name);
  const required = b.required.has(name);
  return {
    change: required ? "required-property-added" : "optional-property-added",
    // No sender uses the name of an optional member before it exists; API Definition 3.3.2 relies on that.
    effect: { narrows: required, widens },
    keyword: required ? "required" : "additionalProperties",
    member: name,
    added,
  };
}

// A new object with required members accepts nothing but such an object: a sender that used the name for anything else is refused.
function hasRequiredMembers(schema: Schema): boolean {
  return schema.types?.size === 1 && schema.types.has("object") && schema.required.size > 0;
}

function removed(a: Schema, b: Schema, name: string, before: Schema): Difference {
  const required = a.required.has(name);
  return {
    change: required ? "required-property-removed" : "optional-property-removed",
    // The newer sender may leave it out, or use the name for anything; the older receiver still checks it.
    effect: {
      narrows: takesAny(b, name) ? false : true,
      widens: required && !b.required.has(name) ? true : "maybe",
    },
    keyword: required ? "required" : "additionalProperties",
    member: name,
    removed: before,
  };
}

function compareRequired(a: Schema, b: Schema, found: Compared): void {
  const isOld = (name: string): boolean => a.properties.has(name) || !b.properties.has(name);
  const isNew = (name: string): boolean => b.properties.has(name) || !a.properties.has(name);
  for (const name of b.required) {
    if (a.required.has(name) || !isOld(name)) continue;
    found.differences.push({
      change: "property-became-required",
      effect: NARROWS,
      keyword: "required",
      member: name,
      added: b.properties.get(name)?.(),
    } as Difference); // an absent schema is the same as none given
  }
  for (const name of a.required) {
    if (b.required.has(name) || !isNew(name)) continue;
    found.differences.push({
      change: "property-became-optional",
      effect: WIDENS,
      keyword: "required",
      member: name,
    });
  }
}

function compareOpenness(a: Schema, b: Schema, found: Compared): void {
  const keyword = "additionalProperties";
  const [before, after] = [a.additional, b.additional];
  if (!isObjectLike(a) || !isObjectLike(b)) return;
  const [closedBefore, closedAfter] = [isClosed(a), isClosed(b)];
  if (closedBefore && closedAfter) return;
  if (closedAfter) found.differences.push({ change: "closed", effect: NARROWS, keyword });
  else if (closedBefore) found.differences.push({ change: "opened", effect: WIDENS, keyword });
  else if (before && after) {
    found.below.push({ step: { kind: "additional" }, base: before, revision: after });
  } else if (after) {
    found.differences.push({
      change: "additional-properties-constrained",
      effect: NARROWS,
      keyword,
      added: after(),
    });
  } else if (before) {
    found.differences.push({
      change: "additional-properties-unconstrained",
      effect: WIDENS,
      keyword,
      removed: before(),
    });
  }
}

// `additionalProperties` of a string has no effect.
function isObjectLike({ types }: Schema): boolean {
  return !types || types.has("object");
}

function comparePatternProperties(a: Schema, b: Schema, found: Compared): void {
  for (const [pattern, base] of a.patternProperties) {
    const revision = b.patternProperties.get(pattern);
    if (revision) found.below.push({ step: { kind: "pattern", pattern }, base, revision });
    else {
      // Where the object is closed, only the pattern allowed the members.
      const effect: Effect = isClosed(b) ? { narrows: "maybe", widens: "maybe" } : WIDENS;
      found.differences.push({
        change: "pattern-property-removed",
        effect,
        keyword: isClosed(b) ? "additionalProperties" : "type",
        from: pattern,
        removed: base(),
      });
    }
  }
  for (const [pattern, revision] of b.patternProperties) {
    if (a.patternProperties.has(pattern)) continue;
    const effect: Effect = isClosed(a) ? { narrows: "maybe", widens: "maybe" } : NARROWS;
    found.differences.push({
      change: "pattern-property-added",
      effect,
      keyword: "type",
      to: pattern,
      added: revision(),
    });
  }
}
