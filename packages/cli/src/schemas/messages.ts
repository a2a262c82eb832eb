import type { Operation } from "@mojaloop-versioning/protocol";
import type { ConversionClass, CoverageRow, Pointer, Report } from "@mojaloop-versioning/transform";
import * as z from "zod";
import type { CatalogueEntry } from "../catalogue.ts";
import type { TransformResult } from "../commands/transform.ts";
import { optional, text, texts, version } from "./words.ts";

// Of the commands that convert messages and list API documents.

const operation: z.ZodType<Operation> = z
  .templateLiteral([z.string(), " /", z.string()])
  .meta({ pattern: "^(GET|POST|PUT|PATCH|DELETE) /" });
const grade: z.ZodType<ConversionClass> = z.enum([
  "identity",
  "lossless",
  "stash",
  "lossy",
  "refused",
  "missing",
]);
const pointer: z.ZodType<Pointer> = z.string().regex(/^(\/.*)?$/);
export const coverage: z.ZodType<CoverageRow> = z.object({
  resource: text,
  operation,
  from: version,
  to: version,
  class: grade,
  changes: texts,
  refuses: z.array(pointer),
  missing: z.array(pointer),
});

export const catalogued: z.ZodType<CatalogueEntry> = z.object({
  id: text,
  title: text,
  version,
  dialect: optional(text),
  resources: z.object({ section: text, versions: z.record(text, version) }),
  origin: text,
  corrections: z.array(z.object({ target: text, description: text, source: text })),
});

const entries: z.ZodType<Report["dropped"]> = z.array(
  z.object({ pointer, changeId: text, to: optional(pointer) }),
);
export const transformed: z.ZodType<TransformResult> = z.object({
  operation,
  resource: text,
  from: version,
  to: version,
  class: grade,
  report: optional(
    z.object({
      dropped: entries,
      stashed: entries,
      restored: entries,
      invented: entries,
      changed: entries,
      signatureInvalidated: z.boolean(),
    }),
  ),
  message: z.unknown(),
});
