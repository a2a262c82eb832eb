import type { Schema } from "../schema/schema.ts";

/**
 * Whether a change can make the newer schema reject what the older accepts (`narrows`), and the other way round (`widens`).
 * `maybe`: only if a witness shows it, otherwise it cannot. `undecided`: it may, and the absence of a witness proves nothing.
 */
export interface Effect {
  readonly narrows: boolean | "maybe" | "undecided";
  readonly widens: boolean | "maybe" | "undecided";
}

export const NARROWS: Effect = { narrows: true, widens: false };
export const WIDENS: Effect = { narrows: false, widens: true };
export const BOTH: Effect = { narrows: true, widens: true };
export const NEITHER: Effect = { narrows: false, widens: false };

/** One keyword of one schema that changed. */
export interface Difference {
  /** The name of the schema change, without the place: `max-length-decreased`. */
  readonly change: string;
  readonly effect: Effect;
  /** The keyword that a validator names when it rejects a value because of this difference. */
  readonly keyword: string;
  /** The member concerned, for a change of properties. */
  readonly member?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** The schema of the member or branch that was added or removed. */
  readonly added?: Schema;
  readonly removed?: Schema;
}

/** One step from a schema to one below it. */
export type Step =
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "additional" | "items" }
  | { readonly kind: "pattern"; readonly pattern: string }
  | { readonly kind: "index"; readonly index: number }
  /** A branch of the union with that number; `base` and `revision` are its positions in the two lists. */
  | {
      readonly kind: "branch";
      readonly union: number;
      readonly base: number;
      readonly revision: number;
      /** Whether no other branch may match as well (`oneOf`). */
      readonly alone: boolean;
    }
  /** A schema applied to the same value, or to its names or content, by a keyword such as `not` or `then`. */
  | { readonly kind: "apply"; readonly keyword: string; readonly name?: string; readonly negated: boolean };
