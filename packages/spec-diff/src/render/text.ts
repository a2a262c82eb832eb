import type { Finding } from "../report/finding.ts";
import type { DiffResult } from "../report/result.ts";
import type { UpgradeStep } from "../report/upgrade-step.ts";
import { causesOf, type Cause } from "./causes.ts";
import { closingNote, count, messageOf, namesOf, placeName, positionOf, summaryOf } from "./phrases.ts";

/** What a rendering may add to the findings. */
export interface RenderOptions {
  /** Shows each finding in full; by default those of level `info` are gathered by id. */
  readonly all?: boolean;
  /** The order of upgrades over all versions in support. */
  readonly plan?: readonly UpgradeStep[];
}

/** Places listed for one cause, where not all are asked for. */
const PLACES = 6;

/** The result as text for a terminal. */
export function renderText(result: DiffResult, { all = false, plan }: RenderOptions = {}): string {
  const { findings } = result;
  const causes = causesOf(findings);
  const lines = [
    `${result.base.name} → ${result.revision.name}`,
    summaryOf(result),
    "",
    ...causes.filter(({ level }) => all || level !== "info").flatMap((cause) => [...full(cause, all), ""]),
    ...(all ? [] : gathered(findings.filter(({ level }) => level === "info"))),
    ...closingNote(findings).flatMap((line) => ["", line]),
    ...(result.resources.some(({ change }) => change !== "none") ? ["", ...resourceTable(result)] : []),
    ...(plan && plan.length > 0 ? ["", ...planTable(plan)] : []),
    ...notes(result.ignored),
  ];
  return `${lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}

function full(cause: Cause, all: boolean): string[] {
  const { level, ids, text, findings, pointers, operations, oldToNew, newToOld, witness, capped } = cause;
  const places = pointers.map((pointer) => {
    const finding = findings.find((each) => each.pointer === pointer);
    const position = finding ? positionOf(finding) : "";
    return `${position === "" ? "" : `${position}  `}${placeName(pointer)}`;
  });
  const listed = all ? places : places.slice(0, PLACES);
  const rest = places.length - listed.length;
  return [
    `${level.padEnd(5)}  ${text}`,
    ...[
      `${ids.join(", ")}  old → new: ${oldToNew}, new → old: ${newToOld}`,
      ...listed,
      ...(rest > 0 ? [`and ${count(rest, "more place")} (--all)`] : []),
      ...(operations.length > 0 ? [namesOf(operations)] : []),
      ...(witness.oldToNew ? [`old → new refused: ${messageOf(witness.oldToNew)}`] : []),
      ...(witness.newToOld ? [`new → old refused: ${messageOf(witness.newToOld)}`] : []),
      ...capped,
    ].map((line) => `       ${line}`),
  ];
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
  const steps = placeName(pointer)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (steps[1] === "components") {
    return steps
      .slice(3)
      .filter((step) => step !== "properties" && step !== "schema")
      .join(".");
  }
  return steps.slice(2).join(" ");
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

// Aligned columns.
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

function notes({ ignored, unused, expired, hidden }: DiffResult["ignored"]): string[] {
  const lines: string[] = [];
  if (ignored.length > 0) lines.push(`${count(ignored.length, "finding")} accepted by the ignore list`);
  if (hidden > 0) lines.push(`${count(hidden, "finding")} turned off by severities`);
  for (const { id, path } of unused) lines.push(`ignore entry unused: ${id} ${path}`);
  for (const { id, path, expires } of expired)
    lines.push(`ignore entry expired on ${expires}: ${id} ${path}`);
  return lines.length > 0 ? ["", ...lines] : [];
}
