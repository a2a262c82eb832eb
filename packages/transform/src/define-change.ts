import type { ErrorCode, Version } from "@mojaloop-versioning/protocol";
import type { ComponentChange, Disposition, OperationChange } from "./change.ts";
import type { CheckedShifts, Heading, Needing, Settled, TypedHeaderChanges } from "./declaration.ts";
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
/** No shift was written: it has no pointer for a key. */
type Nothing = { readonly [none]?: never };

/**
 * Declares how one operation changes between two neighbouring versions, both ways. What the generator found unsettled and the
 * declaration does not settle is an error of the compiler; so is a pointer that needs no settling.
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
  // What a registry runs is the same data with the types of the bodies left out.
  return change as unknown as OperationChange;
}

/** Declares how a component changes, once for every operation that holds it. `from` and `to` are versions of the API. */
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

/** Declares that a resource comes with a version: towards the older one every message of it is refused. */
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

/** Declares what a change of version does to headers: of every operation of a resource, or of one. */
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

/** Stands for every operation of a resource. */
export const EVERY_OPERATION = "* /*";
