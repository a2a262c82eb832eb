import { VersioningError, type Operation } from "@mojaloop-versioning/protocol";
import { anonymous, mainMedia, readApi, type Api } from "../read/api.ts";
import { createComparison, type Pair } from "./comparison.ts";
import type { Difference, Step } from "./difference.ts";
import { openDocument } from "../read/document.ts";
import { pointerTo } from "../schema/json.ts";
import type { Schema } from "../schema/schema.ts";

/** Which way a message is converted: from the base to the revision, or back. */
export type ResidueDirection = "up" | "down";

/** What a conversion of bodies leaves to be settled, as JSON pointers; `*` stands for every item of an array or any member. */
export interface Residue {
  /** Places that the target may reject or miss: newly required, or narrower than what the source may hold. */
  readonly sources: readonly string[];
  /** Places of the source that the target does not have. */
  readonly disposals: readonly string[];
}

/**
 * What must still be settled to turn the request body of an operation of one document into that of another.
 * @throws VersioningError `invalid-spec` for an unusable document, `invalid-option` for an operation that a document lacks
 */
export function residue(
  base: unknown,
  revision: unknown,
  operation: Operation,
  direction: ResidueDirection,
): Residue {
  const from = readApi(openDocument(base, "base"));
  const to = readApi(openDocument(revision, "revision"));
  return residueOf(from, to, operation, direction);
}

/** {@link residue} of documents that are already read. */
export function residueOf(
  base: Api,
  revision: Api,
  operation: Operation,
  direction: ResidueDirection,
): Residue {
  const [a, b] = [bodyOf(base, operation, "base"), bodyOf(revision, operation, "revision")];
  if (!a || !b) return { sources: !a && b && direction === "up" ? [""] : [], disposals: a && !b ? [""] : [] };
  const found = { sources: new Set<string>(), disposals: new Set<string>() };
  collect(createComparison().compare(a, b), "", direction, found, []);
  return { sources: outermost(found.sources), disposals: outermost(found.disposals) };
}

function bodyOf(api: Api, operation: Operation, name: string): Schema | undefined {
  const found = api.operations.get(anonymous(operation));
  if (!found) {
    throw new VersioningError("invalid-option", `operation: the ${name} document has no "${operation}"`);
  }
  return found.body && mainMedia(found.body.content)?.schema?.();
}

interface Found {
  readonly sources: Set<string>;
  readonly disposals: Set<string>;
}

function collect(
  pair: Pair,
  path: string,
  direction: ResidueDirection,
  found: Found,
  stack: readonly Pair[],
): void {
  // A schema that holds itself repeats its residue at every depth; once is enough.
  if (!pair.changed || stack.includes(pair)) return;
  for (const difference of pair.differences) settle(difference, path, direction, found);
  for (const { step, pair: inner } of pair.below) {
    const inside = pathOf(step, path);
    if (inside !== undefined) collect(inner, inside, direction, found, [...stack, pair]);
  }
}

function settle(difference: Difference, path: string, direction: ResidueDirection, found: Found): void {
  const { change, effect, member: name } = difference;
  const place = name === undefined ? path : pointerTo(path, name);
  const before = direction === "up" ? difference.removed : difference.added;
  if (PROPERTIES.has(change)) {
    const required = change.startsWith("required");
    if (before) found.disposals.add(place);
    else if (required) found.sources.add(place);
    return;
  }
  const narrowed = direction === "up" ? effect.narrows : effect.widens;
  if (narrowed === false || narrowed === "maybe") return;
  if (change === "property-became-required" || change === "property-became-optional")
    found.sources.add(place);
  // Members that the other side does not declare are dropped, not filled.
  else if (change === "closed" || change === "opened") found.disposals.add(pointerTo(path, "*"));
  else if (change !== "property-added-with-demands") found.sources.add(path);
}

const PROPERTIES: ReadonlySet<string> = new Set([
  "required-property-added",
  "optional-property-added",
  "required-property-removed",
  "optional-property-removed",
]);

function pathOf(step: Step, path: string): string | undefined {
  switch (step.kind) {
    case "property":
      return pointerTo(path, step.name);
    case "index":
      return pointerTo(path, step.index);
    case "branch":
      return path;
    case "apply":
      return step.negated || step.keyword === "propertyNames" || step.keyword === "contentSchema"
        ? undefined
        : path;
    default:
      return `${path}/*`;
  }
}

// What lies below a place that must be settled as a whole is settled with it.
function outermost(places: ReadonlySet<string>): string[] {
  return [...places].filter(
    (place) => ![...places].some((other) => other !== place && place.startsWith(`${other}/`)),
  );
}
