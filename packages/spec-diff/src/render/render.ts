import type { DiffResult } from "../report/result.ts";
import type { Finding } from "../report/finding.ts";
import { closing, messageOf, namesOf, summaryOf, type RenderOptions } from "./text.ts";

/** The result in Markdown, for a comment on a change. */
export function renderMarkdown(result: DiffResult, { plan }: RenderOptions = {}): string {
  const { findings, resources } = result;
  const cell = (text: string): string =>
    text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
  const code = (text: string): string => `\`${cell(text).replaceAll("`", "'")}\``;
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const witnessed = findings.filter(({ witness }) => witness);
  const lines = [
    `## ${cell(result.base.name)} → ${cell(result.revision.name)}`,
    "",
    cell(summaryOf(result)),
    ...closing(findings).flatMap((line) => ["", `> ${cell(line)}`]),
    ...(findings.length > 0
      ? [
          "",
          row(["level", "change", "old → new", "new → old", "where"]),
          row(["---", "---", "---", "---", "---"]),
        ]
      : []),
    ...findings.map(({ level, id, text, oldToNew, newToOld, pointer }) =>
      row([level, `${cell(text)} (${code(id)})`, oldToNew, newToOld, code(pointer)]),
    ),
    ...(witnessed.length > 0 ? ["", "<details><summary>Messages that are refused</summary>", ""] : []),
    ...witnessed.flatMap(({ id, witness }) => [
      ...(witness?.oldToNew ? [`- ${code(id)}, old → new: ${code(messageOf(witness.oldToNew))}`] : []),
      ...(witness?.newToOld ? [`- ${code(id)}, new → old: ${code(messageOf(witness.newToOld))}`] : []),
    ]),
    ...(witnessed.length > 0 ? ["", "</details>"] : []),
    "",
    row(["resource", "from", "must be", "declared", "change", "upgrade"]),
    row(["---", "---", "---", "---", "---", "---"]),
    ...resources.map(({ resource, from, to, declared, change, order }) =>
      row([cell(resource), from ?? "", to ?? "", declared ?? "", change, order]),
    ),
    ...(plan ? ["", ...plan.map(({ resource, order }) => `- ${cell(resource)}: ${order}`)] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** The result as one HTML file that needs nothing else. */
export function renderHtml(result: DiffResult): string {
  const { findings, resources } = result;
  const rows = findings.map((finding) => htmlRow(finding)).join("\n");
  const versions = resources
    .map(({ resource, from = "", to = "", declared = "", change, order }) =>
      htmlCells([resource, from, to, declared, change, order]),
    )
    .join("\n");
  const title = `${result.base.name} → ${result.revision.name}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1f24; background: #fff; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #d8dee4; }
code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
.error { color: #b42318; font-weight: 600; } .warn { color: #93590a; font-weight: 600; } .breaks { color: #b42318; }
@media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117; } th, td { border-color: #30363d; }
.error, .breaks { color: #ff8a80; } .warn { color: #f0b357; } }
</style>
</head>
<body>
<h1>${html(title)}</h1>
<p>${html(summaryOf(result))}</p>
${closing(findings)
  .map((line) => `<p class="warn">${html(line)}</p>`)
  .join("\n")}
<h2>Findings</h2>
<table>
<thead><tr><th>level</th><th>change</th><th>old → new</th><th>new → old</th><th>where</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
<h2>Resource versions</h2>
<table>
<thead><tr><th>resource</th><th>from</th><th>must be</th><th>declared</th><th>change</th><th>upgrade</th></tr></thead>
<tbody>
${versions}
</tbody>
</table>
</body>
</html>
`;
}

function htmlRow({ level, id, text, oldToNew, newToOld, pointer, operations, witness }: Finding): string {
  const messages = [
    ...(witness?.oldToNew ? [`old → new refused: ${messageOf(witness.oldToNew)}`] : []),
    ...(witness?.newToOld ? [`new → old refused: ${messageOf(witness.newToOld)}`] : []),
  ];
  const details =
    messages.length > 0
      ? `<details><summary>refused message</summary><pre>${html(messages.join("\n"))}</pre></details>`
      : "";
  return `<tr><td class="${level}">${level}</td><td>${html(text)}<br><code>${html(id)}</code>${details}</td><td class="${oldToNew}">${oldToNew}</td><td class="${newToOld}">${newToOld}</td><td><code>${html(pointer)}</code><br>${html(namesOf(operations))}</td></tr>`;
}

function htmlCells(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${html(cell)}</td>`).join("")}</tr>`;
}

function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The findings as workflow commands of GitHub Actions, which show them beside the file. */
export function renderGithub(result: DiffResult, file: string = result.revision.name): string {
  const kind = { error: "error", warn: "warning", info: "notice" };
  const data = (text: string): string =>
    text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
  return result.findings
    .map(({ level, id, text, pointer, oldToNew, newToOld }) => {
      const message = `${text} (${pointer}; old → new: ${oldToNew}, new → old: ${newToOld})`;
      return `::${kind[level]} file=${property(file)},title=${property(id)}::${data(message)}\n`;
    })
    .join("");
}

/** The findings as JUnit: a test case for each, failed at level `error`, skipped at `warn`. */
export function renderJunit(result: DiffResult): string {
  const { findings } = result;
  const xml = (text: string): string =>
    // Control characters have no place in XML 1.0.
    html(text).replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  const count = (level: string): string =>
    String(findings.filter((finding) => finding.level === level).length);
  const suite = xml(`${result.base.name} → ${result.revision.name}`);
  const cases = findings.map(({ level, id, text, pointer, witness }) => {
    const shown = witness?.oldToNew ?? witness?.newToOld;
    const body = xml(`${text}\n${pointer}${shown ? `\nrefused: ${messageOf(shown)}` : ""}`);
    const outcome =
      level === "error"
        ? `<failure message="${xml(text)}">${body}</failure>`
        : level === "warn"
          ? `<skipped message="${xml(text)}"/>`
          : "";
    return `    <testcase classname="${xml(id)}" name="${xml(pointer)}">${outcome}</testcase>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="${suite}" tests="${String(findings.length)}" failures="${count("error")}" skipped="${count("warn")}">
${cases.join("\n")}
  </testsuite>
</testsuites>
`;
}
