import type { Below, Compared } from "./compare-objects.ts";
import { BOTH, NARROWS, NEITHER, WIDENS, type Difference, type Effect } from "./difference.ts";
import type { Child, Schema, Union } from "./schema.ts";

/** What changed of arrays, unions and the schemas that keywords apply. */
export function compareStructure(a: Schema, b: Schema): Compared {
  const found: Compared = { differences: [], below: [] };
  compareArrays(a, b, found);
  if (!compareWrapping(a, b, found)) compareUnions(a, b, found);
  compareParts(a, b, found);
  compareDependents(a, b, found);
  compareApplied(a, b, found);
  a.rest.forEach((part, i) => {
    const other = b.rest[i];
    if (other) {
      const step = { kind: "apply", keyword: "allOf", name: String(i), negated: false } as const;
      found.below.push({ step, base: () => part, revision: () => other });
    }
  });
  return found;
}

function compareArrays(a: Schema, b: Schema, found: Compared): void {
  // Where one side takes no array, that is all there is to say.
  if (!takesArrays(a) || !takesArrays(b)) return;
  if (a.items && b.items) found.below.push({ step: { kind: "items" }, base: a.items, revision: b.items });
  else if (b.items)
    found.differences.push({ stem: "items-added", effect: NARROWS, keyword: "items", added: b.items() });
  else if (a.items) {
    found.differences.push({ stem: "items-removed", effect: WIDENS, keyword: "items", removed: a.items() });
  }
  a.prefixItems.forEach((base, index) => {
    const revision = b.prefixItems[index];
    if (revision) found.below.push({ step: { kind: "index", index }, base, revision });
  });
  const [before, after] = [a.prefixItems.length, b.prefixItems.length];
  // Positions come under another schema than before: neither set of arrays need hold the other.
  const effect: Effect = { narrows: "maybe", widens: "maybe" };
  if (before < after) found.differences.push({ stem: "prefix-items-added", effect, keyword: "prefixItems" });
  if (before > after)
    found.differences.push({ stem: "prefix-items-removed", effect, keyword: "prefixItems" });
}

function takesArrays({ types }: Schema): boolean {
  return !types || types.has("array");
}

// A schema that becomes one branch of a union, or a union of which one branch is left.
function compareWrapping(a: Schema, b: Schema, found: Compared): boolean {
  const wrapped = a.unions.length === 0 && isBareUnion(b) && isConcrete(a);
  const unwrapped = b.unions.length === 0 && isBareUnion(a) && isConcrete(b);
  if (!wrapped && !unwrapped) return false;
  const [union] = wrapped ? b.unions : a.unions;
  if (!union) return false;
  const word = union.kind === "oneOf" ? "one-of" : "any-of";
  const stem = wrapped ? `wrapped-in-${word}` : `unwrapped-from-${word}`;
  found.differences.push({
    stem,
    effect: { narrows: "undecided", widens: "undecided" },
    keyword: union.kind,
  });
  return true;
}

/** Whether a schema says what it is by a union alone. */
export function isBareUnion(schema: Schema): boolean {
  return (
    schema.unions.length === 1 && schema.properties.size === 0 && schema.values === undefined && !schema.types
  );
}

/** Whether a schema says of itself what it accepts. */
export function isConcrete(schema: Schema): boolean {
  return schema.types !== undefined || schema.properties.size > 0 || schema.values !== undefined;
}

function compareUnions(a: Schema, b: Schema, found: Compared): void {
  const kinds = ["anyOf", "oneOf"] as const;
  for (const kind of kinds) {
    const before = a.unions.filter((union) => union.kind === kind);
    const after = b.unions.filter((union) => union.kind === kind);
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      compareUnion(kind, a.unions.indexOf(before[i] ?? EMPTY), before[i], after[i], found);
    }
  }
}

const EMPTY: Union = { kind: "anyOf", branches: [], keys: [], titles: [] };

