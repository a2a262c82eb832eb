import type { Operation, Version } from "@mojaloop-versioning/protocol";
import type { OperationResidue } from "@mojaloop-versioning/types";
import type { ComponentChange, OperationChange } from "../declare/change.ts";
import type { Direction } from "../declare/direction.ts";
import type { FastPaths } from "../values/fast-path.ts";
import type { Pointer } from "../values/pointer.ts";
import type { ConversionClass } from "./conversion-context.ts";
import type { HeaderVisit } from "./header-visits.ts";
import type { NeighbourResidue } from "./neighbours.ts";
import type { ValueCheck } from "./value-check.ts";
import type { WalkStop, Visit } from "./visit.ts";
import type { WholeRefusal } from "./whole-refusal.ts";

/** One operation between two neighbouring versions, in one direction, with its residue and its changes. */
export interface StepPlan {
  readonly resource: string;
  readonly operation: Operation;
  readonly direction: Direction;
  readonly from: Version;
  readonly to: Version;
  readonly residue: OperationResidue | undefined;
  /** The residue of the whole resource, which the operation's is part of. */
  readonly neighbours: NeighbourResidue | undefined;
  readonly changes: readonly OperationChange[];
  readonly componentChanges: readonly ComponentChange[];
}

/** A compiled step: one operation between two neighbouring versions, in one direction. */
export interface CompiledStep {
  readonly from: Version;
  readonly to: Version;
  readonly class: ConversionClass;
  readonly refusal?: WholeRefusal;
  /** The source version does not have the operation, so there are no such messages. */
  readonly absent: boolean;
  readonly visit: Visit | undefined;
  /** The same as single visits, if they can be made in one walk with those of the next step. */
  readonly stops?: readonly WalkStop[];
  /** Restores the newer form of ids, for a caller with an id map. */
  readonly newerIds: Visit | undefined;
  readonly params: readonly (readonly [name: string, visit: Visit])[];
  readonly renamedParams: readonly (readonly [from: string, to: string])[];
  readonly droppedQuery: readonly string[];
  readonly headers: readonly HeaderVisit[];
  /** Pointers (with `*`) that a stash may restore in the target version. */
  readonly restorable: ReadonlyMap<Pointer, ValueCheck>;
  /** How the opposite direction computes a value itself, by pointer, from the converted body. */
  readonly derivable: ReadonlyMap<Pointer, (body: unknown) => unknown>;
  /** The extension list of each version, if it has one. */
  readonly extensions: { readonly from: Pointer | undefined; readonly to: Pointer | undefined };
  readonly changes: readonly string[];
  readonly needs: readonly Operation[];
  /** Pointers whose values can cause a refusal. */
  readonly refuses: readonly Pointer[];
  /** Pointers that no change settles. */
  readonly missing: readonly Pointer[];
  /** Everything that the step was compiled from: the same objects that the registry was given. */
  readonly madeOf: readonly unknown[];
  /** Generated code for paths that begin with this step. */
  readonly fastPaths: FastPaths | undefined;
}
