import type { DiffResult } from "../report/result.ts";
import { escapeControls } from "../report/shown.ts";
import { causesOf, type Cause } from "./causes.ts";
import { closingNote, messageOf, placeName, positionOf, summaryOf } from "./phrases.ts";
import type { RenderOptions } from "./text.ts";

/** Places in one cell. */
const PLACES = 5;

/** The result in Markdown, for a comment on a change. */
export function renderMarkdown(result: DiffResult, { plan }: RenderOptions = {}): string {
  const { findings, resources } = result;
  const causes = causesOf(findings);
  const witnessed = causes.filter(({ witness }) => witness.oldToNew ?? witness.newToOld);
  const lines = [
    `## ${cell(result.base.name)} → ${cell(result.revision.name)}`,
    "",
    cell(summaryOf(result)),
    ...closingNote(findings).flatMap((line) => ["", `> ${cell(line)}`]),
    ...(causes.length > 0
      ? [
          "",
          row(["level", "change", "old → new", "new → old", "where"]),
          row(["---", "---", "---", "---", "---"]),
        ]
      : []),
    ...causes.map(causeRow),
    ...(witnessed.length > 0 ? ["", "<details><summary>Messages that are refused</summary>", ""] : []),
    ...witnessed.flatMap(({ ids, witness }) => [
      ...(witness.oldToNew
        ? [`- ${code(ids[0] ?? "")}, old → new: ${code(messageOf(witness.oldToNew))}`]
        : []),
      ...(witness.newToOld
        ? [`- ${code(ids[0] ?? "")}, new → old: ${code(messageOf(witness.newToOld))}`]
        : []),
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

function causeRow({ level, ids, text, oldToNew, newToOld, pointers, findings, capped }: Cause): string {
  const position = findings[0] ? positionOf(findings[0]) : "";
  const places = pointers.slice(0, PLACES).map((pointer) => code(placeName(pointer)));
  const rest = pointers.length - places.length;
  const where = [
    ...(position === "" ? [] : [cell(position)]),
    ...places,
    ...(rest > 0 ? [`and ${String(rest)} more`] : []),
  ];
  const change = [`${cell(text)} (${ids.map(code).join(", ")})`, ...capped.map(cell)].join("<br>");
  return row([level, change, oldToNew, newToOld, where.join("<br>")]);
}

function cell(text: string): string {
  return escapeControls(text).replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function code(text: string): string {
  return `\`${cell(text).replaceAll("`", "'")}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
