import { addMonths, daysBetween } from "../text/calendar-date.ts";
import type { Release } from "./release.ts";
import { supportWindows, type SupportPolicy, type SupportWindow } from "./support-policy.ts";
import { supportGaps } from "./support-status.ts";
import { formatTable } from "../text/text-table.ts";

/** How a calendar is drawn. */
export interface CalendarOptions {
  /** Today: draws a line, and ends what has no end yet. The default is the last day that the calendar knows. */
  readonly on?: string;
}

/** The windows and gaps of a policy as text. */
export function supportCalendar(releases: readonly Release[], policy: SupportPolicy): string {
  const rows = supportWindows(releases, policy).map(({ line, start, end = "open", releases: members }) => [
    line,
    start,
    end,
    members.map(({ version }) => version).join(", "),
  ]);
  const gaps = supportGaps(releases, policy).map(
    ({ from, to, days, after, before }) =>
      `${from} to ${to}: ${days} days between the end of ${after} and ${before}`,
  );
  return [
    policy.title,
    `Source: ${policy.source}`,
    "",
    formatTable([["Line", "From", "Until", "Releases"], ...rows], "text"),
    "",
    gaps.length === 0 ? "No gap: some release was supported all the time." : "No release was supported:",
    ...gaps,
  ].join("\n");
}

const ROW = 24;
const LEFT = 80;
const WIDTH = 920;

/** The same as a picture: a bar for each line, the gaps shaded. */
export function supportCalendarSvg(
  releases: readonly Release[],
  policy: SupportPolicy,
  options: CalendarOptions = {},
): string {
  const windows = supportWindows(releases, policy);
  const first = windows[0]?.start ?? "2020-01-01";
  const known = windows.flatMap(({ start, end }) => [start, end ?? start]);
  const lastKnown = [...known, options.on ?? first].sort().at(-1) ?? first;
  const last = addMonths(lastKnown, 1);
  const total = Math.max(1, daysBetween(first, last));
  const x = (date: string): number =>
    LEFT + Math.round((daysBetween(first, date) / total) * (WIDTH - LEFT - 20));
  const height = 60 + windows.length * ROW;
  const years = Array.from(
    { length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) },
    (_, i) => `${Number(first.slice(0, 4)) + 1 + i}-01-01`,
  );
  const bar = ({ line, start, end = last }: SupportWindow, i: number): string =>
    `<text x="${LEFT - 8}" y="${52 + i * ROW}" text-anchor="end">${escape(line)}</text>` +
    `<rect x="${x(start)}" y="${38 + i * ROW}" width="${Math.max(1, x(end) - x(start))}" height="18" fill="#2a6f97"><title>${escape(line)}: ${start} to ${end}</title></rect>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" role="img" aria-label="${escape(policy.title)}">`,
    `<text x="8" y="18" font-size="14">${escape(policy.title)}</text>`,
    ...years.map(
      (year) =>
        `<line x1="${x(year)}" y1="30" x2="${x(year)}" y2="${height - 10}" stroke="#ccc"/><text x="${x(year) + 3}" y="32" fill="#666">${year.slice(0, 4)}</text>`,
    ),
    ...supportGaps(releases, policy).map(
      ({ from, to, days }) =>
        `<rect x="${x(from)}" y="36" width="${Math.max(1, x(to) - x(from))}" height="${height - 46}" fill="#d1495b" opacity="0.35"><title>no release supported: ${from} to ${to}, ${days} days</title></rect>`,
    ),
    ...windows.map(bar),
    ...(options.on === undefined
      ? []
      : [`<line x1="${x(options.on)}" y1="30" x2="${x(options.on)}" y2="${height - 10}" stroke="#d1495b"/>`]),
    "</svg>",
  ].join("\n");
}

/** A line in the form of the Node.js project's `schedule.json`. */
export interface NodeSchedule {
  readonly start: string;
  readonly end?: string;
}

/** A line in the form of endoflife.date. */
export interface EndOfLifeCycle {
  readonly cycle: string;
  readonly releaseDate: string;
  readonly eol: string | false;
  readonly latest: string;
  readonly latestReleaseDate: string;
  readonly lts: boolean;
}

/** The windows as the Node.js project publishes its own: `{ "v17": { "start": …, "end": … } }`. */
export function toNodeSchedule(
  releases: readonly Release[],
  policy: SupportPolicy,
): Record<string, NodeSchedule> {
  return Object.fromEntries(
    supportWindows(releases, policy).map(({ line, start, end }) => [
      `v${line}`,
      { start, ...(end !== undefined && { end }) },
    ]),
  );
}

/** The windows as endoflife.date lists them, the newest first. */
export function toEndOfLife(releases: readonly Release[], policy: SupportPolicy): EndOfLifeCycle[] {
  return supportWindows(releases, policy)
    .map(({ line, start, end, releases: members }) => {
      const latest = members.at(-1);
      return {
        cycle: line,
        releaseDate: start,
        eol: end ?? (false as const),
        latest: latest?.version ?? line,
        latestReleaseDate: latest?.date ?? start,
        lts: false,
      };
    })
    .reverse();
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
