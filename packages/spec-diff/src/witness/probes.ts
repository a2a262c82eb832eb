import type { Difference } from "../compare/difference.ts";
import { instanceOf, LEAST, NONE, seeded, set } from "./instance.ts";
import { isRecord } from "../schema/json.ts";
import { childOf, merge } from "../schema/merge.ts";
import { separate, wordsOf } from "../pattern/relation.ts";
import { ANYTHING, type Bound, type JsonType, type Schema } from "../schema/schema.ts";
import { accepts, failures, type Failure } from "../schema/validate.ts";

/** One value of each type, small and plain. */
const PLAIN: readonly unknown[] = ["x", 5, true, null, [], {}, 1.5, "not-an-object", ""];
const POOL = 40;

/**
 * Values that the sender's schema accepts and the receiver's rejects because of one difference, best first. They are only
 * candidates for a witness: whether a whole message can hold them is seen later.
 */
export function* probesOf(sender: Schema, receiver: Schema, found: Difference): Generator {
  const difference = aimed(sender, receiver, found);
  const tried = new Set<string>();
  for (const value of candidates(sender, receiver, difference)) {
    if (value === NONE) continue;
    const key = JSON.stringify(value);
    if (tried.has(key)) continue;
    tried.add(key);
    if (!accepts(sender, value)) continue;
    if (failures(receiver, value).some((failure) => concerns(failure, difference))) yield value;
  }
}

// A mandatory member that only the sender knows is not missed but in the way.
function aimed(sender: Schema, receiver: Schema, difference: Difference): Difference {
  const { keyword, member } = difference;
  const isExtra = member !== undefined && sender.properties.has(member) && !receiver.properties.has(member);
  return keyword === "required" && isExtra && !receiver.required.has(member)
    ? { ...difference, keyword: "additionalProperties" }
    : difference;
}

