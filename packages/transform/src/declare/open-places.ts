import type { Direction } from "./direction.ts";
import type { ResidueEntry } from "./residues.ts";

/** The renames, moves (older to newer) and mapped enumerations of a declaration. */
export interface Shifts {
  readonly rename: Readonly<Record<string, string>>;
  readonly move: Readonly<Record<string, string>>;
  readonly enumMap: Readonly<Record<string, unknown>>;
}

/** What a declaration settles: the keys of its `fill` and `lose`, its refusals, its `map` and its shifts; `never` for what is absent. */
export interface Settled extends Shifts {
  readonly upFill: string;
  readonly upLose: string;
  readonly upRefuse: string;
  readonly downFill: string;
  readonly downLose: string;
  readonly downRefuse: string;
  readonly map: string;
}

/** The pointer of a renamed member. */
export type RenamedTo<R extends Readonly<Record<string, string>>> = {
  [P in keyof R & string]: `${ParentOf<P>}/${R[P]}`;
}[keyof R & string];
type ParentOf<P extends string> = P extends `/${infer Head}/${infer Rest}`
  ? `/${Head}${ParentOf<`/${Rest}`>}`
  : "";

type ShiftedOlder<S extends Shifts> = keyof S["rename"] | keyof S["move"];
type ShiftedNewer<S extends Shifts> = RenamedTo<S["rename"]> | S["move"][keyof S["move"]];

/** The pointers that an entry lets a declaration fill in a direction: its own, and those of its components. */
export type Fillable<E extends ResidueEntry, D extends Direction> = E extends unknown
  ? E[D]["sources"] | Held<E, D, "sources">
  : never;

/** The pointers that an entry lets a declaration lose in a direction. */
export type Losable<E extends ResidueEntry, D extends Direction> = E extends unknown
  ? E[D]["disposals"] | Held<E, D, "disposals">
  : never;

type Held<E extends ResidueEntry, D extends Direction, K extends "sources" | "disposals"> =
  E["held"] extends Readonly<Record<D, Readonly<Record<K, infer P extends string>>>> ? P : never;

/**
 * One sentence for each place that a declaration leaves open, or `never`. Where a proposal has the number of a published version, it is
 * enough to settle one of the two.
 */
export type OpenPlaces<E extends ResidueEntry, S extends Settled> = [E] extends [never]
  ? never
  : "settled" extends PlacesOf<E, S>
    ? never
    : [Exclude<PlacesOf<E, S>, "foreign">] extends [never]
      ? "settle the pointers of one version only"
      : Exclude<PlacesOf<E, S>, "foreign">;

// An entry that lacks a settled pointer is not the one that the declaration means.
type PlacesOf<E extends ResidueEntry, S extends Settled> = E extends unknown
  ? [ForeignPointers<E, S>] extends [never]
    ? [PlacesIn<E, S>] extends [never]
      ? "settled"
      : PlacesIn<E, S>
    : "foreign"
  : never;

type ForeignPointers<E extends ResidueEntry, S extends Settled> =
  | Exclude<S["upFill"], Fillable<E, "up">>
  | Exclude<S["upLose"], Losable<E, "up">>
  | Exclude<S["downFill"], Fillable<E, "down">>
  | Exclude<S["downLose"], Losable<E, "down">>;

type PlacesIn<E extends ResidueEntry, S extends Settled> = WrongShifts<E, S> | UnsettledIn<E, S>;

type UnsettledIn<E extends ResidueEntry, S extends Settled> = E["in"] extends "both"
  ? [S["map"]] extends [never]
    ? | Pointers<E, "up", S, S["upFill"], S["upLose"]>
      | Pointers<E, "down", S, S["downFill"], S["downLose"]>
      | Needless<S>
    : [S["upFill"] | S["upLose"] | S["downFill"] | S["downLose"]] extends [never]
      ? never
      : "remove up and down: map converts the whole value"
  : E["in"] extends "older"
    ? Refused<S["upRefuse"], "set up.refuse: the newer version does not have this operation">
    : Refused<S["downRefuse"], "set down.refuse: the older version does not have this operation">;

type Pointers<
  E extends ResidueEntry,
  D extends Direction,
  S extends Shifts,
  Fill extends string,
  Lose extends string,
> =
  | Sentences<Exclude<OpenSources<E, D, S>, Fill>, `${D}.fill`>
  | Sentences<Exclude<OpenDisposals<E, D, S>, Lose>, `${D}.lose`>;

type Sentences<P, Where extends string> = P extends ""
  ? `settle "" (the whole value) in ${Where}`
  : P extends string
    ? `settle ${P} in ${Where}`
    : never;

type OpenSources<E extends ResidueEntry, D extends Direction, S extends Shifts> = Exclude<
  E[D]["sources"],
  keyof S["enumMap"] | (D extends "up" ? ShiftedNewer<S> : ShiftedOlder<S>)
>;
type OpenDisposals<E extends ResidueEntry, D extends Direction, S extends Shifts> = Exclude<
  E[D]["disposals"],
  D extends "up" ? ShiftedOlder<S> : ShiftedNewer<S>
>;

type WrongShifts<E extends ResidueEntry, S extends Shifts> =
  | {
      [P in keyof S["rename"] & string]: WrongMove<E, P, RenamedTo<Pick<S["rename"], P>>, "rename">;
    }[keyof S["rename"] & string]
  | { [P in keyof S["move"] & string]: WrongMove<E, P, S["move"][P], "move"> }[keyof S["move"] & string]
  | Sentence<
      "enumMap",
      Exclude<keyof S["enumMap"], E["up"]["sources"] | E["down"]["sources"]>,
      "both versions have the same values"
    >;

type WrongMove<
  E extends ResidueEntry,
  From extends string,
  To,
  Word extends string,
> = From extends E["up"]["disposals"]
  ? To extends E["down"]["disposals"]
    ? UpToLastItem<From> extends UpToLastItem<To>
      ? never
      : Sentence<Word, From, "a value cannot leave its array item">
    : Sentence<Word, From, `${To & string} is not new in the newer version`>
  : Sentence<Word, From, "the newer version has this pointer, too">;

type UpToLastItem<P> = P extends `${infer Before}/*${infer After}` ? `${Before}/*${UpToLastItem<After>}` : "";
type Sentence<Word extends string, P, Reason extends string> = P extends string
  ? `correct ${Word} ${P}: ${Reason}`
  : never;

type Refused<Code extends string, Otherwise extends string> = [Code] extends [never] ? Otherwise : never;
type Needless<S extends Settled> = [S["upRefuse"] | S["downRefuse"]] extends [never]
  ? never
  : "remove refuse: both versions have this operation";