function compareUnion(
  kind: Union["kind"],
  at: number,
  before: Union | undefined,
  after: Union | undefined,
  found: Compared,
): void {
  const word = kind === "oneOf" ? "one-of" : "any-of";
  const gone = new Map((before?.keys ?? []).map((key, i) => [key, i]));
  const come = new Map((after?.keys ?? []).map((key, i) => [key, i]));
  const pairs: [number, number][] = [];
  for (const [key, i] of [...gone]) {
    const j = come.get(key);
    if (j === undefined) continue;
    pairs.push([i, j]);
    gone.delete(key);
    come.delete(key);
  }
  for (const [key, i] of [...gone]) {
    const title = before?.titles[i];
    const entitled = title && [...come].find(([, j]) => after?.titles[j] === title);
    if (!entitled) continue;
    pairs.push([i, entitled[1]]);
    gone.delete(key);
    come.delete(entitled[0]);
  }
  const [lone, other] = [[...gone][0], [...come][0]];
  // One branch differs on each side and none of them is a component: the same branch, edited.
  if (gone.size === 1 && come.size === 1 && lone && other && ![lone[0], other[0]].every(isRef)) {
    pairs.push([lone[1], other[1]]);
    gone.clear();
    come.clear();
  }
  for (const [base, revision] of pairs) {
    const [inBase, inRevision] = [before?.branches[base], after?.branches[revision]];
    if (!inBase || !inRevision) continue;
    const alone = kind === "oneOf";
    const step = { kind: "branch", union: Math.max(at, 0), base, revision, alone } as const;
    found.below.push({ step, base: inBase, revision: inRevision });
  }
  // A union that only came to be narrows: before, anything passed it.
  const whole = !before || !after;
  for (const [, i] of gone) {
    const removed = before?.branches[i]?.();
    const effect: Effect = whole
      ? { narrows: "maybe", widens: "maybe" }
      : { narrows: true, widens: overlap(kind) };
    if (removed) found.differences.push({ stem: `${word}-removed`, effect, keyword: kind, removed });
  }
  for (const [, i] of come) {
    const added = after?.branches[i]?.();
    const effect: Effect = whole
      ? { narrows: "maybe", widens: "maybe" }
      : { narrows: overlap(kind), widens: true };
    if (added) found.differences.push({ stem: `${word}-added`, effect, keyword: kind, added });
  }
}

// A further branch of `oneOf` may make two of them match.
function overlap(kind: Union["kind"]): false | "maybe" {
  return kind === "oneOf" ? "maybe" : false;
}

function isRef(key: string): boolean {
  return key.startsWith("#");
}

type Part = [key: string, { readonly annotationOnly: boolean }];

function compareParts(a: Schema, b: Schema, found: Compared): void {
  // Where only one side is split into parts, the merged schemas say what changed.
  const split = a.parts && b.parts;
  const isTold = ([, { annotationOnly }]: Part): boolean => split !== undefined || annotationOnly;
  const come = [...(b.parts ?? [])].filter(([key]) => a.parts?.has(key) !== true).filter(isTold);
  const gone = [...(a.parts ?? [])].filter(([key]) => b.parts?.has(key) !== true).filter(isTold);
  // One inline part on each side: the same part, edited, of which the merged schemas say more.
  const isInline = [...gone, ...come].every(([key]) => !isRef(key));
  const isEdited = isInline && gone.length === 1 && come.length === 1;
  const isMerged = a.rest.length === b.rest.length;
  if (isEdited && isMerged && gone[0]?.[1].annotationOnly === come[0]?.[1].annotationOnly) return;
  for (const [key, { annotationOnly }] of come)
    found.differences.push(part("all-of-added", annotationOnly, NARROWS, key));
  for (const [key, { annotationOnly }] of gone)
    found.differences.push(part("all-of-removed", annotationOnly, WIDENS, key));
}

