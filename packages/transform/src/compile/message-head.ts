import type { CompiledStep } from "./compiled-step.ts";
import type { ConversionContext } from "./conversion-context.ts";
import { note, type Run } from "./run.ts";

/** The parts of a message besides its body: path parameters, query and headers. */
export type MessageHead = {
  readonly [Part in "params" | "query" | "headers"]?: ConversionContext[Part] | undefined;
};

/** Whether a step can change anything in the head of a message. */
export function changesHead({ params, renamedParams, droppedQuery, headers }: CompiledStep): boolean {
  return params.length + renamedParams.length + droppedQuery.length + headers.length > 0;
}

/** Converts the head of a message to the target version of a step; unchanged parts are the same objects. */
export function convertHead(head: MessageHead, step: CompiledStep, run: Run): MessageHead {
  let { headers } = head;
  const params = head.params && convertParams(head.params, step, run);
  const query = head.query && convertQuery(head.query, step, run);
  if (headers) for (const visit of step.headers) headers = visit(headers, run);
  return { params, query, headers };
}

function convertParams(
  params: Readonly<Record<string, string>>,
  step: CompiledStep,
  run: Run,
): Readonly<Record<string, string>> {
  let next = params;
  for (const [name, visit] of step.params) {
    if (!Object.hasOwn(next, name)) continue;
    const before = next[name];
    const after = visit(before, run);
    if (after !== before && typeof after === "string") next = { ...next, [name]: after };
  }
  for (const [from, to] of step.renamedParams) {
    const { [from]: value, ...others } = next;
    if (value !== undefined) next = { ...others, [to]: value };
  }
  return next;
}

function convertQuery(
  query: Readonly<Record<string, string>>,
  step: CompiledStep,
  run: Run,
): Readonly<Record<string, string>> {
  let next = query;
  for (const name of step.droppedQuery) {
    const { [name]: value, ...others } = next;
    if (value === undefined) continue;
    note(run, "dropped", { changeId: step.changes[0] ?? "query", template: `?${name}` });
    next = others;
  }
  return next;
}
