import { PLACES, type Place } from "./places.ts";
import type { Cap, Level, RuleEffect } from "./rule.ts";

/** The level that follows from what a change does and from who receives the message. */
export function levelOf(place: Place, effect: RuleEffect): Level {
  if (effect === "both") return "error";
  if (effect === "depends") return "warn";
  const critical = place.startsWith("response") ? "widens" : "narrows";
  return effect === critical ? "error" : "info";
}

const SCHEMA_PARTS = ["body", "property"] as const;

/** Where oasdiff's default level is not the one that the general rule gives: id → level. */
export const LEVELS: ReadonlyMap<string, Level> = new Map<string, Level>([
  ...["added", "removed", "changed"].map(
    (word) => [`request-parameter-default-value-${word}`, "error"] as const,
  ),
  ...PLACES.flatMap((place) => [
    [`${place}-deprecated-sunset-invalid`, "error"] as const,
    [`${place}-sunset-date-too-small`, "error"] as const,
    [`${place}-stability-decreased`, "error"] as const,
  ]),
  ...SCHEMA_PARTS.flatMap((part) => [
    [`request-${part}-prefix-items-added`, "info"] as const,
    [`request-${part}-prefix-items-removed`, "error"] as const,
    [`response-${part}-prefix-items-added`, "error"] as const,
    [`response-${part}-prefix-items-removed`, "info"] as const,
    [`response-${part}-wrapped-in-one-of`, "error"] as const,
    [`request-${part}-all-of-removed`, "warn"] as const,
    [`response-${part}-all-of-removed`, "info"] as const,
    [`response-${part}-any-of-added`, "info"] as const,
    [`response-${part}-pattern-removed`, "info"] as const,
    [`response-${part}-pattern-changed`, "info"] as const,
    [`response-${part}-enum-value-added`, "warn"] as const,
  ]),
  ["response-header-pattern-removed", "info"],
  ["response-header-pattern-changed", "info"],
  ["response-header-enum-value-added", "warn"],
  ["request-body-wrapped-in-one-of", "error"],
  ["response-write-only-property-enum-value-added", "info"],
  ["request-parameter-property-type-changed", "warn"],
  ["request-property-removed", "warn"],
  ["response-optional-property-removed", "warn"],
  ["response-required-property-removed", "error"],
  ["response-required-write-only-property-removed", "info"],
  ["response-optional-write-only-property-removed", "info"],
  ["response-write-only-property-became-optional", "info"],
  ["new-required-request-read-only-property", "info"],
  ["response-required-property-became-not-write-only", "warn"],
]);

const warnFor = (reason: string): Cap => ({ level: "warn", reason });

const UNCHECKED_PATTERN = warnFor("clients seldom check what they receive against a pattern");
const UNKNOWN_VALUE = warnFor("clients are expected to accept unknown values in a response");
const MORE_ALTERNATIVES = warnFor("clients are expected to accept unknown alternatives of anyOf");
const FEWER_PARTS = warnFor("the members that the part required are reported one by one");
const TUPLE = warnFor("the first items had or keep the general schema of items");
const REUSED_NAME = warnFor(
  "it breaks only clients of a server that uses the removed name for something else",
);

/** The rules of schemas whose proven break is not an error under the `openapi` profile. */
export const CAPS: ReadonlyMap<string, Cap> = new Map<string, Cap>([
  ...SCHEMA_PARTS.flatMap((part): [string, Cap][] => [
    [`response-${part}-any-of-added`, MORE_ALTERNATIVES],
    [`response-${part}-all-of-removed`, FEWER_PARTS],
    [`response-${part}-prefix-items-removed`, TUPLE],
    [`request-${part}-prefix-items-added`, TUPLE],
  ]),
  ...["body", "property", "header"].flatMap((part): [string, Cap][] => [
    [`response-${part}-pattern-removed`, UNCHECKED_PATTERN],
    [`response-${part}-pattern-changed`, UNCHECKED_PATTERN],
    [`response-${part}-enum-value-added`, UNKNOWN_VALUE],
  ]),
  ["response-optional-property-removed", REUSED_NAME],
]);
