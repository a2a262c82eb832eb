import type { DiffResult } from "../report/result.ts";
import { escapeControls } from "../report/shown.ts";
import { messageOf, placeName } from "./phrases.ts";

const KINDS = { error: "error", warn: "warning", info: "notice" } as const;

/**
 * The findings as workflow commands of GitHub Actions, which show them at the line of the file.
 * @param file the file of the revision, where its sources are not known
 */
export function renderGithub(result: DiffResult, file: string = result.revision.name): string {
  return result.findings
    .map(({ level, id, text, pointer, oldToNew, newToOld, revisionPosition }) => {
      const message = `${text} (${placeName(pointer)}; old → new: ${oldToNew}, new → old: ${newToOld})`;
      const place = revisionPosition
        ? `,line=${String(revisionPosition.line)},col=${String(revisionPosition.column)}`
        : "";
      const name = property(revisionPosition?.file ?? file);
      return `::${KINDS[level]} file=${name}${place},title=${property(id)}::${data(message)}\n`;
    })
    .join("");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** The findings as JUnit: a test case for each, failed at level `error`, skipped at `warn`. */
export function renderJunit(result: DiffResult): string {
  const { findings } = result;
  const at = (level: string): string => String(findings.filter((finding) => finding.level === level).length);
  const suite = xml(`${result.base.name} → ${result.revision.name}`);
  const cases = findings.map(({ level, id, text, pointer, witness }) => {
    const message = witness?.oldToNew ?? witness?.newToOld;
    const body = xml(`${text}\n${pointer}${message ? `\nrefused: ${messageOf(message)}` : ""}`);
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
  <testsuite name="${suite}" tests="${String(findings.length)}" failures="${at("error")}" skipped="${at("warn")}">
${cases.join("\n")}
  </testsuite>
</testsuites>
`;
}

// Control characters are not allowed in XML 1.0, so they are escaped as text; a line break is allowed.
function xml(text: string): string {
  return text
    .split("\n")
    .map(escapeControls)
    .join("\n")
    .replaceAll(/[\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
