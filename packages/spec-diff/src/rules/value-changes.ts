import { changesDetectedIn, type SchemaChange, type UnplacedChange } from "./schema-change.ts";

const BOUNDS: readonly UnplacedChange[] = [
  ...bound("max", "maximum", "upper"),
  ...bound("min", "minimum", "lower"),
  ...bound("exclusive-max", "exclusive maximum", "upper"),
  ...bound("exclusive-min", "exclusive minimum", "lower"),
  ...bound("max-length", "maximum length", "upper"),
  ...bound("min-length", "minimum length", "lower"),
  ...bound("max-items", "maximum number of items", "upper"),
  ...bound("min-items", "minimum number of items", "lower"),
  ...bound("max-properties", "maximum number of members", "upper"),
  ...bound("min-properties", "minimum number of members", "lower"),
  ...bound("max-contains", "maximum number of matching items", "upper"),
  ...bound("min-contains", "minimum number of matching items", "lower"),
  { name: "multiple-of-set", effect: "narrows", text: "must now be a multiple", mirror: "multiple-of-unset" },
  {
    name: "multiple-of-unset",
    effect: "widens",
    text: "no longer has to be a multiple",
    mirror: "multiple-of-set",
  },
  {
    name: "multiple-of-generalized",
    effect: "widens",
    text: "must be a multiple of a smaller step",
    mirror: "multiple-of-specialized",
  },
  {
    name: "multiple-of-specialized",
    effect: "narrows",
    text: "must be a multiple of a larger step",
    mirror: "multiple-of-generalized",
  },
  {
    name: "multiple-of-changed",
    effect: "both",
    text: "must be a multiple of another step",
    mirror: "multiple-of-changed",
  },
];

const PATTERNS: readonly UnplacedChange[] = [
  { name: "pattern-added", effect: "narrows", text: "must now match a pattern", mirror: "pattern-removed" },
  {
    name: "pattern-removed",
    effect: "widens",
    text: "no longer has to match a pattern",
    mirror: "pattern-added",
  },
  { name: "pattern-changed", effect: "depends", text: "pattern changed", mirror: "pattern-changed" },
  {
    name: "pattern-generalized",
    effect: "widens",
    text: "pattern now matches everything",
    mirror: "pattern-changed",
  },
];

const ENUMERATIONS: readonly UnplacedChange[] = [
  { name: "became-enum", effect: "narrows", text: "limited to listed values", mirror: "became-not-enum" },
  {
    name: "became-not-enum",
    effect: "widens",
    text: "no longer limited to listed values",
    mirror: "became-enum",
  },
  { name: "enum-value-added", effect: "widens", text: "listed value added", mirror: "enum-value-removed" },
  { name: "enum-value-removed", effect: "narrows", text: "listed value removed", mirror: "enum-value-added" },
  { name: "const-added", effect: "narrows", text: "limited to one value", mirror: "const-removed" },
  { name: "const-removed", effect: "widens", text: "no longer limited to one value", mirror: "const-added" },
  { name: "const-changed", effect: "both", text: "the only value changed", mirror: "const-changed" },
];

const TYPES: readonly UnplacedChange[] = [
  { name: "became-nullable", effect: "widens", text: "may now be null", mirror: "became-not-nullable" },
  {
    name: "became-not-nullable",
    effect: "narrows",
    text: "may no longer be null",
    mirror: "became-nullable",
  },
  { name: "type-changed", effect: "both", text: "type or format changed", mirror: "type-changed" },
  {
    name: "type-generalized",
    effect: "widens",
    text: "type or format widened",
    mirror: "type-specialized",
  },
  {
    name: "type-specialized",
    effect: "narrows",
    text: "type or format narrowed",
    mirror: "type-generalized",
  },
  {
    name: "type-compatible",
    effect: "none",
    text: "type changed to one that is sent as the same text",
    mirror: "type-compatible",
  },
  {
    name: "list-of-types-widened",
    effect: "widens",
    text: "type added",
    mirror: "list-of-types-narrowed",
  },
  {
    name: "list-of-types-narrowed",
    effect: "narrows",
    text: "type removed",
    mirror: "list-of-types-widened",
  },
];

/** The changes of keywords that look at one value: types, listed values, bounds, patterns. */
export const VALUE_CHANGES: readonly SchemaChange[] = [
  ...changesDetectedIn("compare/bounds.ts", BOUNDS),
  ...changesDetectedIn("compare/values.ts", [
    {
      name: "unique-items-set",
      effect: "narrows",
      text: "items must now be unique",
      mirror: "unique-items-unset",
    },
    {
      name: "unique-items-unset",
      effect: "widens",
      text: "items no longer have to be unique",
      mirror: "unique-items-set",
    },
  ]),
  ...changesDetectedIn("compare/patterns.ts", PATTERNS),
  ...changesDetectedIn("compare/enumerations.ts", ENUMERATIONS),
  ...changesDetectedIn("compare/value-types.ts", TYPES),
];

function bound(name: string, text: string, side: "upper" | "lower"): readonly UnplacedChange[] {
  const [raised, lowered] =
    side === "upper" ? (["widens", "narrows"] as const) : (["narrows", "widens"] as const);
  return [
    { name: `${name}-increased`, effect: raised, text: `${text} raised`, mirror: `${name}-decreased` },
    { name: `${name}-decreased`, effect: lowered, text: `${text} lowered`, mirror: `${name}-increased` },
    { name: `${name}-set`, effect: "narrows", text: `${text} set`, mirror: `${name}-unset` },
    { name: `${name}-unset`, effect: "widens", text: `${text} removed`, mirror: `${name}-set` },
  ];
}
