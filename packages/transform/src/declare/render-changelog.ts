import { compareVersions, type Version } from "@mojaloop-versioning/protocol";
import {
  isComparison,
  isDeclared,
  type Change,
  type DeclaredChange,
  type DirectionRules,
  type Disposal,
  type Source,
} from "./change.ts";
import { EVERY_OPERATION } from "./define-change.ts";
import type { HeaderChanges } from "./header-changes.ts";

/** Which changes a migration guide describes. */
export interface ChangelogOptions {
  readonly from: Version;
  readonly to: Version;
  /** Only the components and resources of this API: `fspiop`. */
  readonly api?: string;
}

/**
 * A migration guide in markdown, generated from the changes: what changed, why, and how messages are converted in each direction.
 * If `from` is the newer version, each section describes the downgrade first.
 */
export function renderChangelog(changes: readonly Change[], { from, to, api }: ChangelogOptions): string {
  const [older, newer] = compareVersions(from, to) <= 0 ? [from, to] : [to, from];
  const between = changes
    .filter(isDeclared)
    .filter((change) => compareVersions(change.from, older) >= 0 && compareVersions(change.to, newer) <= 0);
  const listed = api === undefined ? between : between.filter((change) => belongsTo(change, api, changes));
  const sections = listed.map((change) => section(change, from === older));
  const heading = `# From ${api === undefined ? "" : `${api} `}${from} to ${to}`;
  const body = sections.length > 0 ? sections.join("\n\n") : "Nothing changes.";
  return `${heading}\n\n${body}\n`;
}

function belongsTo(change: DeclaredChange, api: string, changes: readonly Change[]): boolean {
  if ("component" in change) return change.api === api;
  return changes.some(
    (other) =>
      isComparison(other) &&
      other.residue.api === api &&
      other.residue.steps.some(({ resource }) => resource === change.resource),
  );
}

function section(change: DeclaredChange, upFirst: boolean): string {
  const { title, because, id, from, to, up, down } = change;
  const directions = [
    ...linesOf(`From ${from} to ${to}`, up, headersOf(change, "older", "newer")),
    ...shiftsOf(change),
    ...linesOf(`From ${to} to ${from}`, down, headersOf(change, "newer", "older")),
  ];
  return [
    `## ${title}`,
    "",
    `${sentence(`${from} → ${to}, ${subjectOf(change)}: ${because}`)} (\`${id}\`)`,
    "",
    ...(upFirst ? directions : directions.toReversed()),
  ].join("\n");
}

function subjectOf(change: DeclaredChange): string {
  if ("component" in change) return `every \`${change.component}\``;
  return change.operation === EVERY_OPERATION
    ? `every message of \`${change.resource}\``
    : `\`${change.operation}\``;
}

function headersOf(change: DeclaredChange, source: "older" | "newer", target: "older" | "newer"): string[] {
  const headers = headerChangesOf(change);
  return [
    ...Object.entries(headers[target] ?? {}).map(([header, sources]) =>
      sources.length > 0
        ? `the header \`${header}\` ${sources.map(describeSource).join("; else ")}`
        : `the header \`${header}\` is optional`,
    ),
    ...Object.keys(headers[source] ?? {}).map((header) => `the header \`${header}\` is dropped`),
  ];
}

function linesOf(direction: string, rules: DirectionRules | undefined, headers: readonly string[]): string[] {
  const { fill = {}, lose = {}, refuse, message } = rules ?? {};
  const lines = [
    ...Object.entries(fill).map(
      ([at, sources]) => `${nameOf(at)} ${sources.map(describeSource).join("; else ")}`,
    ),
    ...Object.entries(lose).map(([at, disposal]) => `${nameOf(at)} ${describeDisposal(disposal)}`),
    ...headers,
  ];
  if (refuse !== undefined)
    lines.push(`every message is refused with ${refuse}${message ? `: ${message}` : ""}`);
  return lines.map((line) => `- ${direction}: ${sentence(line)}`);
}

function headerChangesOf(change: DeclaredChange): HeaderChanges {
  return "component" in change ? {} : (change.headers ?? {});
}

function shiftsOf(change: DeclaredChange): string[] {
  const { rename = {}, move = {}, enumMap = {}, map } = change;
  const lines = [
    ...Object.entries(headerChangesOf(change).rename ?? {}).map(
      ([older, newer]) => `the header \`${older}\` is named \`${newer}\` in the newer version`,
    ),
    ...Object.entries(rename).map(
      ([at, newer]) => `${nameOf(at)} is named \`${newer}\` in the newer version`,
    ),
    ...Object.entries(move).map(([at, newer]) => `${nameOf(at)} is at \`${newer}\` in the newer version`),
    ...Object.entries(enumMap).map(
      ([at, pairs]) =>
        `${nameOf(at)} maps ${pairs.map(([a, b]) => `\`${String(a)}\` to \`${String(b)}\``).join(", ")}`,
    ),
    ...(map ? ["a function converts the whole value"] : []),
  ];
  return lines.map((line) => `- Both directions: ${sentence(line)}`);
}

function nameOf(pointer: string): string {
  return pointer === "" ? "the value" : `\`${pointer}\``;
}

function describeSource(source: Source): string {
  if ("refuse" in source)
    return `the message is refused with ${source.refuse}${source.message ? `: ${source.message}` : ""}`;
  if (source.note !== undefined) return `comes from ${source.note}`;
  if ("lookup" in source) return `comes from the caller's look-up "${source.lookup}"`;
  if ("ids" in source) return "comes from the id map";
  return "value" in source ? `is ${JSON.stringify(source.value)}` : "is derived from the message";
}

function describeDisposal(disposal: Disposal): string {
  if (typeof disposal !== "string") {
    const unless = disposal.unlessStashed ? ", unless it is stashed" : "";
    return `causes a refusal with ${disposal.refuse}${unless}: ${disposal.message}`;
  }
  return { drop: "is dropped", stash: "is carried in the stash", refuse: "causes a refusal" }[disposal];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
