import { matches } from "../pattern/matcher.ts";
import { canonical, isRecord, pointerTo, type JsonRecord } from "./json.ts";
import { isMultiple, isOfType, lengthOf } from "./measure.ts";
import type { Bound, Child, Schema } from "./schema.ts";

/** Why a value is rejected: where in the value, and by which keyword. */
export interface Failure {
  /** JSON pointer into the value, `""` for the whole of it. */
  readonly path: string;
  readonly keyword: string;
  /** The member that is missing, or that is not allowed. */
  readonly member?: string;
}

/** Whether a schema certainly accepts a value. `format` and the content keywords only annotate, as in JSON Schema. */
export function accepts(schema: Schema, value: unknown): boolean {
  return check(schema, { value, path: "", active: [] }).found.length === 0;
}

/** Everything about a value that a schema certainly rejects. Below a union only the union itself is named. */
export function failures(schema: Schema, value: unknown): Failure[] {
  return check(schema, { value, path: "", active: [] }).found.filter(({ certain }) => certain);
}

interface Checked extends Failure {
  /** Whether it is decided; a pattern may be beyond what is decided here. */
  readonly certain: boolean;
}

interface Place {
  readonly value: unknown;
  readonly path: string;
  /** The schemas already applied to this very value: one that contains itself has nothing to add. */
  readonly active: readonly Schema[];
}

interface Outcome {
  readonly found: Checked[];
  /** What `unevaluatedProperties` and `unevaluatedItems` need to know. */
  readonly members: Set<string>;
  items: number;
}

type Fail = (keyword: string, member?: string, certain?: boolean) => void;

/** What a check of one value works with. */
interface Context {
  readonly schema: Schema;
  readonly place: Place;
  readonly outcome: Outcome;
  readonly fail: Fail;
}

function check(schema: Schema, place: Place): Outcome {
  const outcome: Outcome = { found: [], members: new Set(), items: 0 };
  if (place.active.includes(schema)) return outcome;
  const { value, path } = place;
  const fail: Fail = (keyword, member, certain = true) => {
    outcome.found.push({ path, keyword, certain, ...(member !== undefined && { member }) });
  };
  if (schema.never) fail("false");
  if (schema.types && ![...schema.types].some((type) => isOfType(value, type))) fail("type");
  if (schema.values && !schema.values.has(canonical(value))) fail(schema.isConst ? "const" : "enum");
  const context = { schema, place: { ...place, active: [...place.active, schema] }, outcome, fail };
  if (typeof value === "string") checkString(schema, value, fail);
  if (typeof value === "number") checkNumber(schema, value, fail);
  if (Array.isArray(value)) checkArray(context, value);
  else if (isRecord(value)) checkObject(context, value);
  checkApplied(context);
  if (isRecord(value)) checkDependents(context, value);
  checkUnevaluated(context);
  return outcome;
}

function checkRange(
  schema: Schema,
  [lower, upper]: readonly [Bound, Bound],
  measure: number,
  fail: Fail,
): void {
  if (measure < (schema.bounds[lower] ?? -Infinity)) fail(lower);
  if (measure > (schema.bounds[upper] ?? Infinity)) fail(upper);
}

function checkString(schema: Schema, value: string, fail: Fail): void {
  if (schema.bounds.minLength !== undefined || schema.bounds.maxLength !== undefined) {
    checkRange(schema, ["minLength", "maxLength"], lengthOf(value), fail);
  }
  for (const pattern of schema.patterns) {
    const matched = matches(pattern, value);
    if (matched !== true) fail("pattern", undefined, matched === false);
  }
}

function checkNumber(schema: Schema, value: number, fail: Fail): void {
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity, multipleOf } = schema.bounds;
  checkRange(schema, ["minimum", "maximum"], value, fail);
  if (value <= exclusiveMinimum) fail("exclusiveMinimum");
  if (value >= exclusiveMaximum) fail("exclusiveMaximum");
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) fail("multipleOf");
}

function checkArray({ schema, place, outcome, fail }: Context, value: readonly unknown[]): void {
  checkRange(schema, ["minItems", "maxItems"], value.length, fail);
  if (schema.uniqueItems && new Set(value.map(canonical)).size < value.length) fail("uniqueItems");
  value.forEach((item, i) => {
    const inner = schema.prefixItems[i] ?? schema.items;
    if (inner) outcome.found.push(...checkBelow(inner, item, pointerTo(place.path, i)));
  });
  outcome.items = schema.items ? value.length : Math.min(value.length, schema.prefixItems.length);
  if (!schema.contains) return;
  const contains = schema.contains();
  const { minContains = 1, maxContains = Infinity } = schema.bounds;
  const count = value.filter((item) => accepts(contains, item)).length;
  if (count < minContains) fail(count === 0 && minContains === 1 ? "contains" : "minContains");
  if (count > maxContains) fail("maxContains");
}

