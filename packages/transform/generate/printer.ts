import type { Facts } from "@mojaloop-versioning/types";
import type { Branch, Plain, WalkStop } from "../src/compile/visit.ts";
import { knownMembers, schemaAt, type Schema } from "./schema.ts";

/** The context of a branch that is printed. */
export interface PrintedPlace {
  /** The name of the function, if no function has the same text. */
  readonly name: string;
  /** The schema of the values in the source version, if it is known. */
  readonly schema: Schema | undefined;
  /** The component at a path from the root of the message. */
  readonly componentAt: (path: readonly string[]) => string | undefined;
  readonly definitions: Readonly<Record<string, Facts>>;
  readonly path: readonly string[];
}

/** A printed function: its name, and whether it can return anything but its argument. */
export interface Printed {
  readonly name: string;
  readonly changes: boolean;
}

/** Prints functions, each text once, however many messages hold the component. */
export interface Printer {
  /** The function that converts the values of a branch; undefined if some of it has no form as literal code. */
  value(branch: Branch, place: PrintedPlace): Printed | undefined;
  /** All functions so far, each after those that it calls. */
  text(): string;
}

// The code of one member of an object.
interface Member {
  readonly key: string;
  readonly lines: readonly string[];
  readonly becomes: "the same" | "another" | "nothing";
}

/** Creates a printer of functions. */
export function createPrinter(): Printer {
  const printed = new Map<string, Printed>();
  const names = new Set<string>();
  const texts: string[] = [];

  function define(wanted: string, changes: boolean, write: (name: string) => string): Printed {
    const known = printed.get(write(""));
    if (known) return known;
    let name = wanted;
    for (let i = 2; names.has(name); i++) name = `${wanted}${String(i)}`;
    names.add(name);
    const result = { name, changes };
    printed.set(write(""), result);
    texts.push(write(name));
    return result;
  }

  function value(branch: Branch, place: PrintedPlace): Printed | undefined {
    const { items, members } = branch;
    if (items) {
      const item = members.size > 0 || items.stops.length > 0 ? undefined : value(items, inside(place, "*"));
      return (
        item &&
        define(place.name, item.changes, (name) =>
          lines(`function ${name}(v: unknown): unknown {`, `  return convertItems(v, ${item.name});`, `}`),
        )
      );
    }
    const parts = [...members].map(([key, below]) => member(key, below, inside(place, key)));
    return parts.every((part) => part !== undefined) ? object(parts, place) : undefined;
  }

  function member(key: string, branch: Branch, place: PrintedPlace): Member | undefined {
    if (!/^[a-zA-Z_]\w*$/.test(key) || key in Object.prototype) return undefined;
    const settled = settle(key, branch.stops, place);
    if (!settled) return undefined;
    const deeper = branch.members.size > 0 || branch.items !== undefined;
    if (!deeper || settled.drops) {
      return { key, lines: settled.lines, becomes: settled.drops ? "nothing" : "the same" };
    }
    const converted = value(branch, place);
    if (!converted) return undefined;
    const calls = converted.changes
      ? [
          `  const ${local(key)} = ${converted.name}(v.${key});`,
          `  if (${local(key)} === DEFER) return DEFER;`,
        ]
      : [`  if (${converted.name}(v.${key}) === DEFER) return DEFER;`];
    return { key, lines: [...settled.lines, ...calls], becomes: converted.changes ? "another" : "the same" };
  }

  function settle(
    key: string,
    stops: readonly WalkStop[],
    place: PrintedPlace,
  ): { lines: string[]; drops: boolean } | undefined {
    const written: string[] = [];
    let drops = false;
    for (const { plain } of stops) {
      if (!plain) return undefined;
      // A removed member is absent for all later stops.
      if (drops) {
        if (plain.does === "check" && plain.required) return undefined;
      } else if (plain.does === "drop") drops = true;
      else {
        const line = plain.does === "bar" ? `v.${key} !== undefined` : misfit(key, plain, place);
        if (line === undefined) return undefined;
        written.push(`  if (${line}) return DEFER;`);
      }
    }
    return { lines: written, drops };
  }

  function misfit(
    key: string,
    { required, accepts }: Plain & { does: "check" },
    place: PrintedPlace,
  ): string | undefined {
    const fits = accepts ? check(accepts, place.definitions, `fits${capital(key)}`) : undefined;
    if (accepts && fits === undefined) return undefined;
    const absent = `v.${key} === undefined`;
    if (fits === undefined) return required ? absent : "false";
    return required ? `${absent} || !${fits}(v.${key})` : `v.${key} !== undefined && !${fits}(v.${key})`;
  }

  // The name of a function that checks a value; undefined for facts that no built-in change uses.
  function check(facts: Facts, definitions: PrintedPlace["definitions"], name: string): string | undefined {
    const { ref, type, pattern, enum: values, ...others } = facts;
    if (ref !== undefined) {
      const target = definitions[ref];
      return target && check(target, definitions, `is${ref.replace(/@.*/, "")}`);
    }
    if (type !== "string" || Object.keys(others).length > 0) return undefined;
    const tests = [`typeof v === "string"`];
    if (values) tests.push(`(${values.map((each) => `v === ${JSON.stringify(each)}`).join(" || ")})`);
    if (pattern !== undefined) tests.push(`${String(new RegExp(pattern, "u"))}.test(v)`);
    return define(name, false, (called) =>
      lines(`function ${called}(v: unknown): boolean {`, `  return ${tests.join(" && ")};`, `}`),
    ).name;
  }

  function object(members: readonly Member[], { name, schema }: PrintedPlace): Printed {
    const removed = members.filter(({ becomes }) => becomes === "nothing").map(({ key }) => key);
    const converted = members.filter(({ becomes }) => becomes === "another").map(({ key }) => key);
    const changes = removed.length + converted.length > 0;
    const same = [
      ...converted.map((key) => `${local(key)} === v.${key}`),
      ...removed.map((key) => `v.${key} === undefined`),
    ].join(" && ");
    const known = [...knownMembers(schema)].filter((key) => /^[a-zA-Z_]\w*$/.test(key));
    const copy = removed.length > 0 ? copyWithout(removed, converted, known) : copyWith(converted);
    return define(name, changes, (called) =>
      lines(
        `function ${called}(v: unknown): unknown {`,
        `  if (!isJsonObject(v)) return v;`,
        ...members.flatMap((each) => each.lines),
        ...(changes ? [`  if (${same}) return v;`, ...copy] : [`  return v;`]),
        `}`,
      ),
    );
  }

  return { value, text: () => texts.join("\n") };
}

