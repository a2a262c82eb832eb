import { createHash } from "node:crypto";
import { compareVersions, newestFirst, type Version } from "@mojaloop-versioning/protocol";
import { shareBar, trend } from "./versions-chart.ts";
import {
  REPORT_DAYS,
  type AffectedParticipant,
  type VersionsReport,
  type VersionsRow,
} from "./versions-report.ts";
import { VERSIONS_STYLE } from "./versions-style.ts";
import { describeBreakage, describeUse, instant, plural, verdictOf } from "./versions-text.ts";

/** The Content-Security-Policy of the page: its own style and nothing else. */
export const VERSIONS_PAGE_POLICY: string = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(VERSIONS_STYLE).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The report as a page without scripts and external content. */
export function renderVersionsPage(report: VersionsReport): string {
  const { at, hub, below, days, affected, participants } = report;
  const versions = newestFirst([hub.version, below, ...participants.map(({ version }) => version)]);
  const names = [...new Set([...affected, ...participants].map(({ participant }) => participant))];
  const groups = names.map((name) => renderParticipant(name, report));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>FSPIOP versions in use</title>
<link rel="icon" href="data:,">
<style>${VERSIONS_STYLE}</style>
</head>
<body>
<header>
<h1>Which DFSPs still use an older version?</h1>
<nav aria-label="Versions to ask about">below ${versions.map((version) => link({ below: version, days }, version, version === below)).join("")}</nav>
<nav aria-label="Periods to ask about">last ${REPORT_DAYS.map((period) => link({ below, days: period }, plural(period, "day"), period === days)).join("")}</nav>
</header>
${renderAnswer(report)}
<table>
<thead><tr><th>DFSP</th><th>Resource</th><th>Version</th><th>Last heard</th><th class="n">Messages</th><th>Last 24 hours</th></tr></thead>
${groups.join("\n")}
</table>
<footer>The hub uses FSPIOP ${escaped(hub.version)}. <i>Heard</i>: not in the configuration. Counted since ${instant(report.countedSince)}. As of ${instant(at)}.</footer>
</body>
</html>
`;
}

function link(question: { below: Version; days: number }, text: string, isCurrent: boolean): string {
  const { below, days } = question;
  const current = isCurrent ? ' aria-current="page"' : "";
  return `<a href="?below=${escaped(below)}&#38;days=${days}"${current}>${escaped(text)}</a>`;
}

// How many are described above the table, which has them all.
const DESCRIBED = 10;

function renderAnswer(report: VersionsReport): string {
  const { at, below, days, share, affected, participants } = report;
  const part = share.messages === 0 ? 0 : Math.round((1000 * share.behind) / share.messages) / 10;
  const left = affected.length - DESCRIBED;
  const more = left > 0 ? `<li><span class="more">and ${left} more, in the table</span></li>` : "";
  const hours = sumOf(participants.map((row) => row.hours));
  const behind = sumOf(participants.filter((row) => row.behind).map((row) => row.hours));
  return `<section id="answer" class="${report.verdict === "ok" ? "done" : "open"}">
<h2>${verdictOf(report, (fspId) => `<b>${escaped(fspId)}</b>`)}</h2>
<ul>${affected
    .slice(0, DESCRIBED)
    .map((each) => `<li>${describe(each, at)}</li>`)
    .join("")}${more}</ul>
<div class="share"><p><b>${part} %</b> of ${plural(share.messages, "message")} in the last ${plural(days, "day")} ${share.messages === 1 ? "was" : "were"} below ${escaped(below)}</p>${shareBar(part)}</div>
<div class="day">${trend(hours, behind)}</div>
</section>`;
}

function describe(each: AffectedParticipant, at: string): string {
  const { participant, resources, lastSeen } = each;
  const uses =
    lastSeen === null
      ? `${plural(resources.length, "resource")}, by configuration`
      : resources.map((resource) => escaped(describeUse(resource))).join(", ");
  const when = lastSeen === null ? "not heard" : `last heard ${heard(lastSeen, at)}`;
  return `<b>${escaped(participant)}</b> <span>${uses}</span> <span>${when}; ${describeBreakage(each)}</span>`;
}

// The rows of one participant: one for each resource that it used, and one for all that are only configured in a version.
function renderParticipant(name: string, { at, below, participants }: VersionsReport): string {
  const own = participants.filter(({ participant }) => participant === name);
  const rows = own.filter(({ lastSeen }) => lastSeen !== null).map((row) => renderRow(row, below, at));
  const silent = own.filter(({ lastSeen }) => lastSeen === null);
  for (const version of newestFirst(silent.map((row) => row.version))) {
    const inIt = silent.filter((row) => row.version === version);
    for (const behind of [true, false]) {
      const alike = inIt.filter((row) => row.behind === behind);
      if (alike.length > 0) rows.push(renderSilent(alike, below, rows.length > 0));
    }
  }
  const head = `<th scope="rowgroup" rowspan="${rows.length}">${escaped(name)}</th>`;
  return `<tbody>${rows.map((cells, i) => `<tr>${i === 0 ? head : ""}${cells}</tr>`).join("\n")}</tbody>`;
}

function renderRow(row: VersionsRow, below: Version, at: string): string {
  const { resource, version, accept, lastSeen, messages, configured, hours, behind } = row;
  const origin = configured ? "" : ' <i title="not in the configuration">heard</i>';
  const accepts = accept === null || accept === version ? "" : ` <i>accepts ${escaped(accept)}</i>`;
  return [
    `<td>${escaped(resource)}</td>`,
    `<td>${pill(row, below)}${accepts}${origin}</td>`,
    `<td>${heard(lastSeen, at)}</td>`,
    `<td class="n">${messages.toLocaleString("en")}</td>`,
    `<td class="day">${trend(hours, behind ? hours : [])}</td>`,
  ].join("");
}

function renderSilent(rows: readonly VersionsRow[], below: Version, others: boolean): string {
  const [first] = rows;
  if (!first) return "";
  const names = rows.map(({ resource }) => escaped(resource)).join(", ");
  const title = rows.length === 1 ? names : `${rows.length} ${others ? "other " : ""}resources`;
  const what = rows.length === 1 ? names : `<details><summary>${title}</summary>${names}</details>`;
  return `<td>${what}</td><td>${pill(first, below)}</td><td>never</td><td class="n">0</td><td class="day"></td>`;
}

function pill({ version, behind }: VersionsRow, below: Version): string {
  const last = !behind && compareVersions(version, below) < 0 ? " <i>newest version</i>" : "";
  return `<span class="${behind ? "behind" : "level"}">${escaped(version)}</span>${last}`;
}

function sumOf(days: readonly (readonly number[])[]): number[] {
  const [first = []] = days;
  return first.map((_, hour) => days.reduce((sum, day) => sum + (day[hour] ?? 0), 0));
}

function heard(lastSeen: string | null, at: string): string {
  if (lastSeen === null) return "never";
  return `<time datetime="${escaped(lastSeen)}" title="${escaped(instant(lastSeen))}">${ago(Date.parse(at) - Date.parse(lastSeen))}</time>`;
}

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 1440)} days ago`;
}

// FSP ids come from the configuration; the page trusts no text all the same.
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
