import type { ErrorCode, Operation } from "@mojaloop-versioning/protocol";
import type { Disposal, Disposition } from "./change.ts";
import type { Headers } from "./headers.ts";
import type { Direction } from "./residue.ts";
import type { BodyOf, ResidueEntry } from "./residues.ts";

/** The type of the value at a pointer. */
export type At<Body, P extends string> = P extends ""
  ? Body
  : P extends `/${infer Head}/${infer Rest}`
    ? At<MemberOf<Body, Head>, `/${Rest}`>
    : P extends `/${infer Key}`
      ? MemberOf<Body, Key>
      : never;

type MemberOf<Body, Key extends string> =
  NonNullable<Body> extends infer B
    ? Key extends "*"
      ? B extends readonly (infer Item)[]
        ? Item
        : never
      : Key extends keyof B
        ? Exclude<B[Key], undefined>
        : never
    : never;

/** Earlier messages of the conversation by operation, as far as the caller has them, in whatever version they came. */
export type EarlierOf<Needs extends string> = { readonly [O in Needs]?: BodyOf<O> };

/** One source of a value; the next is asked where it gives undefined or what the target does not take. */
export type TypedSource<Owner, Value, Needs extends string = never> =
  | {
      /**
       * Reads it from the message, or from the component, as it stands in the version left, or from the earlier messages that the
       * change needs; `value` is what is there now.
       */
      readonly derive: (owner: Owner, value: unknown, earlier: EarlierOf<Needs>) => Value | undefined;
      readonly note?: string;
    }
  /** Asks the caller's `context.lookup`. */
  | { readonly lookup: string; readonly note?: string }
  /** Asks the caller's `context.ids`. */
  | { readonly ids: true; readonly note?: string };

/** The end of a list of sources: a refusal, or a value that is always there. */
export type LastSource<Value> =
  | { readonly refuse: ErrorCode; readonly message?: string }
  | { readonly value: Value; readonly note?: string };

/** The sources of a pointer, asked in order. */
export type Sources<Owner, Value, Needs extends string = never> = readonly [
  ...TypedSource<Owner, Value, Needs>[],
  LastSource<Value>,
];

/** Renames and moves (older to newer) and mapped enumerations, as far as they were written. */
export interface Shifts {
  readonly rename: Readonly<Record<string, string>>;
  readonly move: Readonly<Record<string, string>>;
  readonly enumMap: Readonly<Record<string, unknown>>;
}

type ParentOf<P extends string> = P extends `/${infer Head}/${infer Rest}`
  ? `/${Head}${ParentOf<`/${Rest}`>}`
  : "";
type RenamedTo<R extends Readonly<Record<string, string>>> = {
  [P in keyof R & string]: `${ParentOf<P>}/${R[P]}`;
}[keyof R & string];

type ShiftedOlder<S extends Shifts> = keyof S["rename"] | keyof S["move"];
type ShiftedNewer<S extends Shifts> = RenamedTo<S["rename"]> | S["move"][keyof S["move"]];

type OpenSources<E extends ResidueEntry, D extends Direction, S extends Shifts> = Exclude<
  E[D]["sources"],
  keyof S["enumMap"] | (D extends "up" ? ShiftedNewer<S> : ShiftedOlder<S>)
>;
type OpenDisposals<E extends ResidueEntry, D extends Direction, S extends Shifts> = Exclude<
  E[D]["disposals"],
  D extends "up" ? ShiftedOlder<S> : ShiftedNewer<S>
>;
type Held<E extends ResidueEntry, D extends Direction, K extends "sources" | "disposals"> =
  E["held"] extends Readonly<Record<D, Readonly<Record<K, infer P extends string>>>> ? P : never;

type Sender<E extends ResidueEntry, D extends Direction> = E[D extends "up" ? "older" : "newer"];
type Receiver<E extends ResidueEntry, D extends Direction> = E[D extends "up" ? "newer" : "older"];

/** A map with every pointer of `Must`, any of `May`, and no other; undefined where there are none at all. */
type Fills<
  E extends ResidueEntry,
  D extends Direction,
  Must extends string,
  May extends string,
  Needs extends string,
