import type { Version } from "@mojaloop-versioning/protocol";
import { RULES, type RuleId } from "@mojaloop-versioning/manifest";
import * as z from "zod";

// What the schemas of several commands share.

export const text: z.ZodType<string> = z.string();
export const texts: z.ZodType<readonly string[]> = z.array(text);
export const date: z.ZodType<string> = z.iso.date();
export const optional = z.exactOptional;
export const version: z.ZodType<Version> = z
  .templateLiteral([z.number(), ".", z.number()])
  .meta({ pattern: "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$" });
export const rule: z.ZodType<RuleId> = z.enum(Object.keys(RULES) as [RuleId, ...RuleId[]]); // they are the keys of the table
