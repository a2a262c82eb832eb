import { canonical, isRecord, pointerTo } from "./json.ts";
import { compile } from "./merge.ts";
import type { Bound, Child, JsonType, Schema } from "./schema.ts";

/** Why a value is rejected: where in the value, and by which keyword. */
export interface Failure {
  /** JSON pointer into the value, `""` for the whole of it. */
  readonly path: string;
  readonly keyword: string;
  /** The member that is missing, or that is not allowed. */
  readonly member?: string;
}

/** Whether a schema accepts a value. `format` and the content keywords only annotate, as in JSON Schema. */
export function accepts(schema: Schema, value: unknown): boolean {
  return failures(schema, value).length === 0;
}

/** Everything about a value that a schema rejects. Below a union only the union itself is named. */
export function failures(schema: Schema, value: unknown): Failure[] {
  const found: Failure[] = [];
  check(schema, value, "", found, []);
  return found;
}

// What `unevaluatedProperties` and `unevaluatedItems` need to know: which members have been looked at.
interface Evaluated {
  readonly members: Set<string>;
  items: number;
}

// `active` are the schemas already asked about this very value: one that holds itself has nothing to add.
function check(
  schema: Schema,
  value: unknown,
  path: string,
  found: Failure[],
  active: readonly Schema[],
): Evaluated {
  const evaluated: Evaluated = { members: new Set(), items: 0 };
  if (active.includes(schema)) return evaluated;
  const fail = (keyword: string, member?: string): void => {
    found.push(member === undefined ? { path, keyword } : { path, keyword, member });
  };
  if (schema.never) fail("false");
  if (schema.types && ![...schema.types].some((type) => isOfType(value, type))) fail("type");
  if (schema.values && !schema.values.has(canonical(value))) fail(schema.isConst ? "const" : "enum");
  if (typeof value === "string") checkString(schema, value, fail);
  if (typeof value === "number") checkNumber(schema, value, fail);
  if (Array.isArray(value)) checkArray(schema, value, path, found, evaluated, fail);
  else if (isRecord(value)) checkObject(schema, value, path, found, evaluated, fail);
  checkApplied(schema, value, path, found, evaluated, fail, [...active, schema]);
  return evaluated;
}

type Fail = (keyword: string, member?: string) => void;

/** Whether a value is of a type; 1.0 is an integer. */
function isOfType(value: unknown, type: JsonType): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** Length in characters, a pair of surrogates being one. */
export function lengthOf(text: string): number {
  return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}

function outside(schema: Schema, lower: Bound, upper: Bound, measure: number, fail: Fail): void {
  if (measure < (schema.bounds[lower] ?? -Infinity)) fail(lower);
  if (measure > (schema.bounds[upper] ?? Infinity)) fail(upper);
}

function checkString(schema: Schema, value: string, fail: Fail): void {
  if (schema.bounds.minLength !== undefined || schema.bounds.maxLength !== undefined) {
    outside(schema, "minLength", "maxLength", lengthOf(value), fail);
  }
  for (const pattern of schema.patterns) if (compile(pattern)?.test(value) === false) fail("pattern");
}

function checkNumber(schema: Schema, value: number, fail: Fail): void {
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity, multipleOf } = schema.bounds;
  outside(schema, "minimum", "maximum", value, fail);
  if (value <= exclusiveMinimum) fail("exclusiveMinimum");
  if (value >= exclusiveMaximum) fail("exclusiveMaximum");
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) fail("multipleOf");
}

/** Whether a number is a multiple of another, decimal fractions taken at their word. */
export function isMultiple(value: number, step: number): boolean {
  if (step <= 0) return true;
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient));
}

