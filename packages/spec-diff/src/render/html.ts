import { resourceName } from "../report/resources.ts";
import type { DiffResult } from "../report/result.ts";
import { escapeControls } from "../report/shown.ts";
import type { Witness } from "../report/finding.ts";
import { causesOf, type Cause } from "./causes.ts";
import { SCRIPT, STYLE } from "./html-assets.ts";
import { closingNote, messageOf, placeName, positionOf, summaryOf } from "./phrases.ts";

/** The result as one HTML file that needs nothing else: versions first, then the changes by resource and operation. */
export function renderHtml(result: DiffResult): string {
  const title = `${result.base.name} → ${result.revision.name}`;
  const causes = causesOf(result.findings);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${html(title)}</h1>
<p class="headline">${html(summaryOf(result))}</p>
<h2 id="versions">Versions</h2>
${versionTable(result)}
${closingNote(result.findings)
  .map((line) => `<p>${html(line)}</p>`)
  .join("\n")}
${legend()}
<h2 id="changes">Changes</h2>
<form hidden>
<input type="search" name="text" placeholder="Filter by text, id or path" aria-label="Filter by text, id or path">
${["error", "warn", "info"].map((level) => `<label><input type="checkbox" name="${level}" checked> ${level}</label>`).join("\n")}
<output></output>
</form>
${groups(causes)}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function versionTable({ resources }: DiffResult): string {
  const columns = ["resource", "from", "must be", "declared", "change", "upgrade"];
  const rows = resources.map(
    ({ resource, from = "", to = "", declared = "", change, order }) =>
      `<tr>${cells([`<a href="#${anchor(resource)}">${html(resource)}</a>`, html(from), html(to), html(declared), change, order])}</tr>`,
  );
  return `<div class="scroll"><table>
<thead><tr>${columns.map((column) => `<th>${column}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}

function cells(values: readonly string[]): string {
  return values.map((value) => `<td>${value}</td>`).join("");
}

function legend(): string {
  return `<details><summary>How to read the two directions</summary>
<dl>
<dt>old → new</dt><dd>A sender that knows the old document, a receiver that knows the new one.</dd>
<dt>new → old</dt><dd>A sender that knows the new document, a receiver that knows the old one.</dd>
<dt class="ok">ok</dt><dd>The receiver refuses no message because of this change.</dd>
<dt class="breaks">breaks</dt><dd>It refuses one, and the message is shown.</dd>
<dt class="unproven">unproven</dt><dd>The rule says that it may refuse one; none was found.</dd>
<dt class="incomparable">incomparable</dt><dd>Two patterns that cannot be decided; samples showed no difference.</dd>
</dl>
</details>`;
}

// A change that touches several resources is shown at the first one and linked from its list of operations.
function groups(causes: readonly Cause[]): string {
  const byResource = new Map<string, Map<string, Cause[]>>();
  for (const cause of causes) {
    const [operation] = cause.operations;
    const resource = operation === undefined ? DOCUMENT : resourceName(operation);
    const operations = byResource.get(resource) ?? new Map<string, Cause[]>();
    byResource.set(resource, operations);
    const name = cause.operations.length > 1 ? SEVERAL : (operation ?? "");
    operations.set(name, [...(operations.get(name) ?? []), cause]);
  }
  return [...byResource]
    .map(
      ([resource, operations]) =>
        `<section data-group id="${anchor(resource)}"><h2>${html(resource)}</h2>
${[...operations].map(([name, list]) => operationGroup(name, list)).join("\n")}
</section>`,
    )
    .join("\n");
}

const DOCUMENT = "whole document";
const SEVERAL = "several operations";

function operationGroup(name: string, causes: readonly Cause[]): string {
  const title = name === "" ? "" : `<h3>${html(name)}</h3>\n`;
  return `<section data-group>${title}${causes.map(article).join("\n")}</section>`;
}

function article(cause: Cause): string {
  const { level, text, ids, findings, pointers, operations, oldToNew, newToOld, witness, capped } = cause;
  const [first] = findings;
  const id = first?.fingerprint ?? "";
  const position = first ? positionOf(first) : "";
  const places = pointers.map((pointer) => `<code>${html(placeName(pointer))}</code>`).join("<br>");
  return `<article id="f-${id}" class="${level}" data-level="${level}">
<p><a href="#f-${id}" class="level">${level}</a> ${html(text)}</p>
<p>old → new: <span class="${oldToNew}">${oldToNew}</span>, new → old: <span class="${newToOld}">${newToOld}</span></p>
${capped.map((line) => `<p>${html(line)}</p>`).join("\n")}
<p>${ids.map((each) => `<code>${html(each)}</code>`).join(" ")}${position === "" ? "" : ` at ${html(position)}`}</p>
${details("before and after", beforeAndAfter(cause))}
${details("refused messages", [refused("old → new", witness.oldToNew), refused("new → old", witness.newToOld)].join(""))}
${details(`${String(pointers.length)} place${pointers.length === 1 ? "" : "s"}, ${String(operations.length)} operation${operations.length === 1 ? "" : "s"}`, `<p>${places}</p><p>${html(operations.join(", "))}</p>`)}
</article>`;
}

function details(summary: string, content: string): string {
  return content === "" ? "" : `<details><summary>${summary}</summary>${content}</details>`;
}

function beforeAndAfter({ findings }: Cause): string {
  const [first] = findings;
  if (!first || (first.from === undefined && first.to === undefined)) return "";
  const side = (name: string, value: unknown): string =>
    value === undefined ? "" : `<p>${name}</p><pre>${html(pretty(value))}</pre>`;
  return side("before", first.from) + side("after", first.to);
}

function refused(direction: string, witness: Witness | undefined): string {
  if (!witness) return "";
  const body = witness.body === undefined ? "" : `<pre>${html(pretty(witness.body))}</pre>`;
  return `<p>${direction}: ${html(messageOf(witness))}</p>${body}`;
}

function pretty(value: unknown): string {
  if (typeof value === "string") return escapeControls(value);
  return JSON.stringify(value, null, 2).split("\n").map(escapeControls).join("\n");
}

function anchor(name: string): string {
  return `r-${encodeURIComponent(name)}`;
}

function html(text: string): string {
  return escapeControls(text)
    .replaceAll("\\u000a", "\n")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
