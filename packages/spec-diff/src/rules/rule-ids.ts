import type { MemberFacts, Place } from "./places.ts";

/** The narrowing changes that have an id of their own for members which a request does not send. */
const READ_ONLY_VARIANTS: ReadonlySet<string> = new Set([
  "max-decreased",
  "exclusive-max-decreased",
  "min-increased",
  "exclusive-min-increased",
  "max-length-decreased",
  "min-length-increased",
  "max-items-decreased",
  "min-items-increased",
  "max-properties-decreased",
  "min-properties-increased",
  "enum-value-removed",
]);

const ACCESS = /^became-(not-)?(read|write)-only$/;

/** The id of a change of a schema at a place. */
export function schemaRuleId(place: Place, change: string, facts: MemberFacts): string {
  if (place === "response-body" && change === "enum-value-removed")
    return "response-mediatype-enum-value-removed";
  if (place === "request-property" && facts.readOnly && READ_ONLY_VARIANTS.has(change)) {
    return `request-read-only-property-${change}`;
  }
  if (place === "response-property" && facts.writeOnly && change === "enum-value-added") {
    return "response-write-only-property-enum-value-added";
  }
  if (ACCESS.test(change) && (place === "request-property" || place === "response-property")) {
    return place.replace("-", facts.required ? "-required-" : "-optional-") + `-${change}`;
  }
  if (place === "request-header-property" && change !== "became-enum")
    return schemaRuleId("request-parameter-property", change, facts);
  return `${place}-${typeChange(place, change)}`;
}

// oasdiff has one word for a type that a receiver need not understand; which one depends on the receiver.
function typeChange(place: Place, change: string): string {
  const response = place.startsWith("response");
  if (change === "type-became-text") {
    if (place === "request-parameter") return "type-generalized";
    return response || place.startsWith("request-parameter-") ? "type-changed" : "type-compatible";
  }
  if (change === "type-was-text") return response ? "type-compatible" : "type-changed";
  const specialises = response || place.startsWith("request-parameter-");
  return change === "type-specialized" && !specialises ? "type-changed" : change;
}

/** The id of a change of the members of an object at a place. */
export function memberRuleId(place: Place, change: string, facts: MemberFacts): string {
  const { writeOnly, readOnly, hasDefault } = facts;
  const withDefault = hasDefault ? "-with-default" : "";
  const writable = writeOnly ? "write-only-" : "";
  if (place.startsWith("response-") && place !== "response-header") {
    const name = RESPONSE_MEMBERS[change] ?? change;
    return `response-${name.replace("{write-only-}", writable)}`;
  }
  const header = place === "request-header-property";
  if (header && change === "required-property-added") return "new-required-request-header-property";
  if (header && change === "property-became-required") return "request-header-property-became-required";
  if (place === "response-header") return `response-header-${change}`;
  if (place.startsWith("request-parameter") || header) return `request-parameter-${change}`;
  if (change === "required-property-added") {
    return readOnly
      ? "new-required-request-read-only-property"
      : `new-required-request-property${withDefault}`;
  }
  if (change === "property-became-required") return `request-property-became-required${withDefault}`;
  return REQUEST_MEMBERS[change] ?? `request-${change}`;
}

const REQUEST_MEMBERS: Readonly<Record<string, string>> = {
  "optional-property-added": "new-optional-request-property",
  "required-property-removed": "request-property-removed",
  "optional-property-removed": "request-property-removed",
  "property-became-optional": "request-property-became-optional",
};

const RESPONSE_MEMBERS: Readonly<Record<string, string>> = {
  "required-property-added": "required-{write-only-}property-added",
  "optional-property-added": "optional-{write-only-}property-added",
  "required-property-removed": "required-{write-only-}property-removed",
  "optional-property-removed": "optional-{write-only-}property-removed",
  "property-became-required": "{write-only-}property-became-required",
  "property-became-optional": "{write-only-}property-became-optional",
};
