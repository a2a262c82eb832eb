import { OPERATION_RULES } from "./operation-rules.ts";
import { STEMS, type Tendency } from "./stems.ts";

/** How much a finding matters: `error` breaks somebody for certain or by rule, `warn` may, `info` does not. */
export type Level = "info" | "warn" | "error";

/** One kind of finding. */
export interface Rule {
  readonly id: string;
  /** The level before anything is proved; a checked witness in the direction that counts raises it to `ceiling`. */
  readonly level: Level;
  readonly ceiling: Level;
  /** What it does to the messages that are accepted. */
  readonly tendency: Tendency;
  readonly words: string;
  /** The id of the change that undoes this one. */
  readonly mirror: string;
}

/** Where in a message a schema stands. */
export type Place =
  | "request-body"
  | "request-property"
  | "request-parameter"
  | "request-parameter-property"
  | "request-header-property"
  | "response-body"
  | "response-property"
  | "response-header";

const PLACES: readonly Place[] = [
  "request-body",
  "request-property",
  "request-parameter",
  "request-parameter-property",
  "request-header-property",
  "response-body",
  "response-property",
  "response-header",
];

/** What is known of a property beside its schema. */
export interface Standing {
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly hasDefault: boolean;
}

/** The narrowing and widening changes that have a variant for properties which the other side never sends. */
const READ_ONLY_STEMS: ReadonlySet<string> = new Set([
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

const MUTABILITY = /^became-(not-)?(read|write)-only$/;

/** The id of a change of a schema at a place. */
export function schemaRuleId(place: Place, stem: string, standing: Standing): string {
  if (place === "response-body" && stem === "enum-value-removed")
    return "response-mediatype-enum-value-removed";
  if (place === "request-property" && standing.readOnly && READ_ONLY_STEMS.has(stem)) {
    return `request-read-only-property-${stem}`;
  }
  if (place === "response-property" && standing.writeOnly && stem === "enum-value-added") {
    return "response-write-only-property-enum-value-added";
  }
  if (MUTABILITY.test(stem) && (place === "request-property" || place === "response-property")) {
    return place.replace("-", standing.required ? "-required-" : "-optional-") + `-${stem}`;
  }
  if (place === "request-header-property" && stem !== "became-enum")
    return schemaRuleId("request-parameter-property", stem, standing);
  return `${place}-${typeStem(place, stem)}`;
}

// oasdiff has one word for a type that a receiver need not understand; which it is depends on who receives.
function typeStem(place: Place, stem: string): string {
  const response = place.startsWith("response");
  if (stem === "type-became-text") {
    if (place === "request-parameter") return "type-generalized";
    return response || place.startsWith("request-parameter-") ? "type-changed" : "type-compatible";
  }
  if (stem === "type-was-text") return response ? "type-compatible" : "type-changed";
  const specialises = response || place.startsWith("request-parameter-");
  return stem === "type-specialized" && !specialises ? "type-changed" : stem;
}

/** The id of a change of the members of an object. */
export function propertyRuleId(place: Place, stem: string, standing: Standing): string {
  const { writeOnly, readOnly, hasDefault } = standing;
  const withDefault = hasDefault ? "-with-default" : "";
  const writable = writeOnly ? "write-only-" : "";
  if (place.startsWith("response-") && place !== "response-header") {
    const name = RESPONSE_PROPERTY[stem] ?? stem;
    return `response-${name.replace("{write-only-}", writable)}`;
  }
  const header = place === "request-header-property";
  if (header && stem === "required-property-added") return "new-required-request-header-property";
  if (header && stem === "property-became-required") return "request-header-property-became-required";
  if (place === "response-header") return `response-header-${stem}`;
  if (place.startsWith("request-parameter") || header) return `request-parameter-${stem}`;
  if (stem === "required-property-added") {
    return readOnly
      ? "new-required-request-read-only-property"
      : `new-required-request-property${withDefault}`;
  }
  if (stem === "property-became-required") return `request-property-became-required${withDefault}`;
  return REQUEST_PROPERTY[stem] ?? `request-${stem}`;
}

const REQUEST_PROPERTY: Readonly<Record<string, string>> = {
  "optional-property-added": "new-optional-request-property",
  "required-property-removed": "request-property-removed",
  "optional-property-removed": "request-property-removed",
  "property-became-optional": "request-property-became-optional",
};

const RESPONSE_PROPERTY: Readonly<Record<string, string>> = {
  "required-property-added": "required-{write-only-}property-added",
  "optional-property-added": "optional-{write-only-}property-added",
  "required-property-removed": "required-{write-only-}property-removed",
  "optional-property-removed": "optional-{write-only-}property-removed",
  "property-became-required": "{write-only-}property-became-required",
  "property-became-optional": "{write-only-}property-became-optional",
};

/** The changes of the members of an object: what they do, and what undoes them. */
export const PROPERTY_STEMS: Readonly<Record<string, readonly [Tendency, string, string]>> = {
  "required-property-added": ["narrows", "mandatory member added", "required-property-removed"],
  "optional-property-added": ["none", "optional member added", "optional-property-removed"],
  "property-added-with-demands": [
    "narrows",
    "the added member takes only an object with mandatory members",
    "optional-property-removed",
  ],
  "required-property-removed": ["widens", "mandatory member removed", "required-property-added"],
  "optional-property-removed": ["unknown", "optional member removed", "optional-property-added"],
  "property-became-required": ["narrows", "member became mandatory", "property-became-optional"],
  "property-became-optional": ["widens", "member became optional", "property-became-required"],
};

/** The level that follows from what a change does and who receives the message. */
function levelOf(place: string, tendency: Tendency): Level {
  if (tendency === "both") return "error";
  if (tendency === "unknown") return "warn";
  const critical = place.startsWith("response") ? "widens" : "narrows";
  return tendency === critical ? "error" : "info";
}

// Where oasdiff's default level is not what the general rule gives: id → level, and how high a witness may raise it.
const EXCEPTIONS: Readonly<Record<string, readonly [level: Level, ceiling: Level]>> = {
  ...each(["added", "removed", "changed"], (word) => ({
    [`request-parameter-default-value-${word}`]: ["error", "error"],
  })),
  ...each(PLACES, (place) => ({
    [`${place}-deprecated-sunset-invalid`]: ["error", "error"],
    [`${place}-sunset-date-too-small`]: ["error", "error"],
    [`${place}-stability-decreased`]: ["error", "error"],
  })),
  ...each(["body", "property"], (part) => ({
    [`request-${part}-prefix-items-added`]: ["info", "warn"],
    [`request-${part}-prefix-items-removed`]: ["error", "error"],
    [`response-${part}-prefix-items-added`]: ["error", "error"],
    [`response-${part}-prefix-items-removed`]: ["info", "warn"],
    [`response-${part}-wrapped-in-one-of`]: ["error", "error"],
    [`request-${part}-all-of-removed`]: ["warn", "error"],
    [`response-${part}-all-of-removed`]: ["info", "warn"],
    [`response-${part}-any-of-added`]: ["info", "warn"],
    [`response-${part}-pattern-removed`]: ["info", "warn"],
    [`response-${part}-pattern-changed`]: ["info", "warn"],
  })),
  "request-body-wrapped-in-one-of": ["error", "error"],
  "response-property-enum-value-added": ["warn", "warn"],
  "response-write-only-property-enum-value-added": ["info", "info"],
  "request-parameter-property-type-changed": ["warn", "warn"],
  "request-property-removed": ["warn", "error"],
  "response-optional-property-removed": ["warn", "warn"],
  "response-required-property-removed": ["error", "error"],
  "response-required-write-only-property-removed": ["info", "info"],
  "response-optional-write-only-property-removed": ["info", "info"],
  "response-write-only-property-became-optional": ["info", "info"],
  "new-required-request-read-only-property": ["info", "info"],
  "response-required-property-became-not-write-only": ["warn", "warn"],
};

function each(
  words: readonly string[],
  make: (word: string) => Record<string, readonly [Level, Level]>,
): Record<string, readonly [Level, Level]> {
  return Object.assign({}, ...words.map(make)) as Record<string, readonly [Level, Level]>; // the sum of such records
}

const STANDINGS: readonly Standing[] = [false, true].flatMap((required) =>
  [false, true].flatMap((only) => [
    { required, readOnly: only, writeOnly: false, hasDefault: only },
    { required, readOnly: false, writeOnly: only, hasDefault: only },
    { required, readOnly: only, writeOnly: only, hasDefault: false },
  ]),
);

/** Every rule there is, by id. */
export const RULES: ReadonlyMap<string, Rule> = allRules();

function allRules(): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  const add = (id: string, place: string, tendency: Tendency, words: string, mirror: string): void => {
    if (rules.has(id)) return;
    const readOnly = id.startsWith("request-read-only-");
    const [level, ceiling] = readOnly
      ? (["info", "info"] as const)
      : (EXCEPTIONS[id] ?? [levelOf(place, tendency), "error"]);
    rules.set(id, { id, level, ceiling, tendency, words, mirror });
  };
  for (const place of PLACES) {
    for (const standing of STANDINGS) {
      for (const [stem, [tendency, words, mirror]] of Object.entries(STEMS)) {
        add(
          schemaRuleId(place, stem, standing),
          place,
          tendency,
          words,
          schemaRuleId(place, mirror, standing),
        );
      }
      for (const [stem, [tendency, words, mirror]] of Object.entries(PROPERTY_STEMS)) {
        add(
          propertyRuleId(place, stem, standing),
          place,
          tendency,
          words,
          propertyRuleId(place, mirror, standing),
        );
      }
    }
  }
  for (const rule of OPERATION_RULES) rules.set(rule.id, rule);
  return rules;
}
