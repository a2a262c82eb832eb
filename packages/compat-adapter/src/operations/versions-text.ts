import type { AffectedParticipant, AffectedResource, VersionsReport } from "./versions-report.ts";

/** The verdict of a report in one sentence; `mark` is applied to each FSP id. */
export function verdictOf(report: VersionsReport, mark = (fspId: string): string => fspId): string {
  const { below, days, known, affected, unknown, verdict } = report;
  const period = `in the last ${plural(days, "day")}`;
  if (verdict === "blocks") {
    const names =
      affected.length <= 4 ? `: ${affected.map(({ participant }) => mark(participant)).join(", ")}` : "";
    return `${affected.length} of ${plural(known, "DFSP")} still ${affected.length === 1 ? "uses" : "use"} versions below ${below}${names}`;
  }
  if (verdict === "ok") return `None of ${plural(known, "DFSP")} used a version below ${below} ${period}`;
  const gaps = [
    ...(unknown.length > 0
      ? [
          `nothing is known of ${unknown.slice(0, 4).map(mark).join(", ")}${unknown.length > 4 ? " and others" : ""}`,
        ]
      : []),
    ...(isPartial(report) ? [`messages are counted since ${instant(report.countedSince)}`] : []),
  ];
  return `Unknown: no DFSP was seen below ${below} ${period}, but ${gaps.join(", and ")}`;
}

/** Whether counting began within the period of the report. */
export function isPartial({ at, days, countedSince }: VersionsReport): boolean {
  return Date.parse(countedSince) > Date.parse(at) - days * 86_400_000;
}

/** What breaks for a participant in one resource: `quotes sends 1.0, accepts 1.1`. */
export function describeUse({ resource, version, accept }: AffectedResource): string {
  return `${resource} ${version}${accept === null || accept === version ? "" : ` (accepts ${accept})`}`;
}

/** What would stop working for a participant. */
export function describeBreakage({ resources }: AffectedParticipant): string {
  const kinds = new Set(resources.flatMap(({ breaks }) => breaks));
  const effects = [
    ...(kinds.has("requests") ? ["its messages would be refused"] : []),
    ...(kinds.has("callbacks") ? ["it accepts no newer callbacks"] : []),
  ];
  return effects.join("; ");
}

/** The report as text for a terminal. */
export function renderVersionsText(report: VersionsReport): string {
  const { affected, share, below, days, unknown } = report;
  const part = share.messages === 0 ? 0 : Math.round((1000 * share.behind) / share.messages) / 10;
  const lines = affected.map((each) => {
    const when = each.lastSeen === null ? "configured, not heard" : `last heard ${instant(each.lastSeen)}`;
    const uses =
      each.resources.length > 6
        ? plural(each.resources.length, "resource")
        : each.resources.map(describeUse).join(", ");
    return `  ${each.participant}: ${uses}; ${when}; ${describeBreakage(each)}`;
  });
  return [
    verdictOf(report),
    ...lines,
    `${part} % of ${plural(share.messages, "message")} in the last ${plural(days, "day")} were below ${below}`,
    ...(report.verdict === "blocks" && unknown.length > 0
      ? [`Nothing is known of: ${unknown.join(", ")}`]
      : []),
    ...(isPartial(report) ? [`Messages are counted since ${instant(report.countedSince)}`] : []),
    "",
  ].join("\n");
}

/** An ISO 8601 time to the second: `2026-11-24 10:00:00 UTC`. */
export function instant(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** A number with its noun: `1 day`, `2 days`. */
export function plural(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
