import * as z from "zod";
import type { DemoReport } from "../demo/report.ts";
import { optional, text, texts, version } from "./words.ts";

const status = z.int().min(100).max(599);

const hop = z.object({
  from: text,
  to: text,
  method: text,
  path: text,
  versionIn: optional(version),
  versionOut: optional(version),
  status,
  changed: texts,
});

const errorInformation = z.object({
  errorCode: text,
  errorDescription: text,
  extensionList: optional(z.object({ extension: z.array(z.object({ key: text, value: text })) })),
});

export const demo: z.ZodType<DemoReport> = z.object({
  ok: z.boolean(),
  scenes: z.array(
    z.object({
      scene: z.enum(["transfer", "refusal", "error callback", "proposal"]),
      participant: text,
      hops: z.array(hop),
      outcome: z.discriminatedUnion("ok", [
        z.object({ ok: z.literal(true), transferId: text, state: text }),
        z.object({ ok: z.literal(false), via: text, status: optional(status), error: errorInformation }),
      ]),
    }),
  ),
  checks: z.array(z.object({ claim: text, ok: z.boolean(), seen: optional(text) })),
});
