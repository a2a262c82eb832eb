import { appliedSchema, changesDetectedIn, type SchemaChange, type UnplacedChange } from "./schema-change.ts";

const ARRAYS: readonly UnplacedChange[] = [
  { name: "items-added", effect: "narrows", text: "items must now fit a schema", mirror: "items-removed" },
  { name: "items-removed", effect: "widens", text: "items may be anything", mirror: "items-added" },
  {
    name: "prefix-items-added",
    effect: "depends",
    text: "first items now have their own schemas",
    mirror: "prefix-items-removed",
  },
  {
    name: "prefix-items-removed",
    effect: "depends",
    text: "first items no longer have their own schemas",
    mirror: "prefix-items-added",
  },
];

const UNIONS: readonly UnplacedChange[] = [
  { name: "any-of-added", effect: "widens", text: "alternative added", mirror: "any-of-removed" },
  { name: "any-of-removed", effect: "narrows", text: "alternative removed", mirror: "any-of-added" },
  { name: "one-of-added", effect: "widens", text: "alternative added", mirror: "one-of-removed" },
  { name: "one-of-removed", effect: "narrows", text: "alternative removed", mirror: "one-of-added" },
  ...(["one", "any"] as const).flatMap((word): UnplacedChange[] => [
    {
      name: `wrapped-in-${word}-of`,
      effect: "depends",
      text: "schema became one of several alternatives",
      mirror: `unwrapped-from-${word}-of`,
    },
    {
      name: `unwrapped-from-${word}-of`,
      effect: "depends",
      text: "alternatives became one schema",
      mirror: `wrapped-in-${word}-of`,
    },
  ]),
];

const PARTS: readonly UnplacedChange[] = [
  { name: "all-of-added", effect: "narrows", text: "part of allOf added", mirror: "all-of-removed" },
  { name: "all-of-removed", effect: "widens", text: "part of allOf removed", mirror: "all-of-added" },
  {
    name: "all-of-added-annotation-only",
    effect: "none",
    text: "part of allOf added that only annotates",
    mirror: "all-of-removed-annotation-only",
  },
  {
    name: "all-of-removed-annotation-only",
    effect: "none",
    text: "part of allOf removed that only annotated",
    mirror: "all-of-added-annotation-only",
  },
];

const APPLIED: readonly UnplacedChange[] = [
  ...appliedSchema("property-names", "schema of member names"),
  ...appliedSchema("contains", "schema that an item must fit"),
  ...appliedSchema("unevaluated-items", "schema of further items"),
  ...appliedSchema("unevaluated-properties", "schema of further members"),
  ...appliedSchema("not", "schema that must not fit"),
  ...appliedSchema("if", "condition"),
  ...appliedSchema("then", "schema for when the condition holds"),
  ...appliedSchema("else", "schema for when the condition does not hold"),
  ...appliedSchema("content-schema", "schema of the encoded content"),
];

const DEPENDENT: readonly UnplacedChange[] = [
  {
    name: "dependent-required-added",
    effect: "narrows",
    text: "a member now requires others",
    mirror: "dependent-required-removed",
  },
  {
    name: "dependent-required-removed",
    effect: "widens",
    text: "a member no longer requires others",
    mirror: "dependent-required-added",
  },
  {
    name: "dependent-required-changed",
    effect: "both",
    text: "a member requires different others",
    mirror: "dependent-required-changed",
  },
  ...appliedSchema("dependent-schema", "schema that depends on a member"),
];

/** The changes of arrays, unions, `allOf` and the schemas that keywords apply. */
export const STRUCTURE_CHANGES: readonly SchemaChange[] = [
  ...changesDetectedIn("compare/structure.ts", [...ARRAYS, ...PARTS]),
  ...changesDetectedIn("compare/unions.ts", UNIONS),
  ...changesDetectedIn("compare/applied.ts", [...APPLIED, ...DEPENDENT]),
];
