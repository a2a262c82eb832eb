import { compareVersions, type Version } from "@mojaloop-versioning/protocol";
import type { Change, ComponentChange, Disposal, OperationChange, Settlement, Source } from "./change.ts";
import { EVERY_OPERATION } from "./define-change.ts";
import type { HeaderChanges } from "./headers.ts";

/** Which changes a migration guide tells of. */
export interface ChangelogOptions {
  readonly from: Version;
  readonly to: Version;
  /** Only this API's components and resources: `fspiop`. */
  readonly api?: string;
}

/**
 * A migration guide in markdown, made from the changes themselves: what changed, why, and what becomes of messages on the way up and
 * down. `from` may be the newer version; the guide then tells the way back first.
 */
export function renderChangelog(changes: readonly Change[], { from, to, api }: ChangelogOptions): string {
  const [older, newer] = compareVersions(from, to) <= 0 ? [from, to] : [to, from];
  const told = changes
    .filter(isDeclared)
    .filter((change) => compareVersions(change.from, older) >= 0 && compareVersions(change.to, newer) <= 0);
  const listed = api === undefined ? told : told.filter((change) => belongsTo(change, api, changes));
  const sections = listed.map((change) => section(change, from === older));
  const heading = `# From ${api === undefined ? "" : `${api} `}${from} to ${to}`;
  const body = sections.length > 0 ? sections.join("\n\n") : "Nothing changes.";
  return `${heading}\n\n${body}\n`;
}

type Declared = OperationChange | ComponentChange;

function isDeclared(change: Change): change is Declared {
  return !("steps" in change);
}

function belongsTo(change: Declared, api: string, changes: readonly Change[]): boolean {
  if ("component" in change) return change.api === api;
  return changes.some(
    (other) =>
      "steps" in other &&
      other.steps.api === api &&
      other.steps.steps.some(({ resource }) => resource === change.resource),
  );
}

function section(change: Declared, upFirst: boolean): string {
  const { title, because, id, from, to, up, down } = change;
  const subject =
    "component" in change
      ? `every \`${change.component}\``
      : change.operation === EVERY_OPERATION
        ? `every message of \`${change.resource}\``
        : `\`${change.operation}\``;
  const ways = [
    ...linesOf(`From ${from} to ${to}`, up, headersOf(change, "older", "newer")),
    ...shifts(change),
    ...linesOf(`From ${to} to ${from}`, down, headersOf(change, "newer", "older")),
  ];
  return [
    `## ${title}`,
    "",
    `${sentence(`${from} → ${to}, ${subject}: ${because}`)} (\`${id}\`)`,
    "",
    ...(upFirst ? ways : ways.toReversed()),
  ].join("\n");
}

function headersOf(change: Declared, left: "older" | "newer", reached: "older" | "newer"): string[] {
  const headers = headerChangesOf(change);
  return [
    ...Object.entries(headers[reached] ?? {}).map(([header, sources]) =>
      sources.length > 0
        ? `the header \`${header}\` ${sources.map(told).join("; else ")}`
        : `the header \`${header}\` may be there`,
    ),
    ...Object.keys(headers[left] ?? {}).map((header) => `the header \`${header}\` is dropped`),
  ];
}

function linesOf(way: string, settlement: Settlement | undefined, headers: readonly string[]): string[] {
  const { fill = {}, lose = {}, refuse, message } = settlement ?? {};
  const lines = [
    ...Object.entries(fill).map(([at, sources]) => `${name(at)} ${sources.map(told).join("; else ")}`),
    ...Object.entries(lose).map(([at, disposal]) => `${name(at)} ${fate(disposal)}`),
    ...headers,
  ];
  if (refuse !== undefined)
    lines.push(`every message is refused with ${refuse}${message ? `: ${message}` : ""}`);
  return lines.length > 0 ? lines.map((line) => `- ${way}: ${sentence(line)}`) : [];
}

function headerChangesOf(change: Declared): HeaderChanges {
  return "component" in change ? {} : (change.headers ?? {});
}

function shifts(change: Declared): string[] {
  const { rename = {}, move = {}, enumMap = {}, map } = change;
  const lines = [
    ...Object.entries(headerChangesOf(change).rename ?? {}).map(
      ([older, newer]) => `the header \`${older}\` is called \`${newer}\``,
    ),
    ...Object.entries(rename).map(([at, newer]) => `${name(at)} is called \`${newer}\``),
    ...Object.entries(move).map(([at, newer]) => `${name(at)} is at \`${newer}\``),
    ...Object.entries(enumMap).map(
      ([at, pairs]) =>
        `${name(at)} says ${pairs.map(([a, b]) => `\`${String(a)}\` as \`${String(b)}\``).join(", ")}`,
    ),
    ...(map ? ["the whole is mapped"] : []),
  ];
  return lines.map((line) => `- Both ways: ${sentence(line)}`);
}

function name(pointer: string): string {
  return pointer === "" ? "the value" : `\`${pointer}\``;
}

function told(source: Source): string {
  if ("refuse" in source)
    return `the message is refused with ${source.refuse}${source.message ? `: ${source.message}` : ""}`;
  if (source.note !== undefined) return `comes from ${source.note}`;
  if ("lookup" in source) return `is asked of the caller as "${source.lookup}"`;
  if ("ids" in source) return "is said by the id map";
  return "value" in source ? `is ${JSON.stringify(source.value)}` : "is derived from the message";
}

function fate(disposal: Disposal): string {
  if (typeof disposal !== "string") {
    const unless = disposal.unlessStashed ? ", unless it is stashed" : "";
    return `gets the message refused with ${disposal.refuse}${unless}: ${disposal.message}`;
  }
  return { drop: "is dropped", stash: "travels in a stash", refuse: "gets the message refused" }[disposal];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
