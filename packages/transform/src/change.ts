import type { ErrorCode, Operation, Version } from "@mojaloop-versioning/protocol";
import type { HeaderChanges } from "./headers.ts";
import type { Lanes } from "./lane.ts";
import type { Pointer } from "./pointer.ts";
import type { ResidueTable } from "./residue.ts";

/** Where a value can come from; the sources of a pointer are asked in order until one answers with a fitting value. */
export type Source =
  | { readonly derive: (owner: never, value: unknown, earlier: never) => unknown; readonly note?: string }
  | { readonly lookup: string; readonly note?: string }
  | { readonly ids: true; readonly note?: string }
  | { readonly value: unknown; readonly note?: string }
  | RefuseSource;

/** The end of a list of sources: none answered, the message is refused. */
export interface RefuseSource {
  readonly refuse: ErrorCode;
  readonly message?: string;
}

/** What becomes of a value that the target cannot say. */
export type Disposal =
  | "drop"
  | "stash"
  | "refuse"
  | { readonly refuse: ErrorCode; readonly message: string; readonly unlessStashed?: boolean };

/** `error` is answered to the sender; `swallow` is acknowledged and goes no further, because the receiver never asked for it. */
export type Disposition = "error" | "swallow";

/** How one direction of a change is settled. */
export interface Settlement {
  readonly fill?: Readonly<Record<Pointer, readonly Source[]>>;
  readonly lose?: Readonly<Record<Pointer, Disposal>>;
  /** The operation does not exist in the target: every message is refused. */
  readonly refuse?: ErrorCode;
  readonly message?: string;
  readonly disposition?: Disposition;
}

interface Declared {
  readonly id: string;
  readonly from: Version;
  readonly to: Version;
  readonly title: string;
  readonly because: string;
  /** Earlier messages of the conversation that the sources need, by operation; the caller stores just those. */
  readonly needs?: readonly Operation[];
  readonly up?: Settlement;
  readonly down?: Settlement;
  /** Older pointer to the new name of that member. */
  readonly rename?: Readonly<Record<Pointer, string>>;
  /** Older pointer to newer pointer. */
  readonly move?: Readonly<Record<Pointer, Pointer>>;
  /** Pairs of values that mean the same: older, newer. */
  readonly enumMap?: Readonly<Record<Pointer, readonly (readonly [older: unknown, newer: unknown])[]>>;
  readonly map?: {
    readonly up?: (body: never, earlier: never) => unknown;
    readonly down?: (body: never, earlier: never) => unknown;
  };
}

/** A difference in one operation of a resource, settled both ways. */
export interface OperationChange extends Declared {
  readonly resource: string;
  readonly operation: Operation;
  readonly headers?: HeaderChanges;
}

/** A difference in a component, settled once for every operation that holds it. */
export interface ComponentChange extends Declared {
  readonly api: string;
  readonly component: string;
}

/** The versions of an API as the generator compared them: tells a registry which operations there are and what is unsettled. */
export interface Steps {
  readonly id: string;
  readonly steps: ResidueTable;
  /** Generated code for the plain case, of use while the registry has the very changes it was generated from. */
  readonly lanes?: Lanes | undefined;
  /** What stands before the path of every operation, for an API that says its version there: `/v1`. */
  readonly basePaths?: Readonly<Record<Version, string>>;
}

/** What a registry is made of. Plain data: `defineChange` types it, any object of this shape will do. */
export type Change = OperationChange | ComponentChange | Steps;
