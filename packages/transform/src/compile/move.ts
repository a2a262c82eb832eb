import { isJsonObject, ownMember, type JsonObject } from "@mojaloop-versioning/protocol";
import { withOwnMember } from "../values/copies.ts";
import { segmentsOf, type Pointer } from "../values/pointer.ts";
import { note } from "./run.ts";
import type { VisitPlace } from "./value-visits.ts";
import type { Visit } from "./visit.ts";

/** A move inside the container that both ends share, from one path to another. */
export interface Move {
  readonly container: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Splits a move into its container and two paths without `*`; undefined if the value would leave its array item. */
export function planMove(from: Pointer, to: Pointer): Move | undefined {
  const [source, target] = [segmentsOf(from), segmentsOf(to)];
  const depth = source.lastIndexOf("*") + 1;
  if (target.lastIndexOf("*") + 1 !== depth || source.some((part, i) => i < depth && target[i] !== part)) {
    return undefined;
  }
  return { container: source.slice(0, depth), from: source.slice(depth), to: target.slice(depth) };
}

/** Moves a value inside the visited container. If the target has a value already, nothing moves. */
export function moveVisit({ changeId, template }: VisitPlace, { from, to }: Move, target: Pointer): Visit {
  return (container, run) => {
    const value = read(container, from);
    if (value === undefined || read(container, to) !== undefined) return container;
    note(run, "changed", { changeId, template, to: target });
    return write(write(container, from, undefined), to, value);
  };
}

function read(container: unknown, path: readonly string[]): unknown {
  let value = container;
  for (const key of path) value = ownMember(value, key);
  return value;
}

/** A copy of the container with another value at the path; missing objects on the path are created. */
export function write(container: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const object: JsonObject = isJsonObject(container) ? container : {};
  return withOwnMember(object, key, rest.length === 0 ? value : write(ownMember(object, key), rest, value));
}
