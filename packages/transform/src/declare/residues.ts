import type { Operation } from "@mojaloop-versioning/protocol";
import type {
  ComponentResidue as FspiopComponents,
  Residue as FspiopResidue,
} from "@mojaloop-versioning/types/fspiop/residue";
import type {
  ComponentResidue as SettlementComponents,
  Residue as SettlementResidue,
} from "@mojaloop-versioning/types/settlement/residue";
import type { Residue as TransferQuoteIdResidue } from "@mojaloop-versioning/types/proposals/transfer-quote-id/residue";

/**
 * What each change of version leaves unsettled, as the generator found it. Merge your own API in to have its changes checked:
 * `declare module "@mojaloop-versioning/transform" { interface Residues { mine: MyResidue } }`.
 */
export interface Residues {
  fspiop: FspiopResidue;
  settlement: SettlementResidue;
  transferQuoteId: TransferQuoteIdResidue;
}

/** What each change of version leaves unsettled in components. */
export interface ComponentResidues {
  fspiop: FspiopComponents;
  settlement: SettlementComponents;
}

/** What the generator found in one operation or component; `in` is where it exists. */
export interface ResidueEntry {
  readonly in: "both" | "older" | "newer";
  readonly older: unknown;
  readonly newer: unknown;
  readonly up: UnsettledPointers;
  readonly down: UnsettledPointers;
  readonly held?: { readonly up: UnsettledPointers; readonly down: UnsettledPointers };
}

/** The pointers that need a source and those that need a disposal, as unions. */
export interface UnsettledPointers {
  readonly sources: string;
  readonly disposals: string;
}

type AllResidues = Residues[keyof Residues];

// Each of the following looks in all residues, so that a proposal can exist beside the published version of the same number.
type ResourcesIn<B> = B extends unknown ? keyof B : never;
type StepsIn<B, R> = B extends unknown ? (R extends keyof B ? keyof B[R] : never) : never;
type OperationsIn<B, R, S> = B extends unknown
  ? R extends keyof B
    ? S extends keyof B[R]
      ? keyof B[R][S]
      : never
    : never
  : never;
type EntriesIn<B, R, S, O> = B extends unknown
  ? R extends keyof B
    ? S extends keyof B[R]
      ? O extends keyof B[R][S]
        ? B[R][S][O]
        : never
      : never
    : never
  : never;

type BodiesIn<B, O> = B extends unknown
  ? {
      [R in keyof B]: { [S in keyof B[R]]: O extends keyof B[R][S] ? B[R][S][O] : never }[keyof B[R]];
    }[keyof B]
  : never;
/** The body of an operation in any of its versions. */
export type OperationBody<O> =
  Extract<BodiesIn<AllResidues, O>, ResidueEntry> extends infer E
    ? E extends ResidueEntry
      ? E["older"] | E["newer"]
      : never
    : never;

/** Every operation of every API. */
export type AnyOperation = AllResidues extends infer B
  ? B extends unknown
    ? { [R in keyof B]: { [S in keyof B[R]]: keyof B[R][S] }[keyof B[R]] }[keyof B] & Operation
    : never
  : never;

/** Resources that have more than one version. */
export type ResourceName = ResourcesIn<AllResidues>;
/** Older versions of a resource's steps. */
export type FromVersion<R> =
  StepsIn<AllResidues, R> extends infer S ? (S extends `${infer F}>${string}` ? F : never) : never;
/** The newer version of a step from an older one. */
export type ToVersion<R, F extends string> =
  StepsIn<AllResidues, R> extends infer S ? (S extends `${F}>${infer T}` ? T : never) : never;
/** Operations of either version. */
export type OperationName<R, F extends string, T extends string> = OperationsIn<AllResidues, R, `${F}>${T}`> &
  string;
/** The unsettled pointers of an operation: one entry, or several where a proposal has the number of a published version. */
export type EntryOf<R, F extends string, T extends string, O> = Extract<
  EntriesIn<AllResidues, R, `${F}>${T}`, O>,
  ResidueEntry
>;

/** APIs whose components have residues. */
export type ApiName = keyof ComponentResidues;
type PairsOf<A extends ApiName> = keyof ComponentResidues[A];
/** Older document versions of an API. */
export type ComponentFrom<A extends ApiName> =
  PairsOf<A> extends infer S ? (S extends `${infer F}>${string}` ? F : never) : never;
/** The newer document version of a step from an older one. */
export type ComponentTo<A extends ApiName, F extends string> =
  PairsOf<A> extends infer S ? (S extends `${F}>${infer T}` ? T : never) : never;
/** Components that differ between two document versions. */
export type ComponentName<A extends ApiName, F extends string, T extends string> = OperationsIn<
  { x: ComponentResidues[A] },
  "x",
  `${F}>${T}`
> &
  string;
/** The unsettled pointers of a component. */
export type ComponentEntry<A extends ApiName, F extends string, T extends string, C> = Extract<
  EntriesIn<{ x: ComponentResidues[A] }, "x", `${F}>${T}`, C>,
  ResidueEntry
>;
