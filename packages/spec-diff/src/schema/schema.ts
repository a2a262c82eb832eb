/** The types of JSON Schema; `integer` is a `number` without a fraction. */
export type JsonType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

/** A schema somewhere below another one, normalised when it is first asked for, so that recursion is no harm. */
export type Child = () => Schema;

/** `anyOf` or `oneOf` with its branches. */
export interface Union {
  readonly kind: "anyOf" | "oneOf";
  readonly branches: readonly Child[];
  /** What each branch is known by: the component that it names, else its content. */
  readonly keys: readonly string[];
  /** The title of each branch that is written in place; components go by their names. */
  readonly titles: readonly (string | undefined)[];
}

/** `if`, `then` and `else` of one schema. */
export interface Conditional {
  readonly if: Child;
  readonly then: Child | undefined;
  readonly else: Child | undefined;
}

/** Keywords with a numeric value. */
export type Bound =
  | "maximum"
  | "minimum"
  | "exclusiveMaximum"
  | "exclusiveMinimum"
  | "maxLength"
  | "minLength"
  | "maxItems"
  | "minItems"
  | "maxProperties"
  | "minProperties"
  | "maxContains"
  | "minContains"
  | "multipleOf";

/**
 * A schema in the one form that everything here works on: references followed, `allOf` merged, the ways to say "or null" made
 * equal, enumerations without order. What it accepts is what JSON Schema says of the original.
 */
export interface Schema {
  /** Where it stands in its document: `#/components/schemas/Money`. */
  readonly pointer: string;
  /** Nothing is accepted (`false`, or parts that contradict each other). */
  readonly never: boolean;
  /** `undefined`: any type. */
  readonly types: ReadonlySet<JsonType> | undefined;
  /** Whether the author wrote "or null", in whichever form. */
  readonly nullable: boolean;
  /** The values allowed, `const` among them, by their canonical text. */
  readonly values: ReadonlyMap<string, unknown> | undefined;
  readonly isConst: boolean;
  readonly bounds: Readonly<Partial<Record<Bound, number>>>;
  readonly patterns: readonly string[];
  readonly format: string | undefined;
  readonly uniqueItems: boolean;
  readonly properties: ReadonlyMap<string, Child>;
  readonly required: ReadonlySet<string>;
  /** `undefined`: open to any further member; otherwise the schema of such a member, `never` when the object is closed. */
  readonly additional: Child | undefined;
  readonly patternProperties: ReadonlyMap<string, Child>;
  readonly propertyNames: Child | undefined;
  readonly dependentRequired: ReadonlyMap<string, readonly string[]>;
  readonly dependentSchemas: ReadonlyMap<string, Child>;
  readonly unevaluatedProperties: Child | undefined;
  readonly items: Child | undefined;
  readonly prefixItems: readonly Child[];
  readonly contains: Child | undefined;
  readonly unevaluatedItems: Child | undefined;
  readonly unions: readonly Union[];
  readonly not: Child | undefined;
  readonly conditional: Conditional | undefined;
  /** Parts that could not be merged into this one: a value must satisfy them too. */
  readonly rest: readonly Schema[];
  /** The `allOf` as it was written, by component or content, with the parts that only annotate told apart. */
  readonly parts: ReadonlyMap<string, { readonly annotationOnly: boolean }> | undefined;
  /** What does not decide whether a value is valid, but is compared. */
  readonly notes: Notes;
}

/** Annotations that a comparison reports. */
export interface Notes {
  readonly default: { readonly value: unknown } | undefined;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly deprecated: boolean;
  /** `x-sunset` and `x-stability-level`. */
  readonly sunset: string | undefined;
  readonly stability: string | undefined;
  readonly discriminator: unknown;
  readonly contentSchema: Child | undefined;
  readonly contentMediaType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly extensibleEnum: readonly unknown[] | undefined;
}

const NO_NOTES: Notes = {
  default: undefined,
  readOnly: false,
  writeOnly: false,
  deprecated: false,
  sunset: undefined,
  stability: undefined,
  discriminator: undefined,
  contentSchema: undefined,
  contentMediaType: undefined,
  contentEncoding: undefined,
  extensibleEnum: undefined,
};

/** The schema that accepts everything. */
export const ANYTHING: Schema = {
  pointer: "#",
  never: false,
  types: undefined,
  nullable: false,
  values: undefined,
  isConst: false,
  bounds: {},
  patterns: [],
  format: undefined,
  uniqueItems: false,
  properties: new Map(),
  required: new Set(),
  additional: undefined,
  patternProperties: new Map(),
  propertyNames: undefined,
  dependentRequired: new Map(),
  dependentSchemas: new Map(),
  unevaluatedProperties: undefined,
  items: undefined,
  prefixItems: [],
  contains: undefined,
  unevaluatedItems: undefined,
  unions: [],
  not: undefined,
  conditional: undefined,
  rest: [],
  parts: undefined,
  notes: NO_NOTES,
};