function checkBelow(inner: Child, value: unknown, path: string): readonly Checked[] {
  return check(inner(), { value, path, active: [] }).found;
}

function checkObject({ schema, place, outcome, fail }: Context, value: JsonRecord): void {
  const names = Object.keys(value);
  checkRange(schema, ["minProperties", "maxProperties"], names.length, fail);
  for (const name of schema.required) if (!Object.hasOwn(value, name)) fail("required", name);
  for (const [name, needed] of schema.dependentRequired) {
    if (!Object.hasOwn(value, name)) continue;
    for (const other of needed) if (!Object.hasOwn(value, other)) fail("dependentRequired", other);
  }
  for (const name of names) {
    const applied = [...schema.patternProperties]
      .filter(([pattern]) => matches(pattern, name) === true)
      .map(([, inner]) => inner);
    const declared = schema.properties.get(name);
    if (declared) applied.unshift(declared);
    if (applied.length === 0 && schema.additional) {
      if (schema.additional().never) fail("additionalProperties", name);
      else applied.push(schema.additional);
    }
    for (const inner of applied)
      outcome.found.push(...checkBelow(inner, value[name], pointerTo(place.path, name)));
    if (applied.length > 0) outcome.members.add(name);
    if (schema.propertyNames && !accepts(schema.propertyNames(), name)) fail("propertyNames", name);
  }
}

// Takes over what a schema applied to the same value has looked at.
function adopt(outcome: Outcome, { members, items }: Outcome): void {
  for (const name of members) outcome.members.add(name);
  outcome.items = Math.max(outcome.items, items);
}

function checkApplied({ schema, place, outcome, fail }: Context): void {
  for (const part of schema.rest) {
    const inner = check(part, place);
    adopt(outcome, inner);
    outcome.found.push(...inner.found);
  }
  for (const { kind, branches } of schema.unions) {
    const tried = branches.map((branch) => check(branch(), place));
    const taken = tried.filter(({ found }) => found.length === 0);
    const isOpen = tried.some(({ found }) => found.length > 0 && !found.some(({ certain }) => certain));
    if (taken.length === 0 || (kind === "oneOf" && taken.length > 1)) {
      fail(kind, undefined, !isOpen || taken.length > 1);
    } else if (kind === "oneOf" && isOpen) fail(kind, undefined, false);
    for (const inner of taken) adopt(outcome, inner);
  }
  if (schema.not) {
    const { found } = check(schema.not(), place);
    if (!found.some(({ certain }) => certain)) fail("not", undefined, found.length === 0);
  }
  if (!schema.conditional) return;
  const condition = check(schema.conditional.if(), place);
  const held = condition.found.length === 0;
  if (held) adopt(outcome, condition);
  const then = held ? schema.conditional.then : schema.conditional.else;
  if (then) checkPart(then, held ? "then" : "else", { schema, place, outcome, fail });
}

// A schema that a keyword applies as a whole; the keyword fails with what is below it.
function checkPart(part: Child, keyword: string, { place, outcome, fail }: Context, member?: string): void {
  const inner = check(part(), place);
  adopt(outcome, inner);
  if (inner.found.length > 0)
    fail(
      keyword,
      member,
      inner.found.some(({ certain }) => certain),
    );
  outcome.found.push(...inner.found);
}

function checkDependents(context: Context, value: JsonRecord): void {
  for (const [name, inner] of context.schema.dependentSchemas) {
    if (Object.hasOwn(value, name)) checkPart(inner, "dependentSchemas", context, name);
  }
}

function checkUnevaluated({ schema, place: { value }, outcome, fail }: Context): void {
  if (isRecord(value) && schema.unevaluatedProperties) {
    const unevaluated = schema.unevaluatedProperties();
    for (const [name, inner] of Object.entries(value)) {
      if (!outcome.members.has(name) && !accepts(unevaluated, inner)) fail("unevaluatedProperties", name);
    }
  }
  if (Array.isArray(value) && schema.unevaluatedItems) {
    const unevaluated = schema.unevaluatedItems();
    if (value.slice(outcome.items).some((item) => !accepts(unevaluated, item))) fail("unevaluatedItems");
  }
}
