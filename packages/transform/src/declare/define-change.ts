import type { ErrorCode, Version } from "@mojaloop-versioning/protocol";
import type { ComponentChange, Disposition, OperationChange } from "./change.ts";
import type { CheckedShifts, Heading, Needing, Settled, TypedHeaderChanges } from "./typed-change.ts";
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

/**
 * Declares how one operation changes between two neighbouring versions, in both directions. The compiler reports every pointer that
 * the generator found unsettled and the declaration does not settle, and every pointer that needs no settling.
 */
export function defineChange<
  R extends ResourceName,
  F extends FromVersion<R>,
  T extends ToVersion<R, F>,
  O extends OperationName<R, F, T>,
  const Rename extends Readonly<Record<string, string>> = Nothing,
  const Move extends Readonly<Record<string, string>> = Nothing,
  const EnumMap extends Readonly<Record<string, unknown>> = Nothing,
  Needs extends AnyOperation = never,
>(
  change: Heading &
    Needing<Needs> & {
      readonly resource: R;
      readonly from: F;
      readonly to: T;
      readonly operation: O;
    } & CheckedShifts<EntryOf<R, F, T, O>, { rename: Rename; move: Move; enumMap: EnumMap }> &
    Settled<EntryOf<R, F, T, O>, { rename: Rename; move: Move; enumMap: EnumMap }, Needs>,
): OperationChange {
  // A registry runs the same data without the types of the bodies.
  return change as unknown as OperationChange;
}

/** Declares how a component changes, once for every operation that contains it. `from` and `to` are versions of the API. */
export function defineComponentChange<
  A extends ApiName,
  F extends ComponentFrom<A>,
  T extends ComponentTo<A, F>,
  C extends ComponentName<A, F, T>,
  const Rename extends Readonly<Record<string, string>> = Nothing,
  const Move extends Readonly<Record<string, string>> = Nothing,
  const EnumMap extends Readonly<Record<string, unknown>> = Nothing,
  Needs extends AnyOperation = never,
>(
  change: Heading &
    Needing<Needs> & {
      readonly api: A;
      readonly from: F;
      readonly to: T;
      readonly component: C;
    } & CheckedShifts<ComponentEntry<A, F, T, C>, { rename: Rename; move: Move; enumMap: EnumMap }> &
    Settled<ComponentEntry<A, F, T, C>, { rename: Rename; move: Move; enumMap: EnumMap }, Needs>,
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
  F extends FromVersion<R>,
  T extends ToVersion<R, F>,
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