function inside(place: PrintedPlace, segment: string): PrintedPlace {
  const path = [...place.path, segment];
  const component = place.componentAt(path) ?? capital(segment);
  const name = segment === "*" ? `${place.name}Item` : `convert${component}`;
  return { ...place, name, path, schema: schemaAt(place.schema, segment) };
}

// A copy in the order of the original. A loop with a case for each known member takes a third of the time of a rest pattern.
function copyWithout(
  removed: readonly string[],
  converted: readonly string[],
  known: readonly string[],
): string[] {
  // With another reason to copy, a member that is present with the value undefined must stay.
  const alone = removed.length + converted.length === 1;
  const keepUndefined = (key: string): string =>
    alone ? "" : ` if (v.${key} === undefined) out.${key} = undefined;`;
  const kept = known.filter((key) => !removed.includes(key) && !converted.includes(key));
  return [
    `  if (!isPlain(v)) return DEFER;`,
    `  const out: Record<string, unknown> = {};`,
    `  for (const key in v) {`,
    `    switch (key) {`,
    ...removed.map((key) => `      case "${key}":${keepUndefined(key)} break;`),
    ...converted.map((key) => `      case "${key}": out.${key} = ${local(key)}; break;`),
    ...kept.map((key) => `      case "${key}": out.${key} = v.${key}; break;`),
    `      default: if (!copyUnknownMember(out, v, key)) return DEFER;`,
    `    }`,
    `  }`,
    `  return out;`,
  ];
}

function copyWith(converted: readonly string[]): string[] {
  return [
    `  const out: Record<string, unknown> = { ...v };`,
    ...converted.map((key) => `  if (${local(key)} !== v.${key}) out.${key} = ${local(key)};`),
    `  return out;`,
  ];
}

function lines(...written: readonly string[]): string {
  return `${written.join("\n")}\n`;
}

// The variable for a converted member.
function local(key: string): string {
  return `${key}Converted`;
}

// `partyIdInfo` as `PartyIdInfo`.
function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