function part(stem: string, annotationOnly: boolean, effect: Effect, key: string): Difference {
  const named = isRef(key) ? key : "an inline part";
  return {
    stem: annotationOnly ? `${stem}-annotation-only` : stem,
    effect: annotationOnly ? NEITHER : effect,
    keyword: "allOf",
    ...(stem === "all-of-added" ? { to: named } : { from: named }),
  };
}

function compareDependents(a: Schema, b: Schema, found: Compared): void {
  const keyword = "dependentRequired";
  for (const [name, needed] of b.dependentRequired) {
    const before = a.dependentRequired.get(name);
    if (!before) {
      found.differences.push({
        stem: "dependent-required-added",
        effect: NARROWS,
        keyword,
        member: name,
        to: needed,
      });
      continue;
    }
    const more = needed.some((other) => !before.includes(other));
    const fewer = before.some((other) => !needed.includes(other));
    if (!more && !fewer) continue;
    const effect = more && fewer ? BOTH : more ? NARROWS : WIDENS;
    found.differences.push({
      stem: "dependent-required-changed",
      effect,
      keyword,
      member: name,
      from: before,
      to: needed,
    });
  }
  for (const [name, needed] of a.dependentRequired) {
    if (b.dependentRequired.has(name)) continue;
    found.differences.push({
      stem: "dependent-required-removed",
      effect: WIDENS,
      keyword,
      member: name,
      from: needed,
    });
  }
  compareNamed(a.dependentSchemas, b.dependentSchemas, "dependentSchemas", "dependent-schema", found);
}

function compareNamed(
  before: ReadonlyMap<string, Child>,
  after: ReadonlyMap<string, Child>,
  keyword: string,
  stem: string,
  found: Compared,
): void {
  for (const [name, base] of before) {
    const revision = after.get(name);
    if (revision)
      found.below.push({ step: { kind: "apply", keyword, name, negated: false }, base, revision });
    else {
      found.differences.push({
        stem: `${stem}-removed`,
        effect: WIDENS,
        keyword,
        member: name,
        removed: base(),
      });
    }
  }
  for (const [name, revision] of after) {
    if (before.has(name)) continue;
    found.differences.push({
      stem: `${stem}-added`,
      effect: NARROWS,
      keyword,
      member: name,
      added: revision(),
    });
  }
}

/** The keywords that apply one schema, with what their ids say. A schema that comes narrows, one that goes widens. */
const APPLIED: readonly (readonly [string, string, (schema: Schema) => Child | undefined])[] = [
  ["propertyNames", "property-names", (schema) => schema.propertyNames],
  ["contains", "contains", (schema) => schema.contains],
  ["unevaluatedItems", "unevaluated-items", (schema) => schema.unevaluatedItems],
  ["unevaluatedProperties", "unevaluated-properties", (schema) => schema.unevaluatedProperties],
  ["not", "not", (schema) => schema.not],
  ["if", "if", (schema) => schema.conditional?.if],
  ["then", "then", (schema) => schema.conditional?.then],
  ["else", "else", (schema) => schema.conditional?.else],
  ["contentSchema", "content-schema", (schema) => schema.notes.contentSchema],
];

function compareApplied(a: Schema, b: Schema, found: Compared): void {
  for (const [keyword, stem, pick] of APPLIED) {
    const [base, revision] = [pick(a), pick(b)];
    // A content schema is not applied to the message by a validator, so no witness can show it.
    const undecided = keyword === "contentSchema";
    if (base && revision) {
      const below: Below = {
        step: { kind: "apply", keyword, negated: keyword === "not" },
        base,
        revision,
      };
      found.below.push(below);
    } else if (revision) {
      const effect: Effect = undecided ? { narrows: "undecided", widens: false } : NARROWS;
      found.differences.push({ stem: `${stem}-added`, effect, keyword, added: revision() });
    } else if (base) {
      const effect: Effect = undecided ? { narrows: false, widens: "undecided" } : WIDENS;
      found.differences.push({ stem: `${stem}-removed`, effect, keyword, removed: base() });
    }
  }
}
