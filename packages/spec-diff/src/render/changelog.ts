import type { DiffResult } from "../report/result.ts";
import { causesOf, type Cause } from "./causes.ts";
import { count, messageOf, namesOf } from "./phrases.ts";

/** Operations named for one change. */
const OPERATIONS = 8;

/** What an integrator must know of a new version, in Markdown: breaking changes, additions, deprecations, other changes. */
export function renderChangelog(result: DiffResult): string {
  const causes = causesOf(result.findings.filter(({ id }) => !INTERNAL.test(id)));
  const rest = new Set(causes);
  const take = (wanted: (cause: Cause) => boolean): Cause[] => {
    const taken = [...rest].filter(wanted);
    for (const cause of taken) rest.delete(cause);
    return taken;
  };
  const sections: [title: string, causes: Cause[]][] = [
    ["Breaking changes", take(({ level }) => level === "error")],
    ["Check your integration", take(({ level }) => level === "warn")],
    ["Deprecated", take(({ ids }) => ids.some((id) => /deprecated|sunset/.test(id)))],
    ["Removed", take(({ ids }) => ids.some((id) => id.includes("removed")))],
    ["Added", take(({ ids }) => ids.some((id) => /added|^new-/.test(id)))],
    ["Changed", [...rest]],
  ];
  const lines = [
    `# ${markdown(result.revision.title || result.revision.name)} ${markdown(result.revision.version)}`,
    "",
    `Changes since ${markdown(result.base.version || result.base.name)}. ${versionSentence(result)}`,
    ...resourceLines(result),
    ...sections.flatMap(([title, list]) =>
      list.length === 0 ? [] : ["", `## ${title}`, "", ...list.map(entry)],
    ),
  ];
  return `${lines.join("\n")}\n`;
}

// What no message shows: names for tools, and the versions, which have a table of their own.
const INTERNAL = /^(api-(operation-id|tag|schema|path-duplicated)|resource-version)|annotation-only$/;

function versionSentence({ bump, resources }: DiffResult): string {
  const changed = resources.filter(({ change }) => change !== "none").length;
  if (bump === "none") return "No message changes.";
  return `${count(changed, "resource")} changed; this is a ${bump} version.`;
}

function resourceLines({ resources }: DiffResult): string[] {
  const changed = resources.filter(({ change, from, to }) => change !== "none" && (from ?? to) !== undefined);
  if (changed.length === 0) return [];
  return [
    "",
    "| resource | from | to | change | upgrade |",
    "| --- | --- | --- | --- | --- |",
    ...changed.map(
      ({ resource, from = "", to = "", change, order }) =>
        `| ${markdown(resource)} | ${from} | ${to} | ${change} | ${order} |`,
    ),
  ];
}

function entry({ text, operations, witness, ids }: Cause): string {
  const example = witness.oldToNew ?? witness.newToOld;
  const where = operations.length > 0 ? `\n  ${markdown(namesOf(operations, OPERATIONS))}` : "";
  const shown = example?.body !== undefined || example?.parameter !== undefined;
  const refused = shown ? `\n  refused: \`${markdown(messageOf(example)).replaceAll("`", "'")}\`` : "";
  return `- ${markdown(text)} (\`${ids[0] ?? ""}\`)${where}${refused}`;
}

function markdown(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
