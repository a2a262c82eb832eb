import { VersioningError } from "@mojaloop-versioning/protocol";

const DAY = 86_400_000;

/**
 * Checks and returns a date `YYYY-MM-DD` of the calendar.
 * @throws VersioningError `unreadable-input`
 */
export function parseDate(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // The engine turns the 30th of February into a day of March.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw new VersioningError(
    "unreadable-input",
    `"${text}" is no date of the calendar; write it as 2026-07-13`,
  );
}

/** The date some months later; a day that the month lacks becomes its last one. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** The days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}
