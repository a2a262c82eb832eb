export { readReleases, shippedReleases, withManifests, type Release } from "./support/release.ts";
export {
  supportCalendar,
  supportCalendarSvg,
  toEndOfLife,
  toNodeSchedule,
  type CalendarOptions,
  type EndOfLifeCycle,
  type NodeSchedule,
} from "./support/support-calendar.ts";
export {
  lineFor,
  readPolicy,
  shippedPolicies,
  supportWindows,
  type SupportPolicy,
  type SupportRung,
  type SupportWindow,
} from "./support/support-policy.ts";
export { supportGaps, supportStatus, type SupportGap, type SupportStatus } from "./support/support-status.ts";
export { parseDate } from "./text/calendar-date.ts";
