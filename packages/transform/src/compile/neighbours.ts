import type { Operation } from "@mojaloop-versioning/protocol";
import type {
  Facts,
  OperationResidue,
  ResidueStep,
  ResidueTable,
  Unsettled,
} from "@mojaloop-versioning/types";
import type { FastPaths } from "../values/fast-path.ts";

/** The residue between two neighbouring versions of a resource: that of the published versions, with proposals merged in. */
export interface NeighbourResidue {
  /** By operation without the names of its path parameters. */
  readonly operations: ReadonlyMap<string, OperationResidue>;
  readonly definitions: Readonly<Record<string, Facts>>;
  /** Unsettled pointers of components. */
  readonly components: Readonly<Record<string, BothDirections>>;
  /** The compared documents. */
  readonly documents: readonly { readonly api: string; readonly from: string; readonly to: string }[];
  readonly tables: readonly ResidueTable[];
  /** Generated code; there is none where several residues are merged. */
  readonly fastPaths: FastPaths | undefined;
}

/** Unsettled pointers of both directions. */
export interface BothDirections {
  readonly up?: Unsettled;
  readonly down?: Unsettled;
}

/** One step of a residue table, with the table. */
export interface ResidueSource {
  readonly step: ResidueStep;
  readonly table: ResidueTable;
  readonly fastPaths: FastPaths | undefined;
}

/** An operation without the names of its path parameters, which can differ between versions. */
export function unnamed(operation: Operation): string {
  return operation.replaceAll(/\{[^}]*\}/g, "{}");
}

/** Merges the residues of several comparisons of the same two versions. */
export function mergeResidues(sources: readonly ResidueSource[]): NeighbourResidue | undefined {
  if (sources.length === 0) return undefined;
  const operations = new Map<string, OperationResidue>();
  const components: Record<string, BothDirections> = {};
  for (const { step, table } of sources) {
    for (const [operation, residue] of Object.entries(step.operations)) {
      const key = unnamed(operation as Operation); // the keys of a step are operations by its declaration
      const known = operations.get(key);
      operations.set(key, known ? mergeOperations(known, residue) : residue);
    }
    for (const [name, residue] of Object.entries(table.components[step.api.join(">")] ?? {})) {
      components[name] = mergeDirections(components[name] ?? {}, residue);
    }
  }
  const definitions = Object.assign({}, ...sources.map(({ table }) => table.definitions)) as Record<
    string,
    Facts
  >;
  return {
    operations,
    definitions,
    components,
    documents: sources.map(({ step, table }) => ({ api: table.api, from: step.api[0], to: step.api[1] })),
    tables: sources.map(({ table }) => table),
    fastPaths: sources.length === 1 ? sources[0]?.fastPaths : undefined,
  };
}

function mergeOperations(a: OperationResidue, b: OperationResidue): OperationResidue {
  const { in: where, ...rest } = { ...a, ...b };
  return {
    ...rest,
    ...mergeDirections(a, b),
    ...(a.in === b.in && where && { in: where }),
    holds: { ...a.holds, ...b.holds },
    params: { ...a.params, ...b.params },
    renamedParams: { ...a.renamedParams, ...b.renamedParams },
  };
}

function mergeDirections(a: BothDirections, b: BothDirections): BothDirections {
  return { up: mergeUnsettled(a.up, b.up), down: mergeUnsettled(a.down, b.down) };
}

function mergeUnsettled(a: Unsettled = {}, b: Unsettled = {}): Unsettled {
  return { sources: { ...a.sources, ...b.sources }, disposals: { ...a.disposals, ...b.disposals } };
}
