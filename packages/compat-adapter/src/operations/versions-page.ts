import { createHash } from "node:crypto";
import { compareVersions, newestFirst, type Version } from "@mojaloop-versioning/protocol";
import { shareBar, trend } from "./versions-chart.ts";
import type { StillBehind, VersionsReport, VersionsRow } from "./versions-report.ts";
import { VERSIONS_STYLE } from "./versions-style.ts";

/** What the page may load: its own style, and nothing else from anywhere. */
export const VERSIONS_PAGE_POLICY: string = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(VERSIONS_STYLE).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The report as a page that needs no script and nothing from elsewhere. */
export function renderVersionsPage(report: VersionsReport): string {
  const { at, hub, below, still, participants } = report;
  const versions = newestFirst([hub.version, below, ...participants.map(({ version }) => version)]);
  const names = [...new Set([...still, ...participants].map(({ participant }) => participant))];
  const groups = names.map((name) => renderParticipant(name, report));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who speaks which FSPIOP version</title>
<link rel="icon" href="data:,">
<style>${VERSIONS_STYLE}</style>
</head>
<body>
<header>
<h1>Who still speaks an older version?</h1>
<nav aria-label="Versions to ask about">below ${versions.map((version) => versionLink(version, below)).join("")}</nav>
</header>
${renderAnswer(report)}
<table>
<thead><tr><th>DFSP</th><th>Resource</th><th>Version</th><th>Last heard</th><th class="n">Messages</th><th>Last 24 hours</th></tr></thead>
${groups.join("\n")}
</table>
<footer>The hub speaks FSPIOP ${escaped(hub.version)}. <i>Heard</i> is what no configuration says. As of ${instant(at)}.</footer>
</body>
</html>
`;
}

function versionLink(version: Version, below: Version): string {
  const here = version === below ? ' aria-current="page"' : "";
  return `<a href="?below=${escaped(version)}"${here}>${escaped(version)}</a>`;
}

/** How many are described before the table; it has them all. */
const DESCRIBED = 10;

function renderAnswer({ at, below, share, known, still, participants }: VersionsReport): string {
  const part = share.messages === 0 ? 0 : Math.round((1000 * share.behind) / share.messages) / 10;
  const names = still.map(({ participant }) => `<b>${escaped(participant)}</b>`);
  const listed = names.length <= 4 ? `: ${names.join(", ")}` : "";
  const verdict =
    still.length === 0
      ? `None of ${count(known, "DFSP")} speaks below ${escaped(below)} any more`
      : `${still.length} of ${count(known, "DFSP")} still ${still.length === 1 ? "speaks" : "speak"} below ${escaped(below)}${listed}`;
  const left = still.length - DESCRIBED;
  const more = left > 0 ? `<li><span class="more">and ${left} more, in the table</span></li>` : "";
  const hours = sumOf(participants.map((row) => row.hours));
  const behind = sumOf(participants.filter((row) => row.behind).map((row) => row.hours));
  return `<section id="answer" class="${still.length === 0 ? "done" : "open"}">
<h2>${verdict}</h2>
<ul>${still
    .slice(0, DESCRIBED)
    .map((each) => `<li>${describe(each, at)}</li>`)
    .join("")}${more}</ul>
<div class="share"><p><b>${part} %</b> of ${count(share.messages, "message")} in the last 24 hours ${share.messages === 1 ? "was" : "were"} below ${escaped(below)}</p>${shareBar(part)}</div>
<div class="day">${trend(hours, behind)}</div>
</section>`;
}

function describe({ participant, resources, lastSeen }: StillBehind, at: string): string {
  const what =
    lastSeen === null
      ? `${count(resources.length, "resource")}, by configuration`
      : resources.map(({ resource, version }) => `${escaped(resource)} ${escaped(version)}`).join(", ");
  return `<b>${escaped(participant)}</b> <span>${what}</span> <span>${lastSeen === null ? "never heard" : `last heard ${heard(lastSeen, at)}`}</span>`;
}

/** The rows of one participant: one for each resource that was heard, and one for all that is only configured in a version. */
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
  const { resource, lastSeen, messages, configured, hours, behind } = row;
  const origin = configured ? "" : ' <i title="no configuration says so">heard</i>';
  return [
    `<td>${escaped(resource)}</td>`,
    `<td>${pill(row, below)}${origin}</td>`,
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
  const last = !behind && compareVersions(version, below) < 0 ? " <i>newest there is</i>" : "";
  return `<span class="${behind ? "behind" : "level"}">${escaped(version)}</span>${last}`;
}

function sumOf(days: readonly (readonly number[])[]): number[] {
  const [first = []] = days;
  return first.map((_, hour) => days.reduce((sum, day) => sum + (day[hour] ?? 0), 0));
}

function count(number: number, thing: string): string {
  return `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
}

function heard(lastSeen: string | null, at: string): string {
  if (lastSeen === null) return "never";
  return `<time datetime="${escaped(lastSeen)}" title="${instant(lastSeen)}">${ago(Date.parse(at) - Date.parse(lastSeen))}</time>`;
}

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 1440)} days ago`;
}

function instant(iso: string): string {
  return `${escaped(iso.slice(0, 10))} ${escaped(iso.slice(11, 19))} UTC`;
}

// FSP ids come from the configuration, but a page is no place to trust anything.
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
