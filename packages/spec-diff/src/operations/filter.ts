import { wildcard } from "../report/wildcard.ts";
import type { Api, ApiOperation } from "../read/api.ts";
import { tagsOf } from "./metadata.ts";

/** Which operations are compared; by default all of them. */
export interface OperationFilter {
  /** Paths with `*` for any text: `/transfers*`. One of them must fit. */
  readonly paths?: readonly string[];
  /** Paths that are left out. */
  readonly exceptPaths?: readonly string[];
  /** Tags; an operation must have one of them. */
  readonly tags?: readonly string[];
}

/** An API with only the operations that pass a filter. */
export function filterOperations(api: Api, { paths, exceptPaths = [], tags }: OperationFilter): Api {
  if (!paths && !tags && exceptPaths.length === 0) return api;
  const wanted = paths?.map(wildcard);
  const unwanted = exceptPaths.map(wildcard);
  const passes = ({ path, raw }: ApiOperation): boolean =>
    (wanted?.some((fits) => fits(path)) ?? true) &&
    !unwanted.some((fits) => fits(path)) &&
    (tags === undefined || tagsOf(raw).some((tag) => tags.includes(tag)));
  return {
    ...api,
    operations: new Map([...api.operations].filter(([, operation]) => passes(operation))),
    duplicates: api.duplicates.filter(passes),
  };
}
