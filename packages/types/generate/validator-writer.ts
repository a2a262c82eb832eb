import { regexOf } from "./emit-schemas.ts";
import {
  type ArrayShape,
  holdsObject,
  type ObjectShape,
  refsOf,
  type Shape,
  type StringShape,
} from "./shape.ts";

// A set costs more than comparing with a handful of texts.
const FEW_CHOICES = 6;
const LONG_PATTERN = 100;

/** A value in the generated code: the variable that holds it, and its place below the function's argument. */
interface Place {
  readonly variable: string;
  /** The inside of a template literal: `/extension/${i}/key`; empty for the argument itself. */
  readonly pointer: string;
}

/** Writes the functions of one module. */
export interface ValidatorWriter {
  /** What was written so far, constants and functions. */
  readonly lines: readonly string[];
  /** Writes the functions of one component. */
  readonly write: (name: string, shape: Shape) => void;
}

/** Writes the functions of one module, and the constants they share. */
export function createValidatorWriter(strictable: ReadonlySet<string>): ValidatorWriter {
  const lines: string[] = [];
  const constants = new Map<string, string>();
  let component = "";
  let variables = 0;

  const write = (name: string, shape: Shape): void => {
    component = name;
    writeFunction(`check${name}`, shape);
    const strict = strictable.has(name) ? ", options?.strict === true" : "";
    const options = strict === "" ? "" : ", options?: ValidationOptions";
    lines.push(
      `export function ${name}(value: unknown${options}): Validation<components["schemas"]["${name}"]> {`,
      `  return verdict(value, check${name}(value${strict}));`,
      `}`,
    );
  };

  function takesStrict(shape: Shape): boolean {
    return holdsObject(shape) || refsOf(shape).some((ref) => strictable.has(ref));
  }

  function writeFunction(name: string, shape: Shape): void {
    variables = 0;
    const body = checkOf(shape, { variable: "v", pointer: "" });
    const strict = takesStrict(shape) ? ", strict: boolean" : "";
    lines.push(
      `function ${name}(v: unknown${strict}): Fault | undefined {`,
      ...body,
      `return undefined;`,
      `}`,
    );
  }

  function checkOf(shape: Shape, place: Place): string[] {
    const { variable: v } = place;
    switch (shape.kind) {
      case "unknown":
        return [];
      case "boolean":
        return [demand(`typeof ${v} === "boolean"`, "must be true or false", place)];
      case "number":
        return [demand(`typeof ${v} === "number" && ${v} - ${v} === 0`, "must be a number", place)];
      case "integer":
        return [demand(`isWhole(${v})`, "must be a whole number", place)];
      case "ref":
        return propagate(callOf(shape, v), place);
      case "enum":
        return [demand(isChoice(shape.values, v), choicesOf(shape.values), place)];
      case "ifText":
        return [
          demand(
            `typeof ${v} !== "string" || ${regex(shape.pattern)}.test(${v})`,
            patternMessage(shape.pattern),
            place,
          ),
        ];
      case "string":
        return textCheck(shape, place);
      case "array":
        return listCheck(shape, place);
      case "object":
        return objectCheck(shape, place);
      case "allOf":
        return shape.parts.flatMap((part) => checkOf(part, place));
      case "anyOf": {
        const faults = shape.parts.map(() => newVariable("fault"));
        return [
          ...shape.parts.map((part, i) => {
            const before = i === 0 ? "" : `${faults[i - 1] ?? ""} && `;
            return `const ${faults[i] ?? ""} = ${before}${callOf(part, v)};`;
          }),
          `if (${faults.join(" && ")}) return ${told(`noneOf(${faults.join(", ")})`, place)};`,
        ];
      }
      case "oneOf":
        return propagate(`exactlyOne(${shape.parts.map((part) => callOf(part, v)).join(", ")})`, place);
    }
  }

  function textCheck({ minLength = 0, maxLength, pattern }: StringShape, place: Place): string[] {
    const { variable: v } = place;
    const lines = [demand(`typeof ${v} === "string"`, "must be text", place)];
    if (minLength > 0) {
      const problem = `must have at least ${plural(minLength, "character")}`;
      lines.push(demand(`isAtLeast(${v}, ${String(minLength)})`, problem, place));
    }
    if (maxLength !== undefined) {
      const problem = `must have at most ${plural(maxLength, "character")}`;
      lines.push(demand(`isAtMost(${v}, ${String(maxLength)})`, problem, place));
    }
    if (pattern !== undefined) {
      lines.push(demand(`${regex(pattern)}.test(${v})`, patternMessage(pattern), place));
    }
    return lines;
  }

  function listCheck({ items, minItems = 0, maxItems, uniqueItems }: ArrayShape, place: Place): string[] {
    const { variable: v, pointer } = place;
    const lines = [demand(`Array.isArray(${v})`, "must be a list", place)];
    if (minItems > 0) {
      const problem = `must have at least ${plural(minItems, "item")}`;
      lines.push(demand(`${v}.length >= ${String(minItems)}`, problem, place));
    }
    if (maxItems !== undefined) {
      const problem = `must have at most ${plural(maxItems, "item")}`;
      lines.push(demand(`${v}.length <= ${String(maxItems)}`, problem, place));
    }
    const item = newVariable("item");
    const i = newVariable("i");
    const inner = checkOf(items, { variable: item, pointer: `${pointer}/\${String(${i})}` });
    if (inner.length > 0) {
      lines.push(`for (let ${i} = 0; ${i} < ${v}.length; ${i}++) {`);
      lines.push(`const ${item}: unknown = ${v}[${i}];`, ...inner, `}`);
    }
    if (uniqueItems) lines.push(demand(`hasUniqueItems(${v})`, "must not repeat an item", place));
    return lines;
  }

  function objectCheck({ members, closed }: ObjectShape, place: Place): string[] {
    const { variable: v, pointer } = place;
    const lines = [demand(`isObject(${v})`, "must be an object", place)];
    for (const { name, shape, required } of members) {
      const member: Place = { variable: newVariable("v"), pointer: `${pointer}/${escapeToken(name)}` };
      const inner = checkOf(shape, member);
      const access = /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
      if (inner.length > 0 || required) lines.push(`const ${member.variable} = ${v}${access};`);
      if (required)
        lines.push(
          `if (${member.variable} === undefined) return missing(${template(member.pointer)});`,
          ...inner,
        );
      else if (inner.length > 0) lines.push(`if (${member.variable} !== undefined) {`, ...inner, `}`);
    }
    const known = constant(
      "members",
      `new Set([${members.map(({ name }) => JSON.stringify(name)).join(", ")}])`,
      "Set<string>",
    );
    const name = newVariable("name");
    lines.push(
      `${closed ? "" : "if (strict) "}for (const ${name} of Object.keys(${v})) {`,
      `if (!${known}.has(${name})) return ${told(`unknownMember(${name})`, place)};`,
      `}`,
    );
    return lines;
  }

  // A check of its own for a part that stands in place, so that its fault is a value.
  function callOf(shape: Shape, v: string): string {
    if (shape.kind === "ref")
      return `check${shape.name}(${v}${strictable.has(shape.name) ? ", strict" : ""})`;
    const outer = variables;
    const name = `check${component}Form${String(lines.length)}`;
    writeFunction(name, shape);
    variables = outer;
    return `${name}(${v}${takesStrict(shape) ? ", strict" : ""})`;
  }

  function propagate(call: string, place: Place): string[] {
    const found = newVariable("fault");
    return [`const ${found} = ${call};`, `if (${found}) return ${told(found, place)};`];
  }

  function demand(condition: string, message: string, { pointer }: Place): string {
    const text = JSON.stringify(message);
    const refusal = pointer === "" ? `fault(${text})` : `faultAt(${template(pointer)}, ${text})`;
    return `if (!(${condition})) return ${refusal};`;
  }

  function told(found: string, { pointer }: Place): string {
    return pointer === "" ? found : `below(${template(pointer)}, ${found})`;
  }

  function isChoice(values: readonly string[], v: string): string {
    const texts = values.map((value) => JSON.stringify(value));
    if (texts.length <= FEW_CHOICES) return texts.map((text) => `${v} === ${text}`).join(" || ");
    return `${constant("choices", `new Set([${texts.join(", ")}])`, "Set<unknown>")}.has(${v})`;
  }

  function regex(pattern: string): string {
    return constant("pattern", regexOf(pattern), "RegExp");
  }

  // A pattern too long to read is named for the component that holds it.
  function patternMessage(pattern: string): string {
    return pattern.length <= LONG_PATTERN ? `must match ${pattern}` : `must be written as ${component} is`;
  }

  function constant(word: string, code: string, type: string): string {
    const known = constants.get(code);
    if (known !== undefined) return known;
    const name = `${word}${String(constants.size)}`;
    constants.set(code, name);
    lines.push(`const ${name}: ${type} = /* @__PURE__ */ ${code};`);
    return name;
  }

  function newVariable(word: string): string {
    variables += 1;
    return `${word}${String(variables)}`;
  }

  return { lines, write };
}

function choicesOf(values: readonly string[]): string {
  return values.length <= 16
    ? `must be one of ${values.join(", ")}`
    : `must be one of ${String(values.length)} codes`;
}

function plural(n: number, unit: string): string {
  return `${String(n)} ${unit}${n === 1 ? "" : "s"}`;
}

function escapeToken(name: string): string {
  return name
    .replaceAll("~", "~0")
    .replaceAll("/", "~1")
    .replaceAll(/[\\`$]/g, "\\$&");
}

function template(pointer: string): string {
  return pointer.includes("${") ? `\`${pointer}\`` : JSON.stringify(pointer);
}
