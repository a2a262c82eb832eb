import type { Comparison } from "../compare/comparison.ts";
import type { ApiOperation } from "../read/api.ts";
import type { Drafts } from "./drafts.ts";

/** What the comparison of operations works with. */
export interface Setting {
  readonly comparison: Comparison;
  readonly drafts: Drafts;
  /** Numbers objects, so that they can be part of a key. */
  readonly number: (value: object) => number;
  /** Which party receives the body of an operation: the one asked, or the one that had asked. */
  readonly polarityOf: (operation: ApiOperation) => "request" | "response";
  /** `2026-11-21`: sunset dates before this day are in the past. */
  readonly today: string;
}

/** One operation as the base and as the revision has it. */
export interface OperationPair {
  readonly base: ApiOperation;
  readonly revision: ApiOperation;
}

/** The names of both. */
export function namesOf({ base, revision }: OperationPair): { base: string; revision: string } {
  return { base: base.name, revision: revision.name };
}

/** Numbers objects in the order in which it first sees them. */
export function createNumbering(): (value: object) => number {
  const numbers = new Map<object, number>();
  return (value) => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
}
