import type { Schema } from "./schema.ts";

/**
 * Whether a change can make the newer schema reject what the older accepts (`narrows`), and the other way round (`widens`).
 * `maybe`: only if a witness says so; otherwise it cannot.
 */
export interface Effect {
  readonly narrows: boolean | "maybe" | "undecided";
  readonly widens: boolean | "maybe" | "undecided";
}

export const NARROWS: Effect = { narrows: true, widens: false };
export const WIDENS: Effect = { narrows: false, widens: true };
export const BOTH: Effect = { narrows: true, widens: true };
export const NEITHER: Effect = { narrows: false, widens: false };

/** One keyword of one schema, changed. */
export interface Difference {
  /** What happened, without saying where: `max-length-decreased`. */
  readonly stem: string;
  readonly effect: Effect;
  /** The keyword that a validator names when it rejects a value because of this difference. */
  readonly keyword: string;
  /** The member concerned, for a change of properties. */
  readonly member?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** The schemas of the member or branch that came or went. */
  readonly added?: Schema;
  readonly removed?: Schema;
}

/** How one gets from a schema to one below it. */
export type Step =
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "additional" | "items" }
  | { readonly kind: "pattern"; readonly pattern: string }
  | { readonly kind: "index"; readonly index: number }
  /** A branch of the union with that number; `base` and `revision` are its places in the two lists. */
  | {
      readonly kind: "branch";
      readonly union: number;
      readonly base: number;
      readonly revision: number;
      /** Whether no other branch may match beside it (`oneOf`). */
      readonly alone: boolean;
    }
  /** A schema applied to the same value, or to its names or content, by a keyword such as `not` or `then`. */
  | { readonly kind: "apply"; readonly keyword: string; readonly name?: string; readonly negated: boolean };
