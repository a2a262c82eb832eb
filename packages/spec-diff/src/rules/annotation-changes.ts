import { changesDetectedIn, type SchemaChange, type UnplacedChange } from "./schema-change.ts";

const LIFECYCLE: readonly UnplacedChange[] = [
  { name: "deprecated", effect: "none", text: "deprecated", mirror: "reactivated" },
  { name: "reactivated", effect: "none", text: "no longer deprecated", mirror: "deprecated" },
  {
    name: "deprecated-with-sunset",
    effect: "none",
    text: "deprecated, with a sunset date",
    mirror: "reactivated",
  },
  {
    name: "deprecated-sunset-invalid",
    effect: "none",
    text: "deprecated, with a sunset that is not a date",
    mirror: "reactivated",
  },
  {
    name: "sunset-date-too-small",
    effect: "none",
    text: "deprecated, with a sunset date in the past",
    mirror: "reactivated",
  },
  { name: "stability-decreased", effect: "none", text: "stability lowered", mirror: "stability-increased" },
  { name: "stability-increased", effect: "none", text: "stability raised", mirror: "stability-decreased" },
];

const ACCESS: readonly UnplacedChange[] = [
  { name: "became-read-only", effect: "none", text: "became read-only", mirror: "became-not-read-only" },
  { name: "became-not-read-only", effect: "none", text: "no longer read-only", mirror: "became-read-only" },
  { name: "became-write-only", effect: "none", text: "became write-only", mirror: "became-not-write-only" },
  {
    name: "became-not-write-only",
    effect: "none",
    text: "no longer write-only",
    mirror: "became-write-only",
  },
];

const DISCRIMINATORS: readonly UnplacedChange[] = [
  {
    name: "discriminator-added",
    effect: "none",
    text: "discriminator added",
    mirror: "discriminator-removed",
  },
  {
    name: "discriminator-removed",
    effect: "none",
    text: "discriminator removed",
    mirror: "discriminator-added",
  },
  {
    name: "discriminator-property-name-changed",
    effect: "none",
    text: "discriminating member changed",
    mirror: "discriminator-property-name-changed",
  },
  {
    name: "discriminator-mapping-added",
    effect: "none",
    text: "mapping of the discriminator added",
    mirror: "discriminator-mapping-deleted",
  },
  {
    name: "discriminator-mapping-deleted",
    effect: "none",
    text: "mapping of the discriminator removed",
    mirror: "discriminator-mapping-added",
  },
  {
    name: "discriminator-mapping-changed",
    effect: "none",
    text: "mapping of the discriminator changed",
    mirror: "discriminator-mapping-changed",
  },
];

/** The changes of keywords that a validator does not look at. */
export const ANNOTATION_CHANGES: readonly SchemaChange[] = [
  ...changesDetectedIn("compare/annotations.ts", [
    { name: "default-value-added", effect: "none", text: "default added", mirror: "default-value-removed" },
    { name: "default-value-removed", effect: "none", text: "default removed", mirror: "default-value-added" },
    {
      name: "default-value-changed",
      effect: "none",
      text: "default changed",
      mirror: "default-value-changed",
    },
    {
      name: "x-extensible-enum-value-removed",
      effect: "narrows",
      text: "value of an extensible list removed",
      mirror: "x-extensible-enum-value-removed",
    },
    {
      name: "content-media-type-changed",
      effect: "both",
      text: "media type of the encoded content changed",
      mirror: "content-media-type-changed",
    },
    {
      name: "content-encoding-changed",
      effect: "both",
      text: "encoding of the content changed",
      mirror: "content-encoding-changed",
    },
    ...LIFECYCLE,
    ...ACCESS,
  ]),
  ...changesDetectedIn("compare/discriminators.ts", DISCRIMINATORS),
];
