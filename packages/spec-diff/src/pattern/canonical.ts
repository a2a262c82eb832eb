import { parsePattern } from "./parser.ts";
import type { CharacterSet } from "./syntax.ts";

/** A text that two patterns share if they differ only in how a set of characters is written. */
export function canonicalPattern(source: string): string {
  const node = parsePattern(source);
  if (!node) return source;
  return JSON.stringify(node, (_, value: unknown) => (isSet(value) ? canonicalSet(value) : value));
}

function isSet(value: unknown): value is CharacterSet {
  return typeof value === "object" && value !== null && "ranges" in value;
}

function canonicalSet({ ranges, properties, negated }: CharacterSet): string {
  const merged: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  const names = [
    ...new Set(properties.map((property) => `${property.negated ? "P" : "p"}{${property.name}}`)),
  ];
  return `${negated ? "^" : ""}${merged.join(";")}${names.sort().join("")}`;
}
