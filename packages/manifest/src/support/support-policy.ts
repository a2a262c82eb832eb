import * as z from "zod";
import policies from "../../data/policies.json" with { type: "json" };
import { addMonths } from "../text/calendar-date.ts";
import type { Confidence } from "../manifest/manifest.ts";
import { dateSchema, type Release } from "./release.ts";
import { bareVersion, compareTags, lineOf, parseTag } from "../tags/tag.ts";
import { parseYaml } from "../text/parse-yaml.ts";

/** A rule of how long a release is kept, for those released from a day on. */
export interface SupportRung {
  readonly from: string;
  /** So many months from the first release of the line. */
  readonly months?: number;
  /** Until the next line begins. */
  readonly until?: "next";
}

/** A support policy: a ladder of rungs, of which the last one that began before a release counts. */
export interface SupportPolicy {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** What is kept: every `release`, a line x.y (`minor`), or a line x (`major`). */
  readonly line: "release" | "minor" | "major";
  readonly rungs: readonly SupportRung[];
  /** The lines that the policy covers, such as `["10.1.0", "13"]`. Absent: every line. */
  readonly only?: readonly string[];
}

/** A line of releases and the time in which it is kept: from `start` until the day before `end`; without `end`, without limit so far. */
export interface SupportWindow {
  readonly line: string;
  readonly start: string;
  readonly end?: string;
  /** The releases of the line, oldest first. */
  readonly releases: readonly Release[];
}

const policySchema: z.ZodType<SupportPolicy> = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  source: z.string().min(1),
  confidence: z.enum(["stated", "observed", "inferred", "draft"]),
  line: z.enum(["release", "minor", "major"]),
  rungs: z
    .array(
      z
        .strictObject({
          from: dateSchema,
          months: z.exactOptional(z.int().positive()),
          until: z.exactOptional(z.literal("next")),
        })
        .refine(
          ({ months, until }) => (months === undefined) !== (until === undefined),
          'needs either "months" or "until"',
        ),
    )
    .min(1),
  only: z.exactOptional(z.array(z.string())),
});

/** The policies that ship with the package: today's practice, and a what-if. */
export function shippedPolicies(): readonly SupportPolicy[] {
  return policies.map((policy) => policySchema.parse(policy));
}

/**
 * Reads a policy of your own from JSON or YAML.
 * @throws VersioningError `unreadable-input` with file and line
 */
export function readPolicy(text: string, file: string): SupportPolicy {
  return parseYaml(policySchema, text, file);
}

/** The windows that a policy gives to releases, in the order in which they begin. */
export function supportWindows(known: readonly Release[], policy: SupportPolicy): SupportWindow[] {
  const lines = new Map<string, Release[]>();
  for (const release of [...known].sort((a, b) => compareTags(a.version, b.version))) {
    const line = lineFor(release.version, policy);
    if (policy.only && !policy.only.includes(line)) continue;
    lines.set(line, [...(lines.get(line) ?? []), release]);
  }
  const begun = [...lines]
    .map(([line, members]) => ({
      line,
      members,
      start: members.map((member) => member.date).sort()[0] ?? "",
    }))
    .sort((a, b) =>
      a.start < b.start ? -1 : a.start > b.start ? 1 : compareTags(`${a.line}.0`, `${b.line}.0`),
    );
  return begun.flatMap(({ line, members, start }, i) => {
    const rung = policy.rungs
      .filter(({ from }) => from <= start)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1);
    if (!rung) return [];
    const end = rung.months === undefined ? begun[i + 1]?.start : addMonths(start, rung.months);
    return [{ line, start, ...(end !== undefined && { end }), releases: members }];
  });
}

/** The line of a version under a policy: `16.0.0` is of `16` where majors are kept. */
export function lineFor(version: string, { line }: SupportPolicy): string {
  const tag = parseTag(version);
  if (!tag || line === "release") return bareVersion(version);
  return lineOf(tag, line === "major" ? 1 : 2);
}
