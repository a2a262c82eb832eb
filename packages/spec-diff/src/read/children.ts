import { entriesOf, pointerTo } from "../schema/json.ts";
import type { Child, Schema } from "../schema/schema.ts";
import type { RawSchema } from "./keywords.ts";

/** Makes the schemas below another one; each is normalised when it is first asked for. */
export interface Children {
  readonly one: (raw: unknown, pointer: string) => Child;
  readonly optional: (raw: RawSchema, name: string, pointer: string) => Child | undefined;
  readonly map: (raw: unknown, pointer: string) => Map<string, Child>;
  readonly list: (raw: unknown, pointer: string) => Child[];
}

/** Makes them with a function that normalises one. */
export function createChildren(of: (raw: unknown, pointer: string) => Schema): Children {
  const one = (raw: unknown, pointer: string): Child => {
    let made: Schema | undefined;
    return () => (made ??= of(raw, pointer));
  };
  return {
    one,
    optional: (raw, name, pointer) =>
      raw[name] === undefined ? undefined : one(raw[name], pointerTo(pointer, name)),
    map: (raw, pointer) =>
      new Map(entriesOf(raw).map(([name, inner]) => [name, one(inner, pointerTo(pointer, name))])),
    list: (raw, pointer) =>
      Array.isArray(raw) ? raw.map((inner, i) => one(inner, pointerTo(pointer, i))) : [],
  };
}
