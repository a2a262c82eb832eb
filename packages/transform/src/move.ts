import { VersioningError } from "@mojaloop-versioning/protocol";
import { isObject, memberOf, withMember, type JsonObject } from "./json.ts";
import { segmentsOf, type Pointer } from "./pointer.ts";
import { note } from "./run.ts";
import type { Place } from "./settle.ts";
import type { Visit } from "./visit.ts";

/** Where a move is done: at the container that both ends share, from one path inside it to another. */
export interface Move {
  readonly container: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/**
 * Splits a move into its container and two paths without `*`.
 * @throws VersioningError `invalid-change`
 */
export function planMove(from: Pointer, to: Pointer): Move {
  const [source, target] = [segmentsOf(from), segmentsOf(to)];
  const depth = source.lastIndexOf("*") + 1;
  if (target.lastIndexOf("*") + 1 !== depth || source.some((part, i) => i < depth && target[i] !== part)) {
    throw new VersioningError(
      "invalid-change",
      `a move from "${from}" to "${to}" would leave its array item; both must share the path up to the last *`,
    );
  }
  return { container: source.slice(0, depth), from: source.slice(depth), to: target.slice(depth) };
}

/** Moves a value inside the container it visits; what is in the way at the target stays, and so does the value. */
export function moveVisit({ changeId, template }: Place, { from, to }: Move, target: Pointer): Visit {
  return (container, run) => {
    const value = read(container, from);
    if (value === undefined || read(container, to) !== undefined) return container;
    note(run, "changed", changeId, template, target);
    return write(write(container, from, undefined), to, value);
  };
}

function read(container: unknown, path: readonly string[]): unknown {
  let value = container;
  for (const key of path) value = memberOf(value, key);
  return value;
}

/** A copy of the container with another value at the path; objects on the way are made where they are missing. */
export function write(container: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const object: JsonObject = isObject(container) ? container : {};
  return withMember(object, key, rest.length === 0 ? value : write(memberOf(object, key), rest, value));
}
