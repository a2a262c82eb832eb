import { member, textMember } from "../schema/json.ts";

/** What a document says about the end of an operation, a parameter or a schema. */
export interface Lifecycle {
  readonly deprecated: boolean;
  /** `x-sunset` as written. */
  readonly sunset: string | undefined;
}

/** What the `deprecated` and `x-sunset` members say. */
export function lifecycleOf(raw: unknown): Lifecycle {
  return { deprecated: member(raw, "deprecated") === true, sunset: textMember(raw, "x-sunset") };
}

/** How it changed; at most one of these at a time. */
export type LifecycleChange =
  | "deprecated"
  | "deprecated-with-sunset"
  | "reactivated"
  | "sunset-unreadable"
  | "sunset-passed"
  | "sunset-deleted"
  | "sunset-moved-to-past"
  | "sunset-earlier";

/**
 * Compares the lifecycles of one thing in two documents.
 * @param today sunset dates before this day are in the past: `2026-11-21`
 */
export function lifecycleChange(
  before: Lifecycle,
  after: Lifecycle,
  today: string,
): LifecycleChange | undefined {
  if (!after.deprecated) return before.deprecated ? "reactivated" : undefined;
  const [from, to] = [before.sunset, after.sunset];
  if (!before.deprecated) {
    if (to === undefined) return "deprecated";
    if (!isDay(to)) return "sunset-unreadable";
    return dayOf(to) < today ? "sunset-passed" : "deprecated-with-sunset";
  }
  if (from === undefined || from === to) return undefined;
  if (to === undefined) return "sunset-deleted";
  if (!isDay(to)) return "sunset-unreadable";
  if (!isDay(from) || dayOf(to) >= dayOf(from)) return undefined;
  return dayOf(to) < today ? "sunset-moved-to-past" : "sunset-earlier";
}

/** When a removal happens, compared with what the older document announced. */
export type RemovalTiming =
  "without-deprecation" | "sunset-unreadable" | "before-sunset" | "with-deprecation";

/** Classifies a removal on a day. */
export function removalTiming({ deprecated, sunset }: Lifecycle, today: string): RemovalTiming {
  if (!deprecated) return "without-deprecation";
  if (sunset === undefined) return "with-deprecation";
  if (!isDay(sunset)) return "sunset-unreadable";
  return dayOf(sunset) > today ? "before-sunset" : "with-deprecation";
}

// The levels of `x-stability-level`, least first; without one an operation is stable.
const STABILITY: readonly string[] = ["draft", "alpha", "beta", "stable"];

/** The rank of a level; `-1` for an unknown one. */
export function stabilityRank(level: string | undefined): number {
  return STABILITY.indexOf(level ?? "stable");
}

/** Whether a level promises nothing: a draft or an alpha may change or disappear at any time. */
export function isUnstable(level: string | undefined): boolean {
  return level === "draft" || level === "alpha";
}

function dayOf(text: string): string {
  return text.slice(0, 10);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(dayOf(text)));
}