function checkArray(
  schema: Schema,
  value: readonly unknown[],
  path: string,
  found: Failure[],
  evaluated: Evaluated,
  fail: Fail,
): void {
  outside(schema, "minItems", "maxItems", value.length, fail);
  if (schema.uniqueItems && new Set(value.map(canonical)).size < value.length) fail("uniqueItems");
  value.forEach((item, i) => {
    const inner = schema.prefixItems[i] ?? schema.items;
    if (inner) check(inner(), item, pointerTo(path, i), found, []);
  });
  evaluated.items = schema.items ? value.length : Math.min(value.length, schema.prefixItems.length);
  if (schema.contains) {
    const contains = schema.contains();
    const { minContains = 1, maxContains = Infinity } = schema.bounds;
    const count = value.filter((item) => accepts(contains, item)).length;
    if (count < minContains) fail(count === 0 && minContains === 1 ? "contains" : "minContains");
    if (count > maxContains) fail("maxContains");
  }
}

function checkObject(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  path: string,
  found: Failure[],
  evaluated: Evaluated,
  fail: Fail,
): void {
  const names = Object.keys(value);
  outside(schema, "minProperties", "maxProperties", names.length, fail);
  for (const name of schema.required) if (!Object.hasOwn(value, name)) fail("required", name);
  for (const [name, needed] of schema.dependentRequired) {
    if (!Object.hasOwn(value, name)) continue;
    for (const other of needed) if (!Object.hasOwn(value, other)) fail("dependentRequired", other);
  }
  const patterns = [...schema.patternProperties].map(([pattern, inner]) => ({
    test: compile(pattern),
    inner,
  }));
  for (const name of names) {
    const declared = schema.properties.get(name);
    const matching = patterns.filter(({ test }) => test?.test(name) === true).map(({ inner }) => inner);
    const applied = declared ? [declared, ...matching] : matching;
    if (applied.length === 0 && schema.additional) {
      if (schema.additional().never) fail("additionalProperties", name);
      else applied.push(schema.additional);
    }
    for (const inner of applied) check(inner(), value[name], pointerTo(path, name), found, []);
    if (applied.length > 0) evaluated.members.add(name);
    if (schema.propertyNames && !accepts(schema.propertyNames(), name)) fail("propertyNames", name);
  }
}

function checkApplied(
  schema: Schema,
  value: unknown,
  path: string,
  found: Failure[],
  evaluated: Evaluated,
  fail: Fail,
  active: readonly Schema[],
): void {
  const note = (more: Evaluated): void => {
    for (const name of more.members) evaluated.members.add(name);
    evaluated.items = Math.max(evaluated.items, more.items);
  };
  const attempt = (inner: Child): Evaluated | undefined => {
    const inside: Failure[] = [];
    const seen = check(inner(), value, path, inside, active);
    return inside.length === 0 ? seen : undefined;
  };
  for (const part of schema.rest) note(check(part, value, path, found, active));
  for (const { kind, branches } of schema.unions) {
    const taken = branches.map(attempt).filter((seen) => seen !== undefined);
    if (taken.length === 0 || (kind === "oneOf" && taken.length > 1)) fail(kind);
    taken.forEach(note);
  }
  if (schema.not && attempt(schema.not)) fail("not");
  if (schema.conditional) {
    const held = attempt(schema.conditional.if);
    if (held) note(held);
    const then = held ? schema.conditional.then : schema.conditional.else;
    if (then) {
      const inside: Failure[] = [];
      note(check(then(), value, path, inside, active));
      if (inside.length > 0) fail(held ? "then" : "else");
      found.push(...inside);
    }
  }
  if (isRecord(value)) {
    for (const [name, inner] of schema.dependentSchemas) {
      if (!Object.hasOwn(value, name)) continue;
      const inside: Failure[] = [];
      note(check(inner(), value, path, inside, active));
      if (inside.length > 0) fail("dependentSchemas", name);
      found.push(...inside);
    }
    if (schema.unevaluatedProperties) {
      const unevaluated = schema.unevaluatedProperties();
      for (const [name, inner] of Object.entries(value)) {
        if (!evaluated.members.has(name) && !accepts(unevaluated, inner)) fail("unevaluatedProperties", name);
      }
    }
  }
  if (Array.isArray(value) && schema.unevaluatedItems) {
    const unevaluated = schema.unevaluatedItems();
    if (value.slice(evaluated.items).some((item) => !accepts(unevaluated, item))) fail("unevaluatedItems");
  }
}
