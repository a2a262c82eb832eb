import type { ConversionContext } from "./context.ts";
import type { Leg } from "./leg.ts";
import { note, type Run } from "./run.ts";

/** What a message is beside its body. */
export type Around = {
  readonly [Part in "params" | "query" | "headers"]?: ConversionContext[Part] | undefined;
};

/** Whether a leg does anything to what is around the body. */
export function touchesAround({ params, renamedParams, droppedQuery, headers }: Leg): boolean {
  return params.length + renamedParams.length + droppedQuery.length + headers.length > 0;
}

/** Says what is around a body in the version that a leg leads to; the same parts where nothing changes. */
export function convertAround(around: Around, leg: Leg, run: Run): Around {
  let { headers } = around;
  const params = around.params && convertParams(around.params, leg, run);
  const query = around.query && convertQuery(around.query, leg, run);
  if (headers) for (const visit of leg.headers) headers = visit(headers, run);
  return { params, query, headers };
}

function convertParams(
  params: Readonly<Record<string, string>>,
  leg: Leg,
  run: Run,
): Readonly<Record<string, string>> {
  let next = params;
  for (const [name, visit] of leg.params) {
    if (!Object.hasOwn(next, name)) continue;
    const before = next[name];
    const after = visit(before, run);
    if (after !== before && typeof after === "string") next = { ...next, [name]: after };
  }
  for (const [from, to] of leg.renamedParams) {
    const { [from]: value, ...others } = next;
    if (value !== undefined) next = { ...others, [to]: value };
  }
  return next;
}

function convertQuery(
  query: Readonly<Record<string, string>>,
  leg: Leg,
  run: Run,
): Readonly<Record<string, string>> {
  let next = query;
  for (const name of leg.droppedQuery) {
    const { [name]: value, ...others } = next;
    if (value === undefined) continue;
    note(run, "dropped", leg.changes[0] ?? "query", `?${name}`);
    next = others;
  }
  return next;
}
