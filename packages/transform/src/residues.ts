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

/** The same for components. */
export interface ComponentResidues {
  fspiop: FspiopComponents;
  settlement: SettlementComponents;
}

/** What the generator says of one operation or component; `in` tells where it exists. */
export interface ResidueEntry {
  readonly in: "both" | "older" | "newer";
  readonly older: unknown;
  readonly newer: unknown;
  readonly up: Sides;
  readonly down: Sides;
  readonly held?: { readonly up: Sides; readonly down: Sides };
}

/** Unions of pointers. */
export interface Sides {
  readonly sources: string;
  readonly disposals: string;
}

type Books = Residues[keyof Residues];

// Each of the following asks every book, so that a proposal may stand beside the published version of the same number.
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
export type BodyOf<O> =
  Extract<BodiesIn<Books, O>, ResidueEntry> extends infer E
    ? E extends ResidueEntry
      ? E["older"] | E["newer"]
      : never
    : never;

/** Every operation of the books. */
export type AnyOperation = Books extends infer B
  ? B extends unknown
    ? { [R in keyof B]: { [S in keyof B[R]]: keyof B[R][S] }[keyof B[R]] }[keyof B] & Operation
    : never
  : never;

/** Resources that have more than one version. */
export type ResourceName = ResourcesIn<Books>;
/** Older versions of a resource's steps. */
export type FromVersion<R> =
  StepsIn<Books, R> extends infer S ? (S extends `${infer F}>${string}` ? F : never) : never;
/** Versions that one step leads to. */
export type ToVersion<R, F extends string> =
  StepsIn<Books, R> extends infer S ? (S extends `${F}>${infer T}` ? T : never) : never;
/** Operations of either version. */
export type OperationName<R, F extends string, T extends string> = OperationsIn<Books, R, `${F}>${T}`> &
  string;
/** What is unsettled there: one entry, or several where a proposal shares the number of a published version. */
export type EntryOf<R, F extends string, T extends string, O> = Extract<
  EntriesIn<Books, R, `${F}>${T}`, O>,
  ResidueEntry
>;

export type ApiName = keyof ComponentResidues;
type PairsOf<A extends ApiName> = keyof ComponentResidues[A];
export type ComponentFrom<A extends ApiName> =
  PairsOf<A> extends infer S ? (S extends `${infer F}>${string}` ? F : never) : never;
export type ComponentTo<A extends ApiName, F extends string> =
  PairsOf<A> extends infer S ? (S extends `${F}>${infer T}` ? T : never) : never;
export type ComponentName<A extends ApiName, F extends string, T extends string> = OperationsIn<
  { x: ComponentResidues[A] },
  "x",
  `${F}>${T}`
> &
  string;
export type ComponentEntry<A extends ApiName, F extends string, T extends string, C> = Extract<
  EntriesIn<{ x: ComponentResidues[A] }, "x", `${F}>${T}`, C>,
  ResidueEntry
>;
