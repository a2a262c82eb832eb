import type { Operation } from "@mojaloop-versioning/protocol";
import type { Lanes } from "./lane.ts";
import type { Facts, OperationResidue, ResidueTable, Step, Unsettled } from "./residue.ts";

/** What comparisons found between two neighbouring versions of a resource: the published one, and proposals on top of it. */
export interface Compared {
  /** By operation without the names of its path parameters. */
  readonly operations: ReadonlyMap<string, OperationResidue>;
  readonly definitions: Readonly<Record<string, Facts>>;
  /** What is unsettled in components. */
  readonly components: Readonly<Record<string, BothWays>>;
  /** The documents that were compared. */
  readonly documents: readonly { readonly api: string; readonly from: string; readonly to: string }[];
  readonly tables: readonly ResidueTable[];
  /** Generated code; there is none for several comparisons over one another. */
  readonly lanes: Lanes | undefined;
}

/** What is unsettled, both ways. */
export interface BothWays {
  readonly up?: Unsettled;
  readonly down?: Unsettled;
}

/** One comparison, and the table it comes from. */
export interface Comparison {
  readonly step: Step;
  readonly table: ResidueTable;
  readonly lanes: Lanes | undefined;
}

/** An operation without the names of its path parameters, which two versions may spell differently. */
export function unnamed(operation: Operation): string {
  return operation.replaceAll(/\{[^}]*\}/g, "{}");
}

/** Lays comparisons of the same two versions over one another. */
export function mergeComparisons(comparisons: readonly Comparison[]): Compared | undefined {
  if (comparisons.length === 0) return undefined;
  const operations = new Map<string, OperationResidue>();
  const components: Record<string, BothWays> = {};
  for (const { step, table } of comparisons) {
    for (const [operation, residue] of Object.entries(step.operations)) {
      const key = unnamed(operation as Operation); // the keys of a step are operations by its declaration
      const known = operations.get(key);
      operations.set(key, known ? mergeOperations(known, residue) : residue);
    }
    for (const [name, residue] of Object.entries(table.components[step.api.join(">")] ?? {})) {
      components[name] = mergeBothWays(components[name] ?? {}, residue);
    }
  }
  return {
    operations,
    definitions: Object.assign({}, ...comparisons.map(({ table }) => table.definitions)) as Record<
      string,
      Facts
    >,
    components,
    documents: comparisons.map(({ step, table }) => ({ api: table.api, from: step.api[0], to: step.api[1] })),
    tables: comparisons.map(({ table }) => table),
    lanes: comparisons.length === 1 ? comparisons[0]?.lanes : undefined,
  };
}

function mergeOperations(a: OperationResidue, b: OperationResidue): OperationResidue {
  const { in: where, ...rest } = { ...a, ...b };
  return {
    ...rest,
    ...mergeBothWays(a, b),
    ...(a.in === b.in && where && { in: where }),
    holds: { ...a.holds, ...b.holds },
    params: { ...a.params, ...b.params },
    renamedParams: { ...a.renamedParams, ...b.renamedParams },
  };
}

function mergeBothWays(a: BothWays, b: BothWays): BothWays {
  return { up: mergeUnsettled(a.up, b.up), down: mergeUnsettled(a.down, b.down) };
}

function mergeUnsettled(a: Unsettled = {}, b: Unsettled = {}): Unsettled {
  return { sources: { ...a.sources, ...b.sources }, disposals: { ...a.disposals, ...b.disposals } };
}
