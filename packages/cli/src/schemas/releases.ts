import {
  CONVERSIONS,
  SEVERITIES,
  type Bump,
  type ManifestDifference,
  type ManifestFinding,
  type Skew,
  type Talk,
  type UpgradeCheck,
  type UpgradeFinding,
  type UpgradePath,
} from "@mojaloop-versioning/manifest";
import type {
  EndOfLifeCycle,
  NodeSchedule,
  Release,
  SupportGap,
  SupportPolicy,
  SupportStatus,
  SupportWindow,
} from "@mojaloop-versioning/manifest/support";
import type { Tag } from "@mojaloop-versioning/manifest/tags";
import * as z from "zod";
import type { SupportCalendar } from "../commands/support.ts";
import { date, optional, rule, text, texts, version } from "./words.ts";

// Of the commands that judge releases. The types hold the schemas to what the commands print.

const confidence = z.enum(["stated", "observed", "inferred", "draft"]);
const conversion = z.enum(CONVERSIONS);
const verdict = z.enum(["direct", "adapter", "no", "unknown"]);

export const talk: z.ZodType<Talk> = z.object({
  hub: text,
  verdict,
  conversion: optional(conversion),
  resources: z.array(
    z.object({
      resource: text,
      verdict,
      payer: optional(version),
      hub: optional(version),
      payee: optional(version),
      conversion: optional(conversion),
      steps: z.array(
        z.object({
          at: z.enum(["payer's side", "payee's side"]),
          what: z.enum(["request", "callback"]),
          from: version,
          to: version,
          conversion,
          loses: texts,
        }),
      ),
      rule,
      reason: text,
    }),
  ),
});

const level = z.enum(["major", "minor", "hotfix", "none", "unknown"]);
export const step: z.ZodType<Bump> = z.object({
  from: text,
  to: optional(text),
  level,
  atLeast: optional(level),
  rows: z.array(
    z.object({
      part: text,
      from: optional(text),
      to: optional(text),
      level,
      rule,
      reason: text,
      observed: optional(z.literal(true)),
    }),
  ),
  agrees: optional(z.boolean()),
});

export const finding: z.ZodType<UpgradeFinding> = z.object({
  severity: z.enum(SEVERITIES),
  part: z.enum(["api", "db", "messaging", "helm", "infra", "services"]),
  subject: text,
  rule,
  message: text,
  files: optional(texts),
  remedy: optional(text),
  reported: optional(texts),
});
export const check: z.ZodType<UpgradeCheck> = z.object({
  from: text,
  to: text,
  verdict: z.enum(["rolling", "window", "blocked", "unknown"]),
  atBest: optional(z.enum(["rolling", "window"])),
  findings: z.array(finding),
  migrations: z.record(text, texts),
  steps: texts,
  rollback: z.object({ by: z.enum(["images", "restore", "unknown"]), how: text }),
});
export const path: z.ZodType<UpgradePath> = z.object({
  from: text,
  to: text,
  direct: check,
  hops: z.array(check),
  unjudged: texts,
  recommended: z.array(check),
  risks: texts,
  commands: texts,
});

const service = z.object({ service: text, version: text });
const skewVerdict = z.enum(["ok", "warns", "blocks", "unknown"]);
export const skewed: z.ZodType<Skew> = z.object({
  services: z.tuple([service, service]),
  verdict: skewVerdict,
  evidence: z.array(
    z.object({ about: z.enum(["database", "messages", "release", "version"]), verdict: skewVerdict, text }),
  ),
  findings: z.array(finding),
});

export const release: z.ZodType<Release> = z.object({ version: text, date, source: text, confidence });
const window: z.ZodType<SupportWindow> = z.object({
  line: text,
  start: date,
  end: optional(date),
  releases: z.array(release),
});
export const gap: z.ZodType<SupportGap> = z.object({
  from: date,
  to: date,
  days: z.int(),
  after: text,
  before: text,
});
export const status: z.ZodType<SupportStatus> = z.object({
  version: text,
  on: date,
  policy: text,
  state: z.enum(["supported", "ended", "not-released", "uncovered"]),
  window: optional(window),
  daysLeft: optional(z.int()),
  newest: optional(text),
});
export const policy: z.ZodType<SupportPolicy> = z.object({
  id: text,
  title: text,
  source: text,
  confidence,
  line: z.enum(["release", "minor", "major"]),
  rungs: z.array(z.object({ from: date, months: optional(z.int()), until: optional(z.literal("next")) })),
  only: optional(texts),
});
export const calendar: z.ZodType<SupportCalendar> = z.object({
  policy,
  windows: z.array(window),
  gaps: z.array(gap),
});
export const schedule: z.ZodType<Readonly<Record<string, NodeSchedule>>> = z.record(
  text,
  z.object({ start: date, end: optional(date) }),
);
export const cycle: z.ZodType<EndOfLifeCycle> = z.object({
  cycle: text,
  releaseDate: date,
  eol: z.union([date, z.literal(false)]),
  latest: text,
  latestReleaseDate: date,
  lts: z.boolean(),
});

export const disagreement: z.ZodType<ManifestFinding> = z.object({
  field: text,
  declared: optional(text),
  observed: optional(text),
  why: text,
});
export const difference: z.ZodType<ManifestDifference> = z.object({
  field: text,
  from: optional(text),
  to: optional(text),
});

export const tag: z.ZodType<Tag | Pick<Tag, "text">> = z.object({
  text,
  numbers: optional(texts),
  kind: optional(z.enum(["release", "fix", "snapshot", "prerelease", "variant"])),
  scheme: optional(z.enum(["pi", "semver", "extended"])),
  suffix: optional(texts),
});
