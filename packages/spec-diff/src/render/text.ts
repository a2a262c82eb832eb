import type { DiffResult } from "../report/result.ts";
import type { Finding, Witness } from "../report/finding.ts";
import type { UpgradeStep } from "../upgrade-plan.ts";

/** What a rendering may add to the findings. */
export interface RenderOptions {
  /** Shows each finding in full; by default those of level `info` are gathered by id. */
  readonly all?: boolean;
  /** The order of upgrades over all versions in support. */
  readonly plan?: readonly UpgradeStep[];
}

/** Operations named in a line. */
const NAMED = 4;
/** Longest message shown. */
const LONGEST = 160;

/** The result as text for a terminal. */
export function renderText(result: DiffResult, { all = false, plan }: RenderOptions = {}): string {
  const { findings, ignored } = result;
  const shown = findings.filter(({ level }) => all || level !== "info");
  const lines = [
    `${result.base.name} → ${result.revision.name}`,
    summaryOf(result),
    "",
    ...shown.flatMap((finding) => [...full(finding), ""]),
    ...(all ? [] : gathered(findings.filter(({ level }) => level === "info"))),
    ...closing(findings).flatMap((line) => ["", line]),
    ...(result.resources.some(({ change }) => change !== "none") ? ["", ...resourceTable(result)] : []),
    ...(plan && plan.length > 0 ? ["", ...planTable(plan)] : []),
    ...notes(ignored),
  ];
  return `${lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}

/** Bump, order and numbers in a line. */
export function summaryOf({ findings, bump, verdict, breaking }: DiffResult): string {
  const count = (level: string): number => findings.filter((finding) => finding.level === level).length;
  const said = breaking ? "breaks" : findings.length === 0 ? "no change" : "breaks nobody by its rules";
  return [
    said,
    `version: ${bump}`,
    `old → new: ${verdict.oldToNew}`,
    `new → old: ${verdict.newToOld}`,
    `${count("error")} error, ${count("warn")} warn, ${count("info")} info`,
  ].join(" · ");
}

function full(finding: Finding): string[] {
  const { level, id, pointer, text, operations, oldToNew, newToOld, witness } = finding;
  return [
    `${level.padEnd(5)}  ${text}`,
    `       ${id}  old → new: ${oldToNew}, new → old: ${newToOld}`,
    `       ${pointer}`,
    ...(operations.length > 0 ? [`       ${namesOf(operations)}`] : []),
    ...(witness?.oldToNew ? [`       old → new refused: ${messageOf(witness.oldToNew)}`] : []),
    ...(witness?.newToOld ? [`       new → old refused: ${messageOf(witness.newToOld)}`] : []),
  ];
}

/** Some operations by name, the others by their number. */
export function namesOf(operations: readonly string[]): string {
  const rest = operations.length - NAMED;
  return operations.slice(0, NAMED).join(", ") + (rest > 0 ? ` and ${String(rest)} more` : "");
}

/** A witness in a line. */
export function messageOf({ operation, part, body, parameter, note }: Witness): string {
  const where = part === "request" ? operation : `${operation}, ${part}`;
  if (parameter) {
    const value = "value" in parameter ? ` = ${JSON.stringify(parameter.value)}` : "";
    return `${where}: ${parameter.in} ${parameter.name}${value}${note === undefined ? "" : ` ${note}`}`;
  }
  if (body === undefined) return note === undefined ? where : `${where}: ${note}`;
  const text = JSON.stringify(body);
  return `${where} ${text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text}`;
}

function gathered(findings: readonly Finding[]): string[] {
  const byId = new Map<string, Finding[]>();
  for (const finding of findings) byId.set(finding.id, [...(byId.get(finding.id) ?? []), finding]);
  const width = Math.max(0, ...[...byId.keys()].map((id) => id.length));
  return [...byId].map(([id, list]) => {
    const named = list.map(({ pointer, operations, id: rule }) =>
      rule.startsWith("endpoint") ? (operations[0] ?? pointer) : shortPlace(pointer),
    );
    return `info   ${id.padEnd(width)}  ${String(list.length).padStart(3)}  ${namesOf([...new Set(named)])}`;
  });
}

// The component and member, without the words of OpenAPI around them.
function shortPlace(pointer: string): string {
  const steps = pointer.split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (steps[1] === "components") {
    return steps
      .slice(3)
      .filter((step) => step !== "properties" && step !== "schema")
      .join(".");
  }
  return steps.slice(2).join(" ");
}

/** What closing objects means for the versions to come; empty where none closes. */
export function closing(findings: readonly Finding[]): string[] {
  const closed = findings.filter(({ id }) => id.endsWith("-closed"));
  if (closed.length === 0) return [];
  const places = new Set(closed.map(({ pointer }) => pointer));
  return [
    `${String(places.size)} objects close. A receiver that closes its objects refuses every member that it does not list, so no optional` +
      " member can be added in a later minor version without breaking it (API Definition 3.3.2): every addition becomes a major version.",
  ];
}

function resourceTable({ resources }: DiffResult): string[] {
  const changed = resources.filter(({ change }) => change !== "none");
  const rows = changed.map(({ resource, change, from, to, declared, order }) => [
    resource,
    from ?? "-",
    to ?? "-",
    declared ?? "-",
    change,
    order,
  ]);
  const same = resources.filter(({ change }) => change === "none").map(({ resource }) => resource);
  return [
    ...table(["resource", "from", "must be", "declared", "change", "upgrade"], rows),
    ...(same.length > 0 ? [`unchanged: ${same.join(", ")}`] : []),
  ];
}

function planTable(plan: readonly UpgradeStep[]): string[] {
  const pairs = plan[0]?.pairs ?? [];
  const names = [...new Set(pairs.flatMap((pair) => [pair.old, pair.new]))];
  const rows = plan.map(({ resource, order, pairs: list }) => [
    resource,
    order,
    list
      .filter(({ oldToNew, newToOld }) => oldToNew !== "ok" || newToOld !== "ok")
      .map((pair) => `${pair.old}→${pair.new}: ${pair.oldToNew}/${pair.newToOld}`)
      .join("; ") || "-",
  ]);
  return [
    `in support together: ${names.join(", ")}`,
    ...table(["resource", "upgrade", "old → new / new → old"], rows),
  ];
}

/** Aligned columns. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [columns, ...rows];
  const widths = columns.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function notes({ ignored, unused, expired }: DiffResult["ignored"]): string[] {
  const lines: string[] = [];
  if (ignored.length > 0) lines.push("", `${String(ignored.length)} ignored by the list`);
  for (const { id, path } of unused) lines.push(`ignore entry unused: ${id} ${path}`);
  for (const { id, path, expires } of expired)
    lines.push(`ignore entry expired on ${expires}: ${id} ${path}`);
  return lines;
}
