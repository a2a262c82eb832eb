import type { Facts } from "@mojaloop-versioning/types";
import type { Branch, Plain, Stop } from "../src/visit.ts";
import { knownMembers, schemaAt, type Schema } from "./schema.ts";

/** What a branch is printed with beside itself. */
export interface Place {
  /** What the function is called, if its text is not there already. */
  readonly name: string;
  /** The schema of the values in the version left, as far as it is known. */
  readonly schema: Schema | undefined;
  /** The component that lies at a path from the root of the message. */
  readonly componentAt: (path: readonly string[]) => string | undefined;
  readonly definitions: Readonly<Record<string, Facts>>;
  readonly path: readonly string[];
}

/** A printed function: its name, and whether it may give anything else than what it was given. */
export interface Printed {
  readonly name: string;
  readonly changes: boolean;
}

/** Prints functions, each text once, however many messages hold the component. */
export interface Printer {
  /** The function that says what lies below a branch; undefined where something in it cannot be said in literal code. */
  value(branch: Branch, place: Place): Printed | undefined;
  /** All functions so far, each after those it calls. */
  text(): string;
}

/** What one member of an object needs. */
interface Member {
  readonly key: string;
  readonly lines: readonly string[];
  readonly becomes: "the same" | "another" | "nothing";
}

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

  function value(branch: Branch, place: Place): Printed | undefined {
    const { items, members } = branch;
    if (items) {
      const item = members.size > 0 || items.stops.length > 0 ? undefined : value(items, inside(place, "*"));
      return (
        item &&
        define(place.name, item.changes, (name) =>
          lines(`function ${name}(v: unknown): unknown {`, `  return eachItem(v, ${item.name});`, `}`),
        )
      );
    }
    const parts = [...members].map(([key, below]) => member(key, below, inside(place, key)));
    return parts.every((part) => part !== undefined) ? object(parts, place) : undefined;
  }

  function member(key: string, branch: Branch, place: Place): Member | undefined {
    if (!/^[a-zA-Z_]\w*$/.test(key) || key in Object.prototype) return undefined;
    const settled = settle(key, branch.stops, place);
    if (!settled) return undefined;
    const deeper = branch.members.size > 0 || branch.items !== undefined;
    if (!deeper || settled.drops) {
      return { key, lines: settled.lines, becomes: settled.drops ? "nothing" : "the same" };
    }
    const said = value(branch, place);
    if (!said) return undefined;
    const calls = said.changes
      ? [`  const ${local(key)} = ${said.name}(v.${key});`, `  if (${local(key)} === DEFER) return DEFER;`]
      : [`  if (${said.name}(v.${key}) === DEFER) return DEFER;`];
    return { key, lines: [...settled.lines, ...calls], becomes: said.changes ? "another" : "the same" };
  }

  function settle(
    key: string,
    stops: readonly Stop[],
    place: Place,
  ): { lines: string[]; drops: boolean } | undefined {
    const written: string[] = [];
    let drops = false;
    for (const { plain } of stops) {
      if (!plain) return undefined;
      // What was taken away is absent for whatever comes after it.
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
    place: Place,
  ): string | undefined {
    const fits = accepts ? check(accepts, place.definitions, `fits${capital(key)}`) : undefined;
    if (accepts && fits === undefined) return undefined;
    const absent = `v.${key} === undefined`;
    if (fits === undefined) return required ? absent : "false";
    return required ? `${absent} || !${fits}(v.${key})` : `v.${key} !== undefined && !${fits}(v.${key})`;
  }

  /** The name of a function that holds a value against facts; undefined for facts that no built-in change needs yet. */
  function check(facts: Facts, definitions: Place["definitions"], name: string): string | undefined {
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

  function object(members: readonly Member[], { name, schema }: Place): Printed {
    const gone = members.filter(({ becomes }) => becomes === "nothing").map(({ key }) => key);
    const said = members.filter(({ becomes }) => becomes === "another").map(({ key }) => key);
    const changes = gone.length + said.length > 0;
    const same = [
      ...said.map((key) => `${local(key)} === v.${key}`),
      ...gone.map((key) => `v.${key} === undefined`),
    ].join(" && ");
    const known = [...knownMembers(schema)].filter((key) => /^[a-zA-Z_]\w*$/.test(key));
    const copy = gone.length > 0 ? copyWithout(gone, said, known) : copyWith(said);
    return define(name, changes, (called) =>
      lines(
        `function ${called}(v: unknown): unknown {`,
        `  if (!isObject(v)) return v;`,
        ...members.flatMap((each) => each.lines),
        ...(changes ? [`  if (${same}) return v;`, ...copy] : [`  return v;`]),
        `}`,
      ),
    );
  }

  return { value, text: () => texts.join("\n") };
}

function inside(place: Place, segment: string): Place {
  const path = [...place.path, segment];
  const component = place.componentAt(path) ?? capital(segment);
  const name = segment === "*" ? `${place.name}Item` : `say${component}`;
  return { ...place, name, path, schema: schemaAt(place.schema, segment) };
}

// A copy in the order of the original. A loop with a case for each known member is three times faster than a rest pattern.
function copyWithout(gone: readonly string[], said: readonly string[], known: readonly string[]): string[] {
  // Where there can be another reason to copy, a member that is there and undefined is nothing to take away.
  const alone = gone.length + said.length === 1;
  const unlessThere = (key: string): string =>
    alone ? "" : ` if (v.${key} === undefined) out.${key} = undefined;`;
  const kept = known.filter((key) => !gone.includes(key) && !said.includes(key));
  return [
    `  if (!isPlain(v)) return DEFER;`,
    `  const out: Record<string, unknown> = {};`,
    `  for (const key in v) {`,
    `    switch (key) {`,
    ...gone.map((key) => `      case "${key}":${unlessThere(key)} break;`),
    ...said.map((key) => `      case "${key}": out.${key} = ${local(key)}; break;`),
    ...kept.map((key) => `      case "${key}": out.${key} = v.${key}; break;`),
    `      default: if (!copyStranger(out, v, key)) return DEFER;`,
    `    }`,
    `  }`,
    `  return out;`,
  ];
}

function copyWith(said: readonly string[]): string[] {
  return [
    `  const out: Record<string, unknown> = { ...v };`,
    ...said.map((key) => `  if (${local(key)} !== v.${key}) out.${key} = ${local(key)};`),
    `  return out;`,
  ];
}

function lines(...written: readonly string[]): string {
  return `${written.join("\n")}\n`;
}

/** What the function calls a member once it is said. */
function local(key: string): string {
  return `${key}Said`;
}

/** `partyIdInfo` as `PartyIdInfo`. */
function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
