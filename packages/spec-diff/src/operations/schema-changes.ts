import type { Edge, Pair } from "../compare/comparison.ts";
import type { Difference, Step } from "../compare/difference.ts";
import type { Draft, Meeting } from "../report/draft.ts";
import type { Finding } from "../report/finding.ts";
import type { MemberFacts, Place } from "../rules/places.ts";
import { memberRuleId, schemaRuleId } from "../rules/rule-ids.ts";
import { isMemberChange } from "../rules/rules.ts";
import { pointerTo } from "../schema/json.ts";
import type { Schema } from "../schema/schema.ts";
import type { Setting } from "./setting.ts";

/** A part of a message whose schemas are compared. */
export interface Root {
  readonly pair: Pair;
  /** The place of the whole, and of what lies below it. */
  readonly place: Place;
  readonly below: Place;
  readonly polarity: Finding["polarity"];
  readonly operations: { readonly base: string; readonly revision: string };
  /** `request`, `response 200`, or the name of a parameter or header with where it stands. */
  readonly part: string;
  readonly parameter?: { readonly in: string; readonly name: string };
}

/** How many places in messages are kept for one finding; there may be thousands. */
const MAX_PLACES = 200;
const MAX_MEETINGS = 4;

interface Visit {
  readonly pair: Pair;
  readonly steps: readonly Step[];
  readonly negated: boolean;
  readonly facts: MemberFacts;
  /** Whether it lies in a member that is never sent. */
  readonly unsent: boolean;
}

type Collector = Pick<Setting, "drafts" | "number">;

/**
 * Records what changed in a part of a message. Each pair of schemas is visited once in a part, by its shortest path, so that a
 * component used in a thousand places costs as much as one used once.
 */
export function reportSchemaChanges(root: Root, collector: Collector): void {
  const queue: Visit[] = [
    { pair: root.pair, steps: [], negated: false, facts: factsOf(root.pair, true), unsent: false },
  ];
  const seen = new Set<string>();
  for (const visit of queue) {
    if (!visit.pair.changed) continue;
    const flags = `${visit.negated ? "!" : ""}${visit.unsent ? "-" : ""}${visit.steps.length > 0 ? "/" : ""}`;
    const key = `${String(collector.number(visit.pair))}${flags}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const difference of visit.pair.differences) note(root, visit, difference, collector);
    for (const edge of visit.pair.below) queue.push(follow(visit, edge, root));
  }
}

function follow(visit: Visit, { step, pair }: Edge, root: Root): Visit {
  const { pair: above, steps, negated, facts: outer } = visit;
  const inner = step.kind === "apply" ? step.negated !== negated : negated;
  const required =
    step.kind === "property"
      ? above.revision.required.has(step.name)
      : step.kind === "branch" && outer.required;
  const facts = factsOf(pair, required);
  const unsent = visit.unsent || (step.kind === "property" && isUnsent(facts, root));
  return { pair, steps: [...steps, step], negated: inner, facts, unsent };
}

// OpenAPI 3.1, 4.8.24 and JSON Schema Validation 9.4: the one is not to be sent in a request, the other not in a response.
function isUnsent({ readOnly, writeOnly }: MemberFacts, { place }: Root): boolean {
  return place.startsWith("response") ? writeOnly : readOnly;
}

function factsOf({ base, revision }: Pair, required: boolean): MemberFacts {
  return {
    required,
    readOnly: base.notes.readOnly && revision.notes.readOnly,
    writeOnly: base.notes.writeOnly && revision.notes.writeOnly,
    hasDefault: revision.notes.default !== undefined,
  };
}

function note(root: Root, visit: Visit, difference: Difference, collector: Collector): void {
  const { pair, steps, negated } = visit;
  const isMember = isMemberChange(difference.change);
  const facts = isMember ? factsOfMember(pair, difference) : visit.facts;
  const unsent = visit.unsent || (isMember && isUnsent(facts, root));
  const atRoot = steps.every(
    ({ kind }) => kind === "branch" || (root.parameter !== undefined && kind === "items"),
  );
  const id = isMember
    ? memberRuleId(root.below, difference.change, facts)
    : schemaRuleId(atRoot ? root.place : root.below, difference.change, facts);
  const { drafts, number } = collector;
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
  addMeeting(draft, root, visit, difference);
}

function addMeeting(draft: Draft, root: Root, { steps }: Visit, { member }: Difference): void {
  draft.operations.add(root.operations.revision);
  if (draft.places.size < MAX_PLACES) {
    const path = pathOf(steps) + (member === undefined ? "" : pointerTo("", member));
    draft.places.add(`${root.operations.revision} ${root.part}${path === "" ? "" : ` ${path}`}`);
  }
  if (!draft.schema || draft.schema.meetings.length >= MAX_MEETINGS) return;
  const meeting: Meeting = {
    operations: root.operations,
    part: root.part,
    occurrence: { base: root.pair.base, revision: root.pair.revision, steps },
    ...(root.parameter && { parameter: root.parameter }),
  };
  draft.schema.meetings.push(meeting);
}

function factsOfMember(
  { base, revision }: Pair,
  { change, member, added, removed }: Difference,
): MemberFacts {
  const name = member ?? "";
  const schema = added ?? removed ?? (revision.properties.get(name) ?? base.properties.get(name))?.();
  return {
    required: change.startsWith("required"),
    readOnly: schema?.notes.readOnly === true,
    writeOnly: schema?.notes.writeOnly === true,
    hasDefault: added?.notes.default !== undefined,
  };
}

function pointersOf(
  { base, revision }: Pair,
  { keyword, member, change, added, removed }: Difference,
): object {
  const at = (schema: Schema, isThere: boolean): string | undefined => {
    if (!isThere) return undefined;
    if (member !== undefined && isMemberChange(change))
      return pointerTo(schema.pointer, "properties", member);
    return pointerTo(schema.pointer, keyword);
  };
  const basePointer = at(base, !added || change === "property-became-required");
  const revisionPointer = at(revision, !removed);
  return {
    ...(basePointer !== undefined && { basePointer }),
    ...(revisionPointer !== undefined && { revisionPointer }),
  };
}

// The steps down a message as a pointer, with `*` for any item or member.
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
