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

/** All places, in the order of `RULES.md`. */
export const PLACES: readonly Place[] = [
  "request-body",
  "request-property",
  "request-parameter",
  "request-parameter-property",
  "request-header-property",
  "response-body",
  "response-property",
  "response-header",
];

/** What is known of a member beside its schema. */
export interface MemberFacts {
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly hasDefault: boolean;
}
