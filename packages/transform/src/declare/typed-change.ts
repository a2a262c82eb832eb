import type { ErrorCode, Operation } from "@mojaloop-versioning/protocol";
import type { Disposal, Disposition } from "./change.ts";
import type { Direction } from "./direction.ts";
import type { Headers } from "./header-changes.ts";
import type { Fillable, Losable, OpenPlaces, Settled, Shifts } from "./open-places.ts";
import type { ResidueEntry } from "./residues.ts";
import type { At, EarlierOf, Sources } from "./typed-source.ts";

/**
 * The rules of one direction: the pointers that are filled and lost, or the refusal of every message. The compiler infers the keys from
 * the first half of each intersection and checks the values with the second.
 */
export interface TypedRules<
  E extends ResidueEntry,
  D extends Direction,
  Fill extends string,
  Lose extends string,
  Refuse extends ErrorCode,
  Needs extends string,
> {
  readonly fill?: { readonly [P in Fill]: unknown } & Fills<E, D, Needs>;
  readonly lose?: { readonly [P in Lose]: unknown } & Losses<E, D>;
  readonly refuse?: Refuse;
  readonly message?: string;
  readonly disposition?: Disposition;
}

// Conditional, because the compiler types the parameters of `derive` only from a type that it resolves after `from`, `to` and so on.
type Fills<E extends ResidueEntry, D extends Direction, Needs extends string> = [E] extends [ResidueEntry]
  ? { readonly [P in Fillable<E, D>]?: SourcesAt<E, D, P, Needs> }
  : never;
type Losses<E extends ResidueEntry, D extends Direction> = [E] extends [ResidueEntry]
  ? { readonly [P in Losable<E, D>]?: Disposal }
  : never;

// Only the entries that have the pointer count: a proposal can add one to a published version.
type SourcesAt<
  E extends ResidueEntry,
  D extends Direction,
  P extends string,
  Needs extends string,
> = E extends unknown
  ? P extends Fillable<E, D>
    ? Sources<E[D extends "up" ? "older" : "newer"], At<E[D extends "up" ? "newer" : "older"], P>, Needs>
    : never
  : never;

/** Two functions that convert the whole value. */
export type TypedMap<E extends ResidueEntry, Mapped extends string, Needs extends string> = {
  readonly [D in Mapped]: unknown;
} & {
  readonly up: (older: E["older"], earlier: EarlierOf<Needs>) => E["newer"];
  readonly down: (newer: E["newer"], earlier: EarlierOf<Needs>) => E["older"];
};

/** The shifts of a declaration. {@link OpenPlaces} checks the pointers, this type the values of enumerations. */
export interface TypedShifts<E extends ResidueEntry, S extends Shifts> {
  readonly rename?: S["rename"];
  readonly move?: S["move"];
  readonly enumMap?: S["enumMap"] & {
    readonly [P in keyof S["enumMap"]]: readonly (readonly [
      older: At<E["older"], P & string>,
      newer: At<E["newer"], P & string>,
    ])[];
  };
}

/** Headers of one version only, with their sources (none if the header is optional), and renamed headers. */
export interface TypedHeaderChanges {
  readonly newer?: Readonly<Record<string, readonly [] | Sources<Headers, string>>>;
  readonly older?: Readonly<Record<string, readonly [] | Sources<Headers, string>>>;
  readonly rename?: Readonly<Record<string, string>>;
}

/** The name and the reason of a declaration. */
export interface Heading {
  /** `transfers/require-quote-id`: the resource and what the change does. */
  readonly id: string;
  readonly title: string;
  readonly because: string;
}

/**
 * The heading of a declaration that is checked for completeness. If something is unsettled, the type of `id` is a sentence that says
 * what to do, so that the compiler's first line contains it: `settle /quoteId in up.fill`.
 */
export interface CheckedHeading<E extends ResidueEntry, S extends Settled> extends Omit<Heading, "id"> {
  /** `transfers/require-quote-id`: the resource and what the change does. */
  readonly id: [OpenPlaces<E, S>] extends [never] ? string : OpenPlaces<E, S>;
}

/** Earlier messages of the conversation that the sources read; the caller stores only these. */
export interface Needing<Needs extends Operation> {
  readonly needs?: readonly Needs[];
}
