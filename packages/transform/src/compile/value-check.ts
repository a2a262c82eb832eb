import { isJsonObject } from "@mojaloop-versioning/protocol";
import type { Facts } from "@mojaloop-versioning/types";

/** Whether a value matches the facts of a schema. */
export type ValueCheck = (value: unknown) => boolean;

/**
 * Compiles the facts of a schema into a check. It reads only the members that the facts name: its depth is that of the declaration,
 * never that of the message.
 */
export function compileValueCheck(facts: Facts, definitions: Readonly<Record<string, Facts>>): ValueCheck {
  if (facts.ref !== undefined) {
    const target = Object.hasOwn(definitions, facts.ref) ? definitions[facts.ref] : undefined;
    return target ? compileValueCheck(target, definitions) : () => true;
  }
  const checks: ValueCheck[] = [];
  if (facts.type !== undefined) checks.push(typeCheck(facts.type));
  if (facts.enum) {
    const values = new Set(facts.enum);
    checks.push((value) => values.has(value));
  }
  if (facts.pattern !== undefined) {
    const pattern = new RegExp(facts.pattern, "u"); // for \p{…} in the patterns of names
    checks.push((value) => typeof value !== "string" || pattern.test(value));
  }
  checks.push(...limitChecks(facts));
  if (facts.items) {
    const item = compileValueCheck(facts.items, definitions);
    checks.push((value) => !Array.isArray(value) || value.every(item));
  }
  for (const [key, member] of Object.entries(facts.properties ?? {})) {
    const check = compileValueCheck(member, definitions);
    checks.push((value) => !isJsonObject(value) || !Object.hasOwn(value, key) || check(value[key]));
  }
  for (const key of facts.required ?? []) {
    checks.push((value) => !isJsonObject(value) || (Object.hasOwn(value, key) && value[key] !== undefined));
  }
  if (facts.anyOf) {
    const branches = facts.anyOf.map((branch) => compileValueCheck(branch, definitions));
    checks.push((value) => branches.some((branch) => branch(value)));
  }
  for (const part of facts.allOf ?? []) checks.push(compileValueCheck(part, definitions));
  const all = every(checks);
  return facts.nullable ? (value) => value === null || all(value) : all;
}

// Most facts are one or two checks, for which a loop over closures would take longer than the checks.
function every(checks: readonly ValueCheck[]): ValueCheck {
  const [first, second] = checks;
  if (!first) return () => true;
  if (!second) return first;
  if (checks.length === 2) return (value) => first(value) && second(value);
  return (value) => {
    for (const check of checks) if (!check(value)) return false;
    return true;
  };
}

function typeCheck(type: string): ValueCheck {
  switch (type) {
    case "object":
      return isJsonObject;
    case "array":
      return Array.isArray;
    case "integer":
      return Number.isInteger;
    case "string":
      return (value) => typeof value === "string";
    default:
      return (value) => typeof value === type;
  }
}

function limitChecks({ minLength, maxLength, minimum, maximum, minItems, maxItems }: Facts): ValueCheck[] {
  const checks: ValueCheck[] = [];
  if (minLength !== undefined || maxLength !== undefined) {
    checks.push((value) => typeof value !== "string" || within(lengthOf(value), minLength, maxLength));
  }
  if (minimum !== undefined || maximum !== undefined) {
    checks.push((value) => typeof value !== "number" || within(value, minimum, maximum));
  }
  if (minItems !== undefined || maxItems !== undefined) {
    checks.push((value) => !Array.isArray(value) || within(value.length, minItems, maxItems));
  }
  return checks;
}

function within(size: number, least = -Infinity, most = Infinity): boolean {
  return size >= least && size <= most;
}

// JSON Schema counts characters, not UTF-16 units.
function lengthOf(text: string): number {
  let pairs = 0;
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) pairs++;
  }
  return text.length - pairs;
}
