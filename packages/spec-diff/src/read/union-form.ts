import { canonical, isRecord, member } from "../schema/json.ts";
import { merge } from "../schema/merge.ts";
import type { JsonType, Schema } from "../schema/schema.ts";
import { DESCRIPTIONS, TYPES, valuesOf, type RawSchema } from "./keywords.ts";

/** What a union says that a list of types or of values says too. */
export interface PlainUnion {
  readonly types: ReadonlySet<JsonType> | undefined;
  readonly values: readonly unknown[] | undefined;
}

/** A union of nothing but types, or of nothing but listed values; `undefined` for any other. */
export function plainUnionOf(raw: RawSchema): PlainUnion | undefined {
  const kinds = (["anyOf", "oneOf"] as const).filter((kind) => Array.isArray(raw[kind]));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1 || raw["type"] !== undefined) return undefined;
  const branches = raw[kind] as unknown[]; // an array, as two lines above has found
  return typeUnion(kind, branches) ?? valueUnion(raw, kind, branches);
}

function typeUnion(kind: "anyOf" | "oneOf", branches: readonly unknown[]): PlainUnion | undefined {
  if (!branches.every((branch) => isTyped(branch) && hasOnly(branch, []))) return undefined;
  const names = branches.map((branch) => member(branch, "type") as JsonType); // a type, as the line above has found
  const types = new Set(names);
  // An integer is a number too, so one of both matches twice.
  const overlaps = types.size < names.length || (types.has("integer") && types.has("number"));
  return types.size === 0 || (kind === "oneOf" && overlaps) ? undefined : { types, values: undefined };
}

function valueUnion(
  raw: RawSchema,
  kind: "anyOf" | "oneOf",
  branches: readonly unknown[],
): PlainUnion | undefined {
  if (raw["enum"] !== undefined || raw["const"] !== undefined || branches.length === 0) return undefined;
  const lists = branches.map((branch) =>
    isRecord(branch) && hasOnly(branch, ["enum", "const"]) ? valuesOf(branch) : undefined,
  );
  if (lists.some((list) => list === undefined)) return undefined;
  const values = lists.flatMap((list) => list ?? []);
  const keys = new Set(values.map(canonical));
  if (kind === "oneOf" && keys.size < values.length) return undefined;
  const isAllTyped = branches.every(isTyped);
  return {
    types: isAllTyped
      ? new Set(branches.map((branch) => member(branch, "type") as JsonType)) // typed, as the condition has found
      : undefined,
    values,
  };
}

function isTyped(raw: unknown): boolean {
  const type = member(raw, "type");
  return typeof type === "string" && TYPES.has(type);
}

function hasOnly(raw: unknown, keywords: readonly string[]): boolean {
  return (
    isRecord(raw) &&
    Object.keys(raw).every((name) => name === "type" || keywords.includes(name) || DESCRIPTIONS.has(name))
  );
}

/** `anyOf: [X, { type: "null" }]` in the form of `type: [x, "null"]`. */
export function withNull(schema: Schema): Schema {
  const [union] = schema.unions;
  if (schema.unions.length !== 1 || union?.branches.length !== 2 || schema.types) return schema;
  const branches = union.branches.map((branch) => branch());
  const other = branches.find((branch) => !isOnlyNull(branch));
  if (!branches.some(isOnlyNull) || !other?.types || other.never) return schema;
  const values = other.values && new Map([...other.values, ["null", null]]);
  const merged = merge({ ...schema, unions: [] }, other, schema.pointer);
  return { ...merged, types: new Set([...other.types, "null" as const]), values, nullable: true };
}

function isOnlyNull(schema: Schema): boolean {
  return schema.types?.size === 1 && schema.types.has("null") && schema.values === undefined;
}
