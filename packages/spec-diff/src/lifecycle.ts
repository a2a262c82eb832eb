/** What a document says of how long something will be there. */
export interface Lifecycle {
  readonly deprecated: boolean;
  /** `x-sunset` as it is written. */
  readonly sunset: string | undefined;
}

/** What became of it; at most one of these at a time. */
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
 * Compares what two documents say of one thing.
 * @param today sunsets before this day have passed: `2026-11-21`
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

/** How the removal of something accords with what was said of it. */
export type Farewell = "without-deprecation" | "sunset-unreadable" | "before-sunset" | "with-deprecation";

/** Judges a removal on a day. */
export function farewellOf({ deprecated, sunset }: Lifecycle, today: string): Farewell {
  if (!deprecated) return "without-deprecation";
  if (sunset === undefined) return "with-deprecation";
  if (!isDay(sunset)) return "sunset-unreadable";
  return dayOf(sunset) > today ? "before-sunset" : "with-deprecation";
}

/** The levels of `x-stability-level`, least first; what bears none is stable. */
const STABILITY: readonly string[] = ["draft", "alpha", "beta", "stable"];

/** The rank of a level, `-1` where it is none. */
export function stabilityRank(level: string | undefined): number {
  return STABILITY.indexOf(level ?? "stable");
}

/** Whether a level promises nothing: a draft or an alpha may change or go at any time. */
export function isUnstable(level: string | undefined): boolean {
  return level === "draft" || level === "alpha";
}

function dayOf(text: string): string {
  return text.slice(0, 10);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(dayOf(text)));
}
