import { isJsonObject, type Version } from "@mojaloop-versioning/protocol";
import type { CompiledStep } from "../compile/compiled-step.ts";
import { withItem, withOwnMember, without } from "../values/copies.ts";
import { pointerOf, segmentsOf, templateOf } from "../values/pointer.ts";
import { note, type Run } from "../compile/run.ts";
import { parseStash, STASH, storeKey, unpack } from "./stash.ts";

/** Takes the stash out of a message, or out of the caller's store, so that the steps of this conversion can restore it. */
export function takeStash(
  body: unknown,
  run: Run,
  place: readonly string[] | undefined,
  source: Version,
): unknown {
  const unpacked = place === undefined ? undefined : unpack(body, place);
  if (unpacked) {
    note(run, unpacked.stale ? "dropped" : "changed", { changeId: STASH, template: pointerOf(place ?? []) });
    // A value that has a place in the source version would be in the message; a stash of one is not ours.
    run.carried = unpacked.stashed && without(unpacked.stashed, source);
    return unpacked.body;
  }
  const { stash } = run.context;
  if (typeof stash === "object") {
    const text = stash.get(storeKey(body));
    const stashed = text === undefined ? undefined : parseStash(text);
    run.carried = stashed && without(stashed, source);
  }
  return body;
}

/**
 * Restores stashed values that have a place in the target version. A stash comes from outside: only declared pointers and values that
 * fit are restored. Called before the step, so that a stashed value precedes other sources, and after it for places that the step
 * creates.
 */
export function restore(body: unknown, step: CompiledStep, run: Run, when: "before" | "after"): unknown {
  const values = run.carried?.[step.to];
  if (!values || !run.carried) return body;
  let next = body;
  let left = values;
  for (const [pointer, value] of Object.entries(values)) {
    const fits = step.restorable.get(templateOf(pointer));
    const restored = fits?.(value) ? putBack(next, segmentsOf(pointer), value) : next;
    if (restored !== next) left = without(left, pointer);
    if (restored !== next || when === "after")
      note(run, restored === next ? "dropped" : "restored", { changeId: STASH, template: pointer });
    next = restored;
  }
  const others = without(run.carried, step.to);
  if (when === "before") run.carried = { ...others, [step.to]: left };
  else run.carried = Object.keys(others).length > 0 ? others : undefined;
  return next;
}

// The recursion is as deep as a declared pointer, since the segments match one.
function putBack(body: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return body === undefined ? value : body;
  if (Array.isArray(body)) {
    const index = Number(key);
    if (!(index < body.length)) return body;
    const before: unknown = body[index];
    const after = putBack(before, rest, value);
    return after === before ? body : withItem(body, index, after);
  }
  if (!isJsonObject(body)) return body;
  const before = Object.hasOwn(body, key) ? body[key] : undefined;
  if (rest.length > 0 && before === undefined) return body;
  const after = putBack(before, rest, value);
  return after === before ? body : withOwnMember(body, key, after);
}
