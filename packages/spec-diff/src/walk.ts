import type { Edge, Pair } from "./comparison.ts";
import type { Difference, Step } from "./difference.ts";
import type { Draft, Finding, Meeting } from "./finding.ts";
import { pointerTo } from "./json.ts";
import { PROPERTY_STEMS, propertyRuleId, schemaRuleId, type Place, type Standing } from "./rules.ts";
import type { Schema } from "./schema.ts";

/** A part of a message that is compared on both sides. */
export interface Root {
  readonly pair: Pair;
  /** The place of the whole, and of what lies below it. */
  readonly place: Place;
  readonly below: Place;
  readonly polarity: Finding["polarity"];
  readonly operations: { readonly base: string; readonly revision: string };
  /** `request`, `response 200`, or the parameter's or header's name with where it stands. */
  readonly part: string;
  readonly parameter?: { readonly in: string; readonly name: string };
}

/** Collects the changes found, one draft for each change of a component under one id. */
export interface Drafts {
  readonly all: () => Draft[];
  readonly add: (key: string, make: () => Draft) => Draft;
}

export function createDrafts(): Drafts {
  const drafts = new Map<string, Draft>();
  return {
    all: () => [...drafts.values()],
    add(key, make) {
      const known = drafts.get(key) ?? make();
      drafts.set(key, known);
      return known;
    },
  };
}

/** How many places in messages are kept for one finding; there may be thousands. */
const MOST_PLACES = 200;
const MOST_MEETINGS = 4;

/** Numbers objects, so that they can be named in keys. */
export function createNumbering(): (value: object) => number {
  const numbers = new Map<object, number>();
  return (value) => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
}

interface Visit {
  readonly pair: Pair;
  readonly steps: readonly Step[];
  readonly negated: boolean;
  readonly standing: Standing;
  /** Whether it lies in a member that is never sent. */
  readonly unsent: boolean;
}

/**
 * Goes through what changed in a part of a message. Each pair of schemas is met once in a part, by its shortest way, so that a
 * component used in a thousand places costs what one used once does.
 */
export function walk(root: Root, drafts: Drafts, number: (value: object) => number): void {
  const queue: Visit[] = [
    { pair: root.pair, steps: [], negated: false, standing: standingOf(root.pair, true), unsent: false },
  ];
  const seen = new Set<string>();
  for (const visit of queue) {
    if (!visit.pair.changed) continue;
    const flags = `${visit.negated ? "!" : ""}${visit.unsent ? "-" : ""}${visit.steps.length > 0 ? "/" : ""}`;
    const key = `${String(number(visit.pair))}${flags}`;
    if (seen.has(key)) continue;
    seen.add(key);
    visit.pair.differences.forEach((difference) => note(root, visit, difference, drafts, number));
    for (const edge of visit.pair.below) queue.push(follow(visit, edge, root));
  }
}

function follow(visit: Visit, { step, pair }: Edge, root: Root): Visit {
  const { pair: above, steps, negated, standing } = visit;
  const inner = step.kind === "apply" ? step.negated !== negated : negated;
  const required =
    step.kind === "property"
      ? above.revision.required.has(step.name)
      : step.kind === "branch" && standing.required;
  const own = standingOf(pair, required);
  const unsent = visit.unsent || (step.kind === "property" && isUnsent(own, root));
  return { pair, steps: [...steps, step], negated: inner, standing: own, unsent };
}

// OpenAPI 3.1, 4.8.24 and JSON Schema Validation 9.4: the one is not to be sent in a request, the other not in an answer.
function isUnsent({ readOnly, writeOnly }: Standing, { place }: Root): boolean {
  return place.startsWith("response") ? writeOnly : readOnly;
}

function standingOf({ base, revision }: Pair, required: boolean): Standing {
  return {
    required,
    readOnly: base.notes.readOnly && revision.notes.readOnly,
    writeOnly: base.notes.writeOnly && revision.notes.writeOnly,
    hasDefault: revision.notes.default !== undefined,
  };
}

function note(
  root: Root,
  visit: Visit,
  difference: Difference,
  drafts: Drafts,
  number: (value: object) => number,
): void {
  const { pair, steps, negated } = visit;
  const isMember = difference.stem in PROPERTY_STEMS;
  const standing = isMember ? memberStanding(pair, difference) : visit.standing;
  const unsent = visit.unsent || (isMember && isUnsent(standing, root));
  const atRoot = steps.every(
    ({ kind }) => kind === "branch" || (root.parameter !== undefined && kind === "items"),
  );
  const place = atRoot ? root.place : root.below;
  const id = isMember
    ? propertyRuleId(root.below, difference.stem, standing)
    : schemaRuleId(place, difference.stem, standing);
  const flags = `${negated ? "!" : ""}${unsent ? "-" : ""}`;
  const key = [id, number(pair), number(difference), flags, root.polarity].join("|");
  const draft = drafts.add(key, () => ({
    id,
    polarity: root.polarity,
    ...pointersOf(pair, difference),
    operations: new Set(),
    places: new Set(),
    from: difference.from,
    to: difference.to,
    ...(difference.member === undefined ? {} : { subject: difference.member }),
    schema: { pair, difference, negated, unsent, meetings: [] },
  }));
  draft.operations.add(root.operations.revision);
  if (draft.places.size < MOST_PLACES) {
    const path = pathOf(steps) + (difference.member === undefined ? "" : pointerTo("", difference.member));
    draft.places.add(`${root.operations.revision} ${root.part}${path === "" ? "" : ` ${path}`}`);
  }
  if (draft.schema && draft.schema.meetings.length < MOST_MEETINGS) {
    const meeting: Meeting = {
      operations: root.operations,
      part: root.part,
      occurrence: { base: root.pair.base, revision: root.pair.revision, steps },
      ...(root.parameter && { parameter: root.parameter }),
    };
    draft.schema.meetings.push(meeting);
  }
}

function memberStanding({ base, revision }: Pair, { stem, member, added, removed }: Difference): Standing {
  const name = member ?? "";
  const schema = added ?? removed ?? (revision.properties.get(name) ?? base.properties.get(name))?.();
  return {
    required: stem.startsWith("required"),
    readOnly: schema?.notes.readOnly === true,
    writeOnly: schema?.notes.writeOnly === true,
    hasDefault: added?.notes.default !== undefined,
  };
}

function pointersOf({ base, revision }: Pair, { keyword, member, stem, added, removed }: Difference): object {
  const at = (schema: Schema, isThere: boolean): string | undefined => {
    if (!isThere) return undefined;
    if (member !== undefined && stem in PROPERTY_STEMS)
      return pointerTo(schema.pointer, "properties", member);
    return pointerTo(schema.pointer, keyword);
  };
  const basePointer = at(base, !added || stem === "property-became-required");
  const revisionPointer = at(revision, !removed);
  return {
    ...(basePointer !== undefined && { basePointer }),
    ...(revisionPointer !== undefined && { revisionPointer }),
  };
}

/** The way down in a message as a pointer with `*` for any item or member. */
function pathOf(steps: readonly Step[]): string {
  return steps
    .map((step) => {
      if (step.kind === "property") return pointerTo("", step.name);
      if (step.kind === "index") return pointerTo("", step.index);
      if (step.kind === "branch") return "";
      if (step.kind === "apply") return ITEMWISE.has(step.keyword) ? "/*" : "";
      return "/*";
    })
    .join("");
}

const ITEMWISE: ReadonlySet<string> = new Set(["contains", "unevaluatedItems", "unevaluatedProperties"]);