// Whether a rejection is due to the difference and not to another one beside it.
function concerns({ path, keyword, member }: Failure, difference: Difference): boolean {
  if (ANY_FAILURE.has(difference.keyword) || /^(un)?wrapped-/.test(difference.change)) return true;
  if (difference.member !== undefined) {
    const inside = `/${difference.member.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (path === inside || path.startsWith(`${inside}/`)) return difference.keyword !== "required";
    return (
      path === "" && keyword === difference.keyword && (member === undefined || isAbout(member, difference))
    );
  }
  if (path !== "") return BELOW.has(difference.keyword) && path.split("/").length === 2;
  return keyword === difference.keyword || keyword === "false" || SAME.get(difference.keyword) === keyword;
}

function isAbout(member: string, { member: wanted, keyword }: Difference): boolean {
  return member === wanted || keyword === "dependentRequired" || keyword === "dependentSchemas";
}

// These are merged into other keywords, or make others fail.
const ANY_FAILURE: ReadonlySet<string> = new Set([
  "allOf",
  "if",
  "then",
  "else",
  "patternProperties",
  "dependentSchemas",
]);
// These apply a schema to items or members, so the rejection is one step below.
const BELOW: ReadonlySet<string> = new Set(["items", "prefixItems", "additionalProperties", "type"]);
const SAME: ReadonlyMap<string, string> = new Map([
  ["contains", "minContains"],
  ["minContains", "contains"],
  ["const", "enum"],
  ["enum", "const"],
]);

function* candidates(sender: Schema, receiver: Schema, difference: Difference): Generator {
  const { keyword, member, change } = difference;
  if (change === "closed" || change === "opened") yield* extended(sender, freeName(sender, receiver), ["x"]);
  else if (keyword === "required" && member !== undefined) yield* lacking(sender, member);
  else if (member !== undefined) yield* holding(sender, member, difference);
  else if (keyword === "pattern") yield* strings(sender, receiver);
  else if (keyword === "enum" || keyword === "const") yield* listed(sender);
  else if (keyword === "type") yield* typed(sender);
  else if (keyword in BOUND_KIND)
    yield* bounded(sender, receiver, keyword as Bound); // a key of the record of bounds
  else if (keyword === "uniqueItems") yield* repeated(sender);
  else if (keyword === "additionalProperties") yield* extended(sender, freeName(sender, receiver), PLAIN);
  else if (keyword === "items" || keyword === "prefixItems") yield* lists(sender);
  const piece = difference.removed ?? difference.added;
  if (piece) yield* branches(sender, receiver, piece);
  yield* pool(sender, receiver);
}

/** A name that neither schema knows. */
function freeName(...schemas: readonly Schema[]): string {
  let name = "custom";
  while (schemas.some(({ properties }) => properties.has(name))) name += "_";
  return name;
}

function* objects(schema: Schema): Generator<Record<string, unknown>> {
  const bare: Schema = schema.types ? { ...schema, types: new Set<JsonType>(["object"]) } : schema;
  for (const choices of [LEAST, seeded(1, 1), seeded(2, 0.5)]) {
    const value = instanceOf(bare, choices);
    if (isRecord(value)) yield { ...value };
  }
  if (!schema.types) yield {};
}

function* extended(sender: Schema, name: string, values: readonly unknown[]): Generator {
  for (const value of objects(sender)) {
    for (const extra of values) {
      const copy = { ...value };
      set(copy, name, extra);
      yield copy;
    }
  }
}

function* lacking(sender: Schema, member: string): Generator {
  for (const value of objects(sender)) {
    yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== member));
  }
}

function* holding(sender: Schema, member: string, difference: Difference): Generator {
  const schemas = [childOf(sender, member)?.(), difference.added, difference.removed];
  const made = schemas
    .map((schema) => (schema ? instanceOf(schema) : NONE))
    .filter((value) => value !== NONE);
  const other = difference.added ?? difference.removed ?? ANYTHING;
  // A number under the name of a text, a text under the name of anything else.
  const plain = other.types?.has("string") ? [5, ...PLAIN] : ["not-an-object", ...PLAIN];
  const values = difference.change === "property-added-with-demands" ? plain : [...made, ...plain];
  yield* extended(sender, member, values);
}

function* strings(sender: Schema, receiver: Schema): Generator {
  const { minLength: min, maxLength: max } = sender.bounds;
  yield* separate(sender.patterns, receiver.patterns, { min, max }).words;
  yield* listed(sender);
  yield* PLAIN;
  for (let seed = 0; seed < POOL; seed++) yield instanceOf(sender, seeded(seed));
}

function* listed(sender: Schema): Generator {
  if (sender.values) yield* sender.values.values();
  else {
    yield instanceOf(sender);
    if (sender.patterns.length > 0) yield* wordsOf(sender.patterns, { min: 4 });
    yield* ["XXX", "x", 0, 1, true, null];
  }
}

function* typed(sender: Schema): Generator {
  const types = sender.types ?? (["string", "number", "boolean", "object", "array", "null"] as const);
  for (const type of types) yield instanceOf({ ...sender, types: new Set([type]) });
  yield* PLAIN;
}

const BOUND_KIND: Readonly<Record<Bound, "string" | "number" | "array" | "object">> = {
  minLength: "string",
  maxLength: "string",
  minimum: "number",
  maximum: "number",
  exclusiveMinimum: "number",
  exclusiveMaximum: "number",
  multipleOf: "number",
  minItems: "array",
  maxItems: "array",
  minContains: "array",
  maxContains: "array",
  minProperties: "object",
  maxProperties: "object",
};

/** Longest string, list or object made to show a bound. */
const LARGEST = 50_000;

function* bounded(sender: Schema, receiver: Schema, bound: Bound): Generator {
  const limits = [receiver.bounds[bound], sender.bounds[bound]].filter((limit) => limit !== undefined);
  for (const limit of limits) {
    for (const size of [limit, limit + 1, limit - 1, limit + 0.5, limit - 0.5]) {
      yield* sized(sender, receiver, BOUND_KIND[bound], size);
    }
  }
}

function* sized(sender: Schema, receiver: Schema, kind: JsonType, size: number): Generator {
  if (kind === "number") {
    yield size;
    return;
  }
  if (!Number.isInteger(size) || size < 0 || size > LARGEST) return;
  if (kind === "string") {
    if (sender.patterns.length > 0) yield* wordsOf(sender.patterns, { min: size, max: size });
    yield instanceOf({ ...sender, types: new Set(["string"]), bounds: { minLength: size, maxLength: size } });
  } else if (kind === "array") {
    const exact = { minItems: size, maxItems: size };
    yield instanceOf({ ...sender, types: new Set(["array"]), bounds: { ...sender.bounds, ...exact } });
    const contained = [...choicesOf(sender, receiver)].find((schema) => schema.contains)?.contains?.();
    const item = contained
      ? instanceOf(merge(sender.items?.() ?? ANYTHING, contained, contained.pointer))
      : NONE;
    if (item !== NONE) yield Array.from({ length: size }, () => item);
  } else {
    yield instanceOf({
      ...sender,
      types: new Set(["object"]),
      bounds: { ...sender.bounds, minProperties: size },
    });
    for (const value of objects(sender)) {
      const copy = { ...value };
      for (let i = 0; Object.keys(copy).length < size; i++) set(copy, `member${String(i)}`, "x");
      yield Object.fromEntries(Object.entries(copy).slice(0, size));
    }
  }
}

function* choicesOf(...schemas: readonly Schema[]): Generator<Schema> {
  yield* schemas;
}

function* repeated(sender: Schema): Generator {
  const item = instanceOf(sender.items?.() ?? ANYTHING);
  if (item === NONE) return;
  const length = Math.max(2, sender.bounds.minItems ?? 0);
  yield Array.from({ length }, () => item);
}

function* lists(sender: Schema): Generator {
  for (const item of PLAIN) {
    for (const length of [1, 2, 3, Math.max(1, sender.prefixItems.length)])
      yield Array.from({ length }, () => item);
  }
  yield instanceOf({ ...sender, types: new Set(["array"]) }, seeded(1, 1));
}

// A branch or part that came or went: what it alone would take, and plain values beside it.
function* branches(sender: Schema, receiver: Schema, piece: Schema): Generator {
  yield instanceOf(piece);
  yield instanceOf(merge({ ...sender, unions: [] }, piece, sender.pointer));
  for (let seed = 0; seed < 6; seed++) {
    const value = instanceOf(piece, seeded(seed, 0.8));
    yield value;
    yield [value];
    yield [value, value];
  }
  for (const name of [...piece.properties.keys(), ...receiver.dependentSchemas.keys()]) {
    yield* extended(sender, name, PLAIN);
  }
}

function* pool(sender: Schema, receiver: Schema): Generator {
  yield* PLAIN;
  for (const names of [sender, receiver]) {
    for (const pattern of names.patternProperties.keys()) {
      const [name] = wordsOf([pattern], { min: 1 });
      if (name !== undefined) yield* extended(sender, name, PLAIN);
    }
  }
  yield* extended(sender, freeName(sender, receiver), PLAIN);
  yield* extended(sender, "A!", PLAIN);
  for (const [name, needed] of [...sender.dependentRequired, ...receiver.dependentRequired]) {
    yield* extended(sender, name, PLAIN);
    for (const value of objects(sender)) {
      const copy = { ...value };
      for (const each of [name, ...needed]) if (!Object.hasOwn(copy, each)) set(copy, each, "x");
      for (const dropped of needed)
        yield Object.fromEntries(Object.entries(copy).filter(([key]) => key !== dropped));
    }
  }
  for (const item of PLAIN) for (const length of [1, 2, 4]) yield Array.from({ length }, () => item);
  for (let seed = 0; seed < POOL; seed++) yield instanceOf(sender, seeded(seed, 0.6));
  for (let seed = 0; seed < 8; seed++) yield instanceOf(receiver, seeded(seed, 0.6));
}
