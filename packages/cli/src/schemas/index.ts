import { manifestJsonSchema } from "@mojaloop-versioning/manifest";
import { diffResultSchema } from "@mojaloop-versioning/spec-diff";
import * as z from "zod";
import { demo } from "./demo.ts";
import * as messages from "./messages.ts";
import * as releases from "./releases.ts";
import { text } from "./words.ts";

/** A JSON Schema, as a value to be written. */
export type JsonSchema = Readonly<Record<string, unknown>>;

// Command → what it prints with --json. Those of spec-diff and of a manifest are published by their own packages.
const SCHEMAS: Readonly<Record<string, z.ZodType | (() => JsonSchema)>> = {
  "specs list": z.array(messages.catalogued),
  "specs diff": () => diffResultSchema,
  "manifest list": z.array(text),
  "manifest show": manifestJsonSchema,
  "manifest extract": manifestJsonSchema,
  "manifest verify": z.array(releases.disagreement),
  "manifest diff": z.array(releases.difference),
  bump: releases.step,
  "can-talk": releases.talk,
  transform: messages.transformed,
  coverage: z.array(messages.coverage),
  "upgrade check": releases.check,
  "upgrade path": releases.path,
  "upgrade lint": z.array(releases.finding),
  skew: releases.skewed,
  "support status": releases.status,
  "support gaps": z.array(releases.gap),
  "support calendar": releases.calendar,
  "support calendar --format nodejs": releases.schedule,
  "support calendar --format endoflife": z.array(releases.cycle),
  "support policies": z.array(releases.policy),
  "support releases": z.array(releases.release),
  "tags newest": z.array(text),
  "tags sort": z.array(releases.tag),
  demo,
};

/** The commands whose JSON has a schema. */
export const schemaNames: readonly string[] = Object.keys(SCHEMAS);

/**
 * The JSON Schema (2020-12) of what a command prints with `--json`. It is open, since minor versions may add members; `closed` refuses
 * what it does not name, which is for our own tests.
 */
export function jsonSchemaOf(command: string, closed = false): JsonSchema | undefined {
  const schema = Object.hasOwn(SCHEMAS, command) ? SCHEMAS[command] : undefined;
  if (!schema) return undefined;
  if (typeof schema === "function") return schema();
  return {
    ...z.toJSONSchema(schema, { io: closed ? "output" : "input" }),
    title: `mojaver ${command} --json`,
  };
}
