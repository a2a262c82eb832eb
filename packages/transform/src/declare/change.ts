import type { ErrorCode, Operation, Version } from "@mojaloop-versioning/protocol";
import type { ResidueTable } from "@mojaloop-versioning/types";
import type { FastPaths } from "../values/fast-path.ts";
import type { Pointer } from "../values/pointer.ts";
import type { HeaderChanges } from "./header-changes.ts";

/** Where a value can come from. The sources of a pointer are tried in order until one returns a value that fits the target. */
export type Source =
  | { readonly derive: (owner: never, value: unknown, earlier: never) => unknown; readonly note?: string }
  | { readonly lookup: string; readonly note?: string }
  | { readonly ids: true; readonly note?: string }
  | { readonly value: unknown; readonly note?: string }
  | RefuseSource;

/** The last of a list of sources: no other source had a value, so the message is refused. */
export interface RefuseSource {
  readonly refuse: ErrorCode;
  readonly message?: string;
}

/** What happens to a value that has no place in the target version. */
export type Disposal =
  | "drop"
  | "stash"
  | "refuse"
  | { readonly refuse: ErrorCode; readonly message: string; readonly unlessStashed?: boolean };

/**
 * What a caller does with a refused message. `error`: answer the sender. `swallow`: acknowledge the message and do not forward it,
 * because the receiver's version has no such message.
 */
export type Disposition = "error" | "swallow";

/** How a change treats messages of one direction. */
export interface DirectionRules {
  /** Pointers that need a value, with their sources. */
  readonly fill?: Readonly<Record<Pointer, readonly Source[]>>;
  /** Pointers without a place in the target. */
  readonly lose?: Readonly<Record<Pointer, Disposal>>;
  /** The operation does not exist in the target: every message is refused. */
  readonly refuse?: ErrorCode;
  readonly message?: string;
  readonly disposition?: Disposition;
}

interface ChangeBase {
  readonly id: string;
  readonly from: Version;
  readonly to: Version;
  readonly title: string;
  readonly because: string;
  /** Earlier messages of the conversation that the sources read, by operation; the caller stores only these. */
  readonly needs?: readonly Operation[];
  readonly up?: DirectionRules;
  readonly down?: DirectionRules;
  /** Older pointer to the new name of that member. */
  readonly rename?: Readonly<Record<Pointer, string>>;
  /** Older pointer to newer pointer. */
  readonly move?: Readonly<Record<Pointer, Pointer>>;
  /** Pairs of values with the same meaning: older, newer. */
  readonly enumMap?: Readonly<Record<Pointer, readonly (readonly [older: unknown, newer: unknown])[]>>;
  readonly map?: {
    readonly up?: (body: never, earlier: never) => unknown;
    readonly down?: (body: never, earlier: never) => unknown;
  };
}

/** A difference in one operation of a resource, settled in both directions. */
export interface OperationChange extends ChangeBase {
  readonly resource: string;
  readonly operation: Operation;
  readonly headers?: HeaderChanges;
}

/** A difference in a component, settled once for every operation that contains it. */
export interface ComponentChange extends ChangeBase {
  readonly api: string;
  readonly component: string;
}

/** A change that a person wrote. */
export type DeclaredChange = OperationChange | ComponentChange;

/** The generator's comparison of the versions of one API: which operations exist, and what each step leaves unsettled. */
export interface ApiComparison {
  readonly id: string;
  readonly residue: ResidueTable;
  /** Generated code for the plain case, used while the registry holds exactly the changes that it was generated from. */
  readonly fastPaths?: FastPaths | undefined;
  /** The path prefix of each version, for an API with the version in its path: `/v1`. */
  readonly basePaths?: Readonly<Record<Version, string>>;
}

/** What a registry is made of. Plain data: `defineChange` checks the types, and any object of this shape is accepted. */
export type Change = DeclaredChange | ApiComparison;

/** Whether a change is a declaration rather than the generator's comparison. */
export function isDeclared(change: Change): change is DeclaredChange {
  return !isComparison(change);
}

/** Whether a change is the generator's comparison rather than a declaration. */
export function isComparison(change: Change): change is ApiComparison {
  return "residue" in change;
}
