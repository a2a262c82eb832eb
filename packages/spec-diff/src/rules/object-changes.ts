import { changesDetectedIn, type SchemaChange } from "./schema-change.ts";

/** The changes of an object as a whole: open or closed, and members by the pattern of their name. */
export const OBJECT_CHANGES: readonly SchemaChange[] = changesDetectedIn("compare/objects.ts", [
  { name: "closed", effect: "narrows", text: "closed: unlisted members are refused", mirror: "opened" },
  { name: "opened", effect: "widens", text: "opened: unlisted members are accepted", mirror: "closed" },
  {
    name: "additional-properties-constrained",
    effect: "narrows",
    text: "unlisted members must fit a schema",
    mirror: "additional-properties-unconstrained",
  },
  {
    name: "additional-properties-unconstrained",
    effect: "widens",
    text: "unlisted members may be anything",
    mirror: "additional-properties-constrained",
  },
  {
    name: "pattern-property-added",
    effect: "narrows",
    text: "members with such names must fit a schema",
    mirror: "pattern-property-removed",
  },
  {
    name: "pattern-property-removed",
    effect: "widens",
    text: "members with such names may be anything",
    mirror: "pattern-property-added",
  },
]);

/** The changes of the listed members of an object. */
export const MEMBER_CHANGES: readonly SchemaChange[] = changesDetectedIn("compare/objects.ts", [
  {
    name: "required-property-added",
    effect: "narrows",
    text: "required member added",
    mirror: "required-property-removed",
  },
  {
    name: "optional-property-added",
    effect: "none",
    text: "optional member added",
    mirror: "optional-property-removed",
  },
  {
    name: "property-added-with-demands",
    effect: "narrows",
    text: "the added member accepts only an object with required members",
    mirror: "optional-property-removed",
  },
  {
    name: "required-property-removed",
    effect: "widens",
    text: "required member removed",
    mirror: "required-property-added",
  },
  {
    name: "optional-property-removed",
    effect: "depends",
    text: "optional member removed",
    mirror: "optional-property-added",
  },
  {
    name: "property-became-required",
    effect: "narrows",
    text: "member became required",
    mirror: "property-became-optional",
  },
  {
    name: "property-became-optional",
    effect: "widens",
    text: "member became optional",
    mirror: "property-became-required",
  },
]);
