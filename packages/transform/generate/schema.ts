import * as z from "zod";
import { isJsonObject, ownMember, type JsonObject } from "@mojaloop-versioning/protocol";
import type { BodyKind } from "../src/testing/api-version.ts";

/** A JSON schema whose members are not known yet. */
export type Schema = JsonObject;

/** The schema of a kind of body. */
export function schemaOf({ schema }: BodyKind): Schema {
  return z.toJSONSchema(schema, { unrepresentable: "any", reused: "inline" });
}

/** The members that a schema names, those of its parts included. */
export function knownMembers(schema: Schema | undefined): Set<string> {
  return new Set(partsOf(schema).flatMap((part) => Object.keys(ownMember(part, "properties") ?? {})));
}

/** The schema of a member, or of the items where the segment is `*`. */
export function schemaAt(schema: Schema | undefined, segment: string): Schema | undefined {
  for (const part of partsOf(schema)) {
    const found = segment === "*" ? part["items"] : ownMember(part["properties"], segment);
    if (isJsonObject(found)) return found;
  }
  return undefined;
}

function partsOf(schema: Schema | undefined): Schema[] {
  if (!schema) return [];
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((key) => schema[key] ?? []).filter(isJsonObject);
  return [schema, ...parts.flatMap(partsOf)];
}
