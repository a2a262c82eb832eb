/** What a change of a keyword can do to what a schema accepts. `unknown`: it depends, and is looked into each time. */
export type Tendency = "narrows" | "widens" | "both" | "none" | "unknown";

/**
 * Every change of a schema that is told apart, without the place where it happens: what it does to the accepted values, what it
 * is called, and the change that undoes it.
 */
export const STEMS: Readonly<Record<string, readonly [tendency: Tendency, words: string, mirror: string]>> = {
  ...bound("max", "maximum", true),
  ...bound("min", "minimum", false),
  ...bound("exclusive-max", "exclusive maximum", true),
  ...bound("exclusive-min", "exclusive minimum", false),
  ...bound("max-length", "longest length", true),
  ...bound("min-length", "shortest length", false),
  ...bound("max-items", "greatest number of items", true),
  ...bound("min-items", "least number of items", false),
  ...bound("max-properties", "greatest number of members", true),
  ...bound("min-properties", "least number of members", false),
  ...bound("max-contains", "greatest number of matching items", true),
  ...bound("min-contains", "least number of matching items", false),
  "multiple-of-set": ["narrows", "must now be a multiple", "multiple-of-unset"],
  "multiple-of-unset": ["widens", "need no longer be a multiple", "multiple-of-set"],
  "multiple-of-generalized": ["widens", "a multiple of a finer step", "multiple-of-specialized"],
  "multiple-of-specialized": ["narrows", "a multiple of a coarser step", "multiple-of-generalized"],
  "multiple-of-changed": ["both", "a multiple of another step", "multiple-of-changed"],
  "unique-items-set": ["narrows", "items must now differ", "unique-items-unset"],
  "unique-items-unset": ["widens", "items may now be equal", "unique-items-set"],
  "pattern-added": ["narrows", "must now match a pattern", "pattern-removed"],
  "pattern-removed": ["widens", "need no longer match a pattern", "pattern-added"],
  "pattern-changed": ["unknown", "another pattern", "pattern-changed"],
  "pattern-generalized": ["widens", "the pattern now matches everything", "pattern-changed"],
  "became-enum": ["narrows", "only listed values are left", "became-not-enum"],
  "became-not-enum": ["widens", "no longer only listed values", "became-enum"],
  "enum-value-added": ["widens", "listed value added", "enum-value-removed"],
  "enum-value-removed": ["narrows", "listed value removed", "enum-value-added"],
  "x-extensible-enum-value-removed": [
    "narrows",
    "value of an extensible list removed",
    "x-extensible-enum-value-removed",
  ],
  "const-added": ["narrows", "only one value is left", "const-removed"],
  "const-removed": ["widens", "no longer only one value", "const-added"],
  "const-changed": ["both", "the one value is another", "const-changed"],
  "default-value-added": ["none", "default given", "default-value-removed"],
  "default-value-removed": ["none", "default taken away", "default-value-added"],
  "default-value-changed": ["none", "another default", "default-value-changed"],
  "became-nullable": ["widens", "may now be null", "became-not-nullable"],
  "became-not-nullable": ["narrows", "may no longer be null", "became-nullable"],
  "type-changed": ["both", "another type or format", "type-changed"],
  "type-generalized": ["widens", "a wider type or format", "type-specialized"],
  "type-specialized": ["narrows", "a narrower type or format", "type-generalized"],
  "type-compatible": ["none", "another type that travels as the same text", "type-compatible"],
  "list-of-types-widened": ["widens", "type added", "list-of-types-narrowed"],
  "list-of-types-narrowed": ["narrows", "type removed", "list-of-types-widened"],
  closed: ["narrows", "closed: unlisted members are refused", "opened"],
  opened: ["widens", "opened: unlisted members pass", "closed"],
  "additional-properties-constrained": [
    "narrows",
    "unlisted members must fit a schema",
    "additional-properties-unconstrained",
  ],
  "additional-properties-unconstrained": [
    "widens",
    "unlisted members may be anything",
    "additional-properties-constrained",
  ],
  "pattern-property-added": [
    "narrows",
    "members of such names must fit a schema",
    "pattern-property-removed",
  ],
  "pattern-property-removed": ["widens", "members of such names are free", "pattern-property-added"],
  "items-added": ["narrows", "items must now fit a schema", "items-removed"],
  "items-removed": ["widens", "items may be anything", "items-added"],
  "prefix-items-added": ["unknown", "leading items under schemas of their own", "prefix-items-removed"],
  "prefix-items-removed": [
    "unknown",
    "leading items no longer under schemas of their own",
    "prefix-items-added",
  ],
  "all-of-added": ["narrows", "further part to satisfy", "all-of-removed"],
  "all-of-removed": ["widens", "one part fewer to satisfy", "all-of-added"],
  "all-of-added-annotation-only": [
    "none",
    "further part that only annotates",
    "all-of-removed-annotation-only",
  ],
  "all-of-removed-annotation-only": [
    "none",
    "one part fewer that only annotated",
    "all-of-added-annotation-only",
  ],
  "any-of-added": ["widens", "alternative added", "any-of-removed"],
  "any-of-removed": ["narrows", "alternative removed", "any-of-added"],
  "one-of-added": ["widens", "alternative added", "one-of-removed"],
  "one-of-removed": ["narrows", "alternative removed", "one-of-added"],
  "wrapped-in-one-of": ["unknown", "became one of several alternatives", "unwrapped-from-one-of"],
  "unwrapped-from-one-of": ["unknown", "alternatives became one schema", "wrapped-in-one-of"],
  "wrapped-in-any-of": ["unknown", "became one of several alternatives", "unwrapped-from-any-of"],
  "unwrapped-from-any-of": ["unknown", "alternatives became one schema", "wrapped-in-any-of"],
  "discriminator-added": ["none", "discriminator given", "discriminator-removed"],
  "discriminator-removed": ["none", "discriminator taken away", "discriminator-added"],
  "discriminator-property-name-changed": [
    "none",
    "another member discriminates",
    "discriminator-property-name-changed",
  ],
  "discriminator-mapping-added": [
    "none",
    "mapping of the discriminator added",
    "discriminator-mapping-deleted",
  ],
  "discriminator-mapping-deleted": [
    "none",
    "mapping of the discriminator removed",
    "discriminator-mapping-added",
  ],
  "discriminator-mapping-changed": [
    "none",
    "mapping of the discriminator leads elsewhere",
    "discriminator-mapping-changed",
  ],
  "dependent-required-added": ["narrows", "one member demands others", "dependent-required-removed"],
  "dependent-required-removed": ["widens", "one member no longer demands others", "dependent-required-added"],
  "dependent-required-changed": [
    "both",
    "one member demands others than before",
    "dependent-required-changed",
  ],
  ...applied("dependent-schema", "schema that depends on a member"),
  ...applied("property-names", "schema for the names of members"),
  ...applied("contains", "schema for at least one item"),
  ...applied("unevaluated-items", "schema for further items"),
  ...applied("unevaluated-properties", "schema for further members"),
  ...applied("not", "schema that must not hold"),
  ...applied("if", "condition"),
  ...applied("then", "schema where the condition holds"),
  ...applied("else", "schema where the condition does not hold"),
  ...applied("content-schema", "schema of the content in the text"),
  "content-media-type-changed": ["both", "another media type in the text", "content-media-type-changed"],
  "content-encoding-changed": ["both", "another encoding of the text", "content-encoding-changed"],
  deprecated: ["none", "deprecated", "reactivated"],
  reactivated: ["none", "no longer deprecated", "deprecated"],
  "became-read-only": ["none", "read only", "became-not-read-only"],
  "became-not-read-only": ["none", "no longer read only", "became-read-only"],
  "became-write-only": ["none", "write only", "became-not-write-only"],
  "became-not-write-only": ["none", "no longer write only", "became-write-only"],
};

type Entries = Record<string, readonly [tendency: Tendency, words: string, mirror: string]>;

function bound(stem: string, words: string, upper: boolean): Entries {
  return {
    [`${stem}-increased`]: [upper ? "widens" : "narrows", `${words} raised`, `${stem}-decreased`],
    [`${stem}-decreased`]: [upper ? "narrows" : "widens", `${words} lowered`, `${stem}-increased`],
    [`${stem}-set`]: ["narrows", `${words} set`, `${stem}-unset`],
    [`${stem}-unset`]: ["widens", `${words} lifted`, `${stem}-set`],
  };
}

function applied(stem: string, words: string): Entries {
  return {
    [`${stem}-added`]: ["narrows", `${words} added`, `${stem}-removed`],
    [`${stem}-removed`]: ["widens", `${words} removed`, `${stem}-added`],
  };
}
