import type { Finding, Witness } from "../report/finding.ts";
import type { DiffResult } from "../report/result.ts";
import { escapeControls } from "../report/shown.ts";
import { stepsOf } from "../schema/json.ts";
import { causesOf } from "./causes.ts";

/** Operations named in a line. */
const NAMED = 4;
/** Longest message shown, in characters. */
const LONGEST = 160;

/** The verdict first: whether anything breaks, and what the version must do. */
export function headlineOf({ breaking, bump, findings, ignored }: DiffResult): string {
  const accepted = ignored.ignored.length;
  if (breaking) return bump === "major" ? "breaking change" : "has errors";
  if (bump === "major") {
    const why = accepted > 0 ? `${count(accepted, "accepted finding")} included` : "by the version policy";
    return `no error, but a major version is needed (${why})`;
  }
  if (findings.length === 0 && accepted === 0) return "no change";
  return "no breaking change";
}

/** Headline, version, directions and numbers in a line. */
export function summaryOf(result: DiffResult): string {
  const { findings, bump, verdict } = result;
  const causes = causesOf(findings);
  const at = (level: string): number => causes.filter((cause) => cause.level === level).length;
  return [
    headlineOf(result),
    `version: ${bump}`,
    `old → new: ${verdict.oldToNew}`,
    `new → old: ${verdict.newToOld}`,
    `${count(at("error"), "error")}, ${count(at("warn"), "warning")}, ${String(at("info"))} info`,
  ].join(" · ");
}

/** A number with its noun. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** Some operations by name, the others by their number. */
export function namesOf(operations: readonly string[], most: number = NAMED): string {
  const rest = operations.length - most;
  return operations.slice(0, most).join(", ") + (rest > 0 ? ` and ${String(rest)} more` : "");
}

/** A pointer for readers: a part of another file is named by that file. */
export function placeName(pointer: string): string {
  const [first, file = "", ...rest] = stepsOf(pointer);
  if (first !== "x-files") return escapeControls(pointer);
  return escapeControls(
    `${file}#${rest.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")}`,
  );
}

/** The line of a finding in a file, `api.yaml:12:5`; empty where the sources are not known. */
export function positionOf({ revisionPosition, basePosition }: Finding): string {
  const position = revisionPosition ?? basePosition;
  return position ? `${position.file}:${String(position.line)}:${String(position.column)}` : "";
}

/** A witness in a line: the place and the value first, then the whole message. */
export function messageOf(witness: Witness): string {
  const { operation, part, body, parameter, note, path } = witness;
  const where = part === "request" ? operation : `${operation}, ${part}`;
  if (parameter) {
    const value = "value" in parameter ? ` = ${json(parameter.value)}` : "";
    return `${where}: ${parameter.in} ${parameter.name}${value}${note === undefined ? "" : ` ${note}`}`;
  }
  if (body === undefined) return note === undefined ? where : `${where}: ${note}`;
  if (path === undefined || path === "") return `${where}: body ${cut(json(body))}`;
  const value = "value" in witness ? `= ${cut(json(witness.value))}` : "is missing";
  return `${where}: ${escapeControls(path)} ${value} in ${cut(json(body))}`;
}

// A value on one line.
function json(value: unknown): string {
  return escapeControls(JSON.stringify(value));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** What closing objects means for later versions; empty where none is closed. */
export function closingNote(findings: readonly Finding[]): string[] {
  const closed = findings.filter(({ cause }) => cause === "objects closed");
  if (closed.length === 0) return [];
  return [
    "A receiver that closes its objects refuses every member that it does not list. From then on no optional member can be added in a" +
      " minor version (API Definition 3.3.2): every addition becomes a major version.",
  ];
}
