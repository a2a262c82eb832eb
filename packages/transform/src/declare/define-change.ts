import type { ErrorCode, Version } from "@mojaloop-versioning/protocol";
import type { ComponentChange, Disposition, OperationChange } from "./change.ts";
import type { Direction } from "./direction.ts";
import type { Fillable, Losable } from "./open-places.ts";
import type {
  CheckedHeading,
  TypedShifts,
  Heading,
  Needing,
  TypedHeaderChanges,
  TypedMap,
  TypedRules,
} from "./typed-change.ts";
import type {
  AnyOperation,
  ApiName,
  ComponentEntry,
  ComponentFrom,
  ComponentName,
  ComponentTo,
  EntryOf,
  FromVersion,
  OperationName,
  ResourceName,
  ToVersion,
} from "./residues.ts";

declare const none: unique symbol;
// The default where no rename, move or enumMap is declared: an object without pointers.
type Nothing = { readonly [none]?: never };

// For a misspelt name the compiler infers the union of all names. Then it reports only that error, and no unsettled pointers.
type OfOne<Name, E, Names = Name> = [
  Name extends unknown ? ([Names] extends [Name] ? Name : never) : never,
] extends [never]
  ? never
  : E;

/**
 * Declares how one operation changes between two neighbouring versions, in both directions. If the generator found something unsettled
 * that the declaration does not settle, the compiler reports it at `id`: `settle /quoteId in up.fill`. It also reports pointers that
 * need no settling.
 */
export function defineChange<
  R extends ResourceName,
  const F extends FromVersion<R>,
  const T extends ToVersion<R, F>,
  const O extends OperationName<R, F, T>,
  UF extends Fillable<EntryOf<R, F, T, O>, "up"> = never,
  UL extends Losable<EntryOf<R, F, T, O>, "up"> = never,
  UR extends ErrorCode = never,
  DF extends Fillable<EntryOf<R, F, T, O>, "down"> = never,
  DL extends Losable<EntryOf<R, F, T, O>, "down"> = never,
  DR extends ErrorCode = never,
  Mapped extends Direction = never,
  const Rename extends Readonly<Record<string, string>> = Nothing,
  const Move extends Readonly<Record<string, string>> = Nothing,
  const EnumMap extends Readonly<Record<string, unknown>> = Nothing,
  Needs extends AnyOperation = never,
>(
  change: CheckedHeading<
    OfOne<R, OfOne<O, EntryOf<R, F, T, O>>>,
    {
      upFill: UF;
      upLose: UL;
      upRefuse: UR;
      downFill: DF;
      downLose: DL;
      downRefuse: DR;
      map: Mapped;
      rename: Rename;
      move: Move;
      enumMap: EnumMap;
    }
  > &
    Needing<Needs> &
    TypedShifts<EntryOf<R, F, T, O>, { rename: Rename; move: Move; enumMap: EnumMap }> & {
      readonly resource: R;
      readonly from: F;
      readonly to: T;
      readonly operation: O;
      readonly up?: TypedRules<EntryOf<R, F, T, O>, "up", UF, UL, UR, Needs>;
      readonly down?: TypedRules<EntryOf<R, F, T, O>, "down", DF, DL, DR, Needs>;
      readonly map?: TypedMap<EntryOf<R, F, T, O>, Mapped, Needs>;
    },
): OperationChange {
  // A registry runs the same data without the types of the bodies.
  return change as unknown as OperationChange;
}

/** Declares how a component changes, once for every operation that contains it. `from` and `to` are versions of the API. */
export function defineComponentChange<
  A extends ApiName,
  const F extends ComponentFrom<A>,
  const T extends ComponentTo<A, F>,
  const C extends ComponentName<A, F, T>,
  UF extends Fillable<ComponentEntry<A, F, T, C>, "up"> = never,
  UL extends Losable<ComponentEntry<A, F, T, C>, "up"> = never,
  UR extends ErrorCode = never,
  DF extends Fillable<ComponentEntry<A, F, T, C>, "down"> = never,
  DL extends Losable<ComponentEntry<A, F, T, C>, "down"> = never,
  DR extends ErrorCode = never,
  Mapped extends Direction = never,
  const Rename extends Readonly<Record<string, string>> = Nothing,
  const Move extends Readonly<Record<string, string>> = Nothing,
  const EnumMap extends Readonly<Record<string, unknown>> = Nothing,
  Needs extends AnyOperation = never,
>(
  change: CheckedHeading<
    OfOne<A, OfOne<C, ComponentEntry<A, F, T, C>>>,
    {
      upFill: UF;
      upLose: UL;
      upRefuse: UR;
      downFill: DF;
      downLose: DL;
      downRefuse: DR;
      map: Mapped;
      rename: Rename;
      move: Move;
      enumMap: EnumMap;
    }
  > &
    Needing<Needs> &
    TypedShifts<ComponentEntry<A, F, T, C>, { rename: Rename; move: Move; enumMap: EnumMap }> & {
      readonly api: A;
      readonly from: F;
      readonly to: T;
      readonly component: C;
      readonly up?: TypedRules<ComponentEntry<A, F, T, C>, "up", UF, UL, UR, Needs>;
      readonly down?: TypedRules<ComponentEntry<A, F, T, C>, "down", DF, DL, DR, Needs>;
      readonly map?: TypedMap<ComponentEntry<A, F, T, C>, Mapped, Needs>;
    },
): ComponentChange {
  // As above.
  return change as unknown as ComponentChange;
}

/** Declares that a resource is new in a version: a downgrade refuses every message of it. */
export function defineNewResource(
  change: Heading & {
    readonly resource: string;
    readonly from: Version;
    readonly to: Version;
    readonly down: {
      readonly refuse: ErrorCode;
      readonly message: string;
      readonly disposition?: Disposition;
    };
  },
): OperationChange {
  return { ...change, operation: EVERY_OPERATION };
}

/** Declares which headers differ between two versions: in every operation of a resource, or in one. */
export function defineHeaderChange<
  R extends ResourceName,
  const F extends FromVersion<R>,
  const T extends ToVersion<R, F>,
>(
  change: Heading & {
    readonly resource: R;
    readonly from: F;
    readonly to: T;
    readonly operation?: OperationName<R, F, T>;
    readonly headers: TypedHeaderChanges;
  },
): OperationChange {
  // As above.
  return { operation: EVERY_OPERATION, ...change } as OperationChange;
}

/** Every operation of a resource. */
export const EVERY_OPERATION = "* /*";
