import type { Schema } from "../schema/schema.ts";
import { NEITHER, type Difference } from "./difference.ts";

/** Compares discriminators, which decide what code is generated and not what is valid. */
export function compareDiscriminators(a: Schema, b: Schema): Difference[] {
  const [before, after] = [read(a.notes.discriminator), read(b.notes.discriminator)];
  const base = { effect: NEITHER, keyword: "discriminator" };
  if (!before && !after) return [];
  if (!before) return [{ ...base, change: "discriminator-added", to: after?.name }];
  if (!after) return [{ ...base, change: "discriminator-removed", from: before.name }];
  const found: Difference[] = [];
  if (before.name !== after.name) {
    found.push({ ...base, change: "discriminator-property-name-changed", from: before.name, to: after.name });
  }
  const names = (mapping: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] =>
    [...mapping.keys()].filter((name) => !other.has(name));
  const added = names(after.mapping, before.mapping);
  const deleted = names(before.mapping, after.mapping);
  const changed = [...after.mapping].filter(([name, to]) => (before.mapping.get(name) ?? to) !== to);
  if (added.length > 0) found.push({ ...base, change: "discriminator-mapping-added", to: added });
  if (deleted.length > 0) found.push({ ...base, change: "discriminator-mapping-deleted", from: deleted });
  for (const [name, to] of changed) {
    found.push({
      ...base,
      change: "discriminator-mapping-changed",
      member: name,
      from: before.mapping.get(name),
      to,
    });
  }
  return found;
}

function read(raw: unknown): { name: unknown; mapping: Map<string, string> } | undefined {
  if (typeof raw !== "object" || raw === null) return undefined;
  const { propertyName, mapping } = raw as { propertyName?: unknown; mapping?: unknown }; // an object; its members stay unknown
  const pairs = typeof mapping === "object" && mapping !== null ? Object.entries(mapping) : [];
  return { name: propertyName, mapping: new Map(pairs.map(([name, to]) => [name, String(to)])) };
}
