import type { UnsettledDirection, UnsettledPlace } from "./unsettled-places.ts";

/**
 * Declarations in TypeScript that settle everything in the list, to paste into a file of changes. Each is complete and refuses every
 * message that it cannot convert: replace the refusals where a source or another disposal exists, and write title and reason.
 */
export function renderDeclarations(places: readonly UnsettledPlace[]): string {
  return [...new Set(places.map(declarationOf))].join("\n");
}

function declarationOf(place: UnsettledPlace): string {
  const { subject, from, to } = place;
  const target = "resource" in subject ? subject.resource : subject.component;
  if ("resource" in subject && subject.newResource) {
    return block("defineNewResource", [
      `id: ${text(`${target}/new-after-${from}`)},`,
      ...[`resource: ${text(target)},`, `from: ${text(from)},`, `to: ${text(to)},`],
      `title: ${text(`${target} is a new resource`)},`,
      `because: ${text(`it is new in ${to}`)},`,
      `down: { refuse: "3002", message: ${text(`${target} exists from ${to}`)} },`,
    ]);
  }
  const names =
    "resource" in subject
      ? [`resource: ${text(subject.resource)},`, `operation: ${text(subject.operation)},`]
      : [`api: ${text(subject.api)},`, `component: ${text(subject.component)},`];
  const what = "resource" in subject ? subject.operation : subject.component;
  return block("resource" in subject ? "defineChange" : "defineComponentChange", [
    `id: ${text(`${idOf(what)}-${to}`)},`,
    ...names,
    ...[`from: ${text(from)},`, `to: ${text(to)},`],
    `title: ${text(`${what} differs`)},`,
    `because: ${text(`${to} changed it`)},`,
    ...directionOf("up", place.up, `${target} ${to}`),
    ...directionOf("down", place.down, `${target} ${from}`),
  ]);
}

function directionOf(direction: "up" | "down", open: UnsettledDirection, target: string): string[] {
  if (open.refuse) {
    return [`${direction}: { refuse: "3002", message: ${text(`${target} does not have this operation`)} },`];
  }
  const fill = open.fill.map((pointer) => {
    const message = text(`${pointer || "the value"} has no equivalent in ${target}`);
    return `${text(pointer)}: [{ refuse: "3100", message: ${message} }],`;
  });
  const lose = open.lose.map((pointer) => `${text(pointer)}: "refuse",`);
  if (fill.length + lose.length === 0) return [];
  return [
    `${direction}: {`,
    ...(fill.length > 0 ? ["  fill: {", ...indent(fill, 4), "  },"] : []),
    ...(lose.length > 0 ? ["  lose: {", ...indent(lose, 4), "  },"] : []),
    "},",
  ];
}

function block(call: string, lines: readonly string[]): string {
  return [`${call}({`, ...indent(lines, 2), "}),"].join("\n");
}

function indent(lines: readonly string[], by: number): string[] {
  return lines.map((line) => " ".repeat(by) + line);
}

// `PUT /parties/{Type}/{ID}` as `put-parties-type-id`.
function idOf(name: string): string {
  return name
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .toLowerCase();
}

function text(value: string): string {
  return JSON.stringify(value);
}