> = {
  readonly [P in Must]: Sources<Sender<E, D>, At<Receiver<E, D>, P>, Needs>;
} & { readonly [P in May]?: Sources<Sender<E, D>, At<Receiver<E, D>, P>, Needs> };
type Losses<Must extends string, May extends string> = { readonly [P in Must]: Disposal } & {
  readonly [P in May]?: Disposal;
};

type Need<K extends string, Must extends string, May extends string, T> = [Must] extends [never]
  ? [May] extends [never]
    ? { readonly [P in K]?: undefined }
    : { readonly [P in K]?: T }
  : { readonly [P in K]: T };

type Settle<
  E extends ResidueEntry,
  D extends Direction,
  Open extends string,
  Lost extends string,
  Needs extends string,
> = Need<"fill", Open, Held<E, D, "sources">, Fills<E, D, Open, Held<E, D, "sources">, Needs>> &
  Need<"lose", Lost, Held<E, D, "disposals">, Losses<Lost, Held<E, D, "disposals">>> & {
    readonly refuse?: undefined;
  };

interface WholeRefusal {
  readonly refuse: ErrorCode;
  readonly message?: string;
  readonly disposition?: Disposition;
  readonly fill?: undefined;
  readonly lose?: undefined;
}

/** One direction of a declaration: mandatory as soon as anything is unsettled in it. */
type Side<
  E extends ResidueEntry,
  D extends Direction,
  S extends Shifts,
  Needs extends string,
> = E["in"] extends "both"
  ? [OpenSources<E, D, S> | OpenDisposals<E, D, S>] extends [never]
    ? { readonly [P in D]?: Settle<E, D, never, never, Needs> }
    : { readonly [P in D]: Settle<E, D, OpenSources<E, D, S>, OpenDisposals<E, D, S>, Needs> }
  : E["in"] extends (D extends "up" ? "older" : "newer")
    ? { readonly [P in D]: WholeRefusal }
    : { readonly [P in D]?: undefined };

/** Both directions settled pointer by pointer, or the whole mapped by two functions. */
export type Settled<E extends ResidueEntry, S extends Shifts, Needs extends string> = E extends unknown
  ? // The compiler tells what the last branch misses: the pointers, not a map.
    | {
        readonly map: {
          readonly up: (older: E["older"], earlier: EarlierOf<Needs>) => E["newer"];
          readonly down: (newer: E["newer"], earlier: EarlierOf<Needs>) => E["older"];
        };
        readonly up?: undefined;
        readonly down?: undefined;
      }
    | ({ readonly map?: undefined } & Side<E, "up", S, Needs> & Side<E, "down", S, Needs>)
  : never;

/** Shifts that lead from a pointer only the older version has to one only the newer has, and enumerations that narrowed. */
export interface CheckedShifts<E extends ResidueEntry, S extends Shifts> {
  readonly rename?: S["rename"] & {
    readonly [P in keyof S["rename"]]: P extends E["up"]["disposals"]
      ? RenamedTo<Pick<S["rename"], P>> extends E["down"]["disposals"]
        ? string
        : never
      : never;
  };
  readonly move?: S["move"] & {
    readonly [P in keyof S["move"]]: P extends E["up"]["disposals"] ? E["down"]["disposals"] : never;
  };
  readonly enumMap?: S["enumMap"] & {
    readonly [P in keyof S["enumMap"]]: P extends E["up"]["sources"] | E["down"]["sources"]
      ? readonly (readonly [older: At<E["older"], P>, newer: At<E["newer"], P>])[]
      : never;
  };
}

/** Headers of either version alone with their sources, none where they may stay away; and those that are only called otherwise. */
export interface TypedHeaderChanges {
  readonly newer?: Readonly<Record<string, readonly [] | Sources<Headers, string>>>;
  readonly older?: Readonly<Record<string, readonly [] | Sources<Headers, string>>>;
  readonly rename?: Readonly<Record<string, string>>;
}

/** What a declaration says beside its settlement. */
export interface Heading {
  /** `transfers/require-quote-id`: the resource and what the change does. */
  readonly id: string;
  readonly title: string;
  readonly because: string;
}

/** Earlier messages of the conversation that the sources need; the caller stores just those. */
export interface Needing<Needs extends Operation> {
  readonly needs?: readonly Needs[];
}
