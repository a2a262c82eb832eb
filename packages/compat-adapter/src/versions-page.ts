import { newestFirst, type Version } from "@mojaloop-versioning/protocol";
import type { VersionsReport, VersionsRow } from "./versions-report.ts";

/** The report as a page that needs no script and nothing from elsewhere. */
export function renderVersionsPage(report: VersionsReport): string {
  const { hub, below, share, participants } = report;
  const behind = new Set(participants.filter((row) => row.behind).map(({ participant }) => participant));
  const versions = newestFirst([hub.version, below, ...participants.map(({ version }) => version)]);
  const part = share.messages === 0 ? 0 : Math.round((1000 * share.behind) / share.messages) / 10;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who speaks which FSPIOP version</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Who speaks which version</h1>
<p>The hub speaks FSPIOP <b>${escaped(hub.version)}</b>. Who is below</p>
<nav aria-label="Version">${versions.map((version) => versionLink(version, below)).join("")}</nav>
<section id="answer" class="${behind.size === 0 ? "done" : "open"}">
<p><b>${behind.size === 0 ? "Nobody" : Array.from(behind, escaped).join(", ")}</b> ${behind.size > 1 ? "are" : "is"} below ${escaped(below)}.</p>
<p>${part} % of ${share.messages} messages in the last 24 hours were below ${escaped(below)}.</p>
<div class="share"><i style="width:${part}%"></i></div>
</section>
<table>
<thead><tr><th>Participant</th><th>Resource</th><th>Version</th><th>Last heard</th><th class="n">Messages</th><th>Last 24 hours</th></tr></thead>
<tbody>
${participants.map((row, i) => renderRow(row, participants[i - 1]?.participant !== row.participant)).join("\n")}
</tbody>
</table>
</body>
</html>
`;
}

function versionLink(version: Version, below: Version): string {
  const here = version === below ? ' aria-current="page"' : "";
  return `<a href="?below=${escaped(version)}"${here}>${escaped(version)}</a>`;
}

function renderRow(row: VersionsRow, first: boolean): string {
  const { participant, resource, version, lastSeen, messages, configured, hours, behind } = row;
  const heard = lastSeen === null ? "never" : `${lastSeen.slice(0, 10)} ${lastSeen.slice(11, 19)} UTC`;
  const origin = configured ? "" : ' <small title="heard, not configured">heard</small>';
  const cells = [
    `<td>${first ? `<b>${escaped(participant)}</b>` : ""}</td>`,
    `<td>${escaped(resource)}</td>`,
    `<td><span class="${behind ? "behind" : "level"}">${escaped(version)}</span>${origin}</td>`,
    `<td class="${lastSeen === null ? "never" : ""}">${heard}</td>`,
    `<td class="n">${messages}</td>`,
    `<td>${trend(hours)}</td>`,
  ];
  const name = `${participant} ${resource} ${version}`;
  return `<tr data-row="${escaped(name)}" class="${first ? "first" : ""}">${cells.join("")}</tr>`;
}

function trend(hours: readonly number[]): string {
  const most = Math.max(...hours, 1);
  const bars = hours.map((count, i) => {
    const height = count === 0 ? 0 : Math.max(1, Math.round((count / most) * 16));
    return height === 0 ? "" : `<rect x="${i * 4}" y="${16 - height}" width="3" height="${height}"/>`;
  });
  const sum = hours.reduce((a, b) => a + b, 0);
  return `<svg width="${hours.length * 4}" height="16" role="img" aria-label="${sum} in 24 hours">${bars.join("")}</svg>`;
}

// FSP ids come from the configuration, but a page is no place to trust anything.
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1d2733;--soft:#667585;--line:#dfe5eb;--paper:#fff;--bad:#b4470f;--badpaper:#fdeee3;--good:#1b7a4b;--goodpaper:#e6f5ec;--bar:#5b8def}
@media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#93a1b0;--line:#2c3742;--paper:#151b21;--bad:#ffb187;--badpaper:#3b2417;--good:#7fdcaa;--goodpaper:#153325;--bar:#6f9bf5}}
*{box-sizing:border-box}
body{max-width:68rem;margin:2.5rem auto;padding:0 1.25rem;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.6rem;margin:0 0 .25rem}
nav a{display:inline-block;margin:0 .35rem .35rem 0;padding:.1rem .7rem;border:1px solid var(--line);border-radius:1rem;color:inherit;text-decoration:none}
nav a[aria-current]{background:var(--ink);color:var(--paper)}
section{margin:1rem 0 1.75rem;padding:.9rem 1.1rem;border-radius:.6rem}
section p{margin:0}section.open{background:var(--badpaper)}section.done{background:var(--goodpaper)}
.share{height:6px;margin-top:.6rem;border-radius:3px;background:var(--line);overflow:hidden}.share i{display:block;height:100%;background:var(--bad)}
table{width:100%;border-collapse:collapse}
th{padding:.3rem .6rem;text-align:left;font-weight:600;font-size:.8rem;color:var(--soft);border-bottom:1px solid var(--line)}
td{padding:.25rem .6rem;font-variant-numeric:tabular-nums}tr.first td{border-top:1px solid var(--line)}
.n{text-align:right}.never,small{color:var(--soft)}
.behind,.level{padding:.05rem .5rem;border-radius:.8rem}.behind{color:var(--bad);background:var(--badpaper)}.level{color:var(--good);background:var(--goodpaper)}
svg{fill:var(--bar);display:block}`;
