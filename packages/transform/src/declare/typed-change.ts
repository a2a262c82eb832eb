import type { ErrorCode, Operation } from "@mojaloop-versioning/protocol";
import type { Disposal, Disposition } from "./change.ts";
import type { Headers } from "./header-changes.ts";
import type { Direction } from "./direction.ts";
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

/** Earlier messages of the conversation by operation, if the caller has them, in the version in which they were sent. */
export type EarlierOf<Needs extends string> = { readonly [O in Needs]?: BodyOf<O> };

/** One source of a value. The next source is tried when it returns undefined or a value that does not fit the target. */
export type TypedSource<Owner, Value, Needs extends string = never> =
  | {
      /**
       * Computes the value from the message or component in its source version, or from the earlier messages that the change needs;
       * `value` is the present value.
       */
      readonly derive: (owner: Owner, value: unknown, earlier: EarlierOf<Needs>) => Value | undefined;
      readonly note?: string;
    }
  /** Calls the caller's `context.lookup` with this name. */
  | { readonly lookup: string; readonly note?: string }
  /** Uses the caller's `context.ids`. */
  | { readonly ids: true; readonly note?: string };

/** The last of a list of sources: a refusal, or a constant value. */
export type LastSource<Value> =
  | { readonly refuse: ErrorCode; readonly message?: string }
  | { readonly value: Value; readonly note?: string };

/** The sources of a pointer, in order. */
export type Sources<Owner, Value, Needs extends string = never> = readonly [
  ...TypedSource<Owner, Value, Needs>[],
  LastSource<Value>,
];

/** The renames, moves (older to newer) and mapped enumerations of a declaration. */
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

// An object with every pointer of `Must`, any of `May`, and no other.
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

// One direction of a declaration: mandatory if anything is unsettled in it.
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

/** Both directions settled pointer by pointer, or the whole body converted by two functions. */
export type Settled<E extends ResidueEntry, S extends Shifts, Needs extends string> = E extends unknown
  ? // The compiler reports the last branch: the pointers, not a map.
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

/** Renames and moves from a pointer of the older version only to one of the newer version only, and enumerations that narrowed. */
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

/** Earlier messages of the conversation that the sources read; the caller stores only these. */
export interface Needing<Needs extends Operation> {
  readonly needs?: readonly Needs[];
}
