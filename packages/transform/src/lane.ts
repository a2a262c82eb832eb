import type { Leg } from "./leg.ts";
import type { JsonObject } from "./json.ts";

/** What a lane gives back where the closures must decide: something to refuse, to look up, or out of the ordinary. */
export const DEFER: unique symbol = Symbol("left to the closures");

/**
 * Literal code for the plain case of a conversion: nothing refused, stashed, asked for or reported. It gives what the closures would
 * give, down to the order of the members, or {@link DEFER}.
 */
export type Lane = (body: unknown) => unknown;

/** A lane and the very objects it was generated from: residue tables, changes, component changes, step by step. */
export interface GeneratedLane {
  readonly lane: Lane;
  readonly madeOf: readonly unknown[];
}

/** Generated lanes by {@link laneKey}. */
export type Lanes = Readonly<Record<string, GeneratedLane>>;

/** Under what a lane is known: the operation, and the versions on its way. */
export function laneKey(operation: string, legs: readonly Leg[]): string {
  return [operation, legs[0]?.from, ...legs.map((leg) => leg.to)].join(" ");
}

/**
 * The lane of a path, if there is one for just these changes. They are compared as objects: a copy with another source, or one change
 * more, is not what the code was generated from.
 */
export function laneFor(operation: string, legs: readonly Leg[]): Lane | undefined {
  if (legs.some((leg) => leg.refusal)) return undefined;
  if (legs.every((leg) => !leg.visit)) return same;
  const lanes = legs[0]?.lanes;
  const key = laneKey(operation, legs);
  const generated = lanes && Object.hasOwn(lanes, key) ? lanes[key] : undefined;
  const madeOf = legs.flatMap((leg) => leg.madeOf);
  const agrees =
    generated?.madeOf.length === madeOf.length && generated.madeOf.every((part, i) => part === madeOf[i]);
  return agrees ? generated.lane : undefined;
}

function same(body: unknown): unknown {
  return body;
}

/** Whether a loop over the names of an object's members meets its own ones only. */
export function isPlain(value: JsonObject): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Copies a member that the version left does not know. False where assignment would not make it an own member. */
export function copyStranger(out: Record<string, unknown>, value: JsonObject, key: string): boolean {
  if (key === "__proto__" || !Object.hasOwn(value, key)) return false;
  out[key] = value[key];
  return true;
}

/** Converts every item of an array. */
export function eachItem(value: unknown, lane: Lane): unknown {
  if (!Array.isArray(value)) return value;
  let next: unknown[] = value;
  for (let i = 0; i < value.length; i++) {
    const before: unknown = value[i];
    const after = lane(before);
    if (after === DEFER) return DEFER;
    if (after === before) continue;
    if (next === value) next = value.slice();
    next[i] = after;
  }
  return next;
}
