import type { Version } from "@mojaloop-versioning/protocol";
import type { Leg } from "./leg.ts";
import { isObject, withItem, withMember, without } from "./json.ts";
import { pointerOf, segmentsOf, templateOf } from "./pointer.ts";
import { note, type Run } from "./run.ts";
import { parse, STASH, storeKey, unpack } from "./stash.ts";

/** Takes the stash out of a message, or out of the caller's store, for this conversion and those after it to put back. */
export function takeStash(
  body: unknown,
  run: Run,
  place: readonly string[] | undefined,
  departure: Version,
): unknown {
  const unpacked = place === undefined ? undefined : unpack(body, place);
  if (unpacked) {
    if (unpacked.stale) note(run, "dropped", STASH, pointerOf(place ?? []));
    // What the version left can say, it would be saying: a stash of it is none of ours.
    run.carried = unpacked.stashed && without(unpacked.stashed, departure);
    return unpacked.body;
  }
  const { stash } = run.context;
  if (typeof stash === "object") {
    const text = stash.get(storeKey(body));
    const stashed = text === undefined ? undefined : parse(text);
    run.carried = stashed && without(stashed, departure);
  }
  return body;
}

/**
 * Puts back what the version arrived at can say. A stash comes from outside: only declared pointers and fitting values count. Done
 * before the leg, so that a value kept wins over one found elsewhere, and after it for what the leg had to make room for.
 */
export function restore(body: unknown, leg: Leg, run: Run, when: "before" | "after"): unknown {
  const values = run.carried?.[leg.to];
  if (!values || !run.carried) return body;
  let next = body;
  let left = values;
  for (const [pointer, value] of Object.entries(values)) {
    const fits = leg.restorable.get(templateOf(pointer));
    const restored = fits?.(value) ? putBack(next, segmentsOf(pointer), value) : next;
    if (restored !== next) left = without(left, pointer);
    if (restored !== next || when === "after")
      note(run, restored === next ? "dropped" : "restored", STASH, pointer);
    next = restored;
  }
  const others = without(run.carried, leg.to);
  if (when === "before") run.carried = { ...others, [leg.to]: left };
  else run.carried = Object.keys(others).length > 0 ? others : undefined;
  return next;
}

// As deep as the declared pointer, which the segments have been held against.
function putBack(body: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return body === undefined ? value : body;
  if (Array.isArray(body)) {
    const index = Number(key);
    if (!(index < body.length)) return body;
    const before: unknown = body[index];
    const after = putBack(before, rest, value);
    return after === before ? body : withItem(body, index, after);
  }
  if (!isObject(body)) return body;
  const before = Object.hasOwn(body, key) ? body[key] : undefined;
  if (rest.length > 0 && before === undefined) return body;
  const after = putBack(before, rest, value);
  return after === before ? body : withMember(body, key, after);
}
