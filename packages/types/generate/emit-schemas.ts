import { inDependencyOrder, type ObjectShape, type Shape, type StringShape } from "./shape.ts";
import type { Model } from "./model.ts";

// A zod schema as an expression and as the type that declares it: written out, the declarations are a fifteenth of what tsc infers.
interface Emitted {
  readonly code: string;
  readonly type: string;
}

/** The module of zod schemas: one for each component, under the component's name, each able to be bundled without the others. */
export function emitSchemas({ entry }: Model, shapes: ReadonlyMap<string, Shape>, root: string): string {
  const body = inDependencyOrder(shapes, entry.id).map((name) => {
    const { code, type } = emitShape(shapes.get(name) ?? { kind: "unknown" });
    return `export const ${name}: ${type} = /* @__PURE__ */ (() => ${code})();`;
  });
  const text = body.join("\n");
  const helpers = ["hasUniqueItems", "ifText", "isPresent", "isWhole"].filter((name) => text.includes(name));
  return [
    `import * as z from "zod";`,
    ...(helpers.length === 0 ? [] : [`import { ${helpers.join(", ")} } from "${root}validation.ts";`]),
    ``,
    text,
    ``,
  ].join("\n");
}

function emitShape(shape: Shape): Emitted {
  switch (shape.kind) {
    case "unknown":
      return { code: "z.unknown()", type: "z.ZodUnknown" };
    case "boolean":
      return { code: "z.boolean()", type: "z.ZodBoolean" };
    case "number":
      return { code: "z.number()", type: "z.ZodNumber" };
    case "integer":
      // z.int() would refuse what lies beyond the safe integers; JSON Schema does not.
      return { code: `z.number().refine(isWhole)`, type: "z.ZodNumber" };
    case "ref":
      return { code: shape.name, type: `typeof ${shape.name}` };
    case "string":
      return { code: `z.string()${constraintsOf(shape)}`, type: "z.ZodString" };
    case "enum": {
      const choices = shape.values.map((value) => JSON.stringify(value));
      return {
        code: `z.enum([${choices.join(", ")}])`,
        type: `z.ZodEnum<{ ${choices.map((choice) => `${choice}: ${choice}`).join("; ")} }>`,
      };
    }
    case "array": {
      const items = emitShape(shape.items);
      const min = shape.minItems === undefined ? "" : `.min(${String(shape.minItems)})`;
      const max = shape.maxItems === undefined ? "" : `.max(${String(shape.maxItems)})`;
      const unique = shape.uniqueItems ? `.refine(hasUniqueItems)` : "";
      return { code: `z.array(${items.code})${min}${max}${unique}`, type: `z.ZodArray<${items.type}>` };
    }
    case "object":
      return emitObject(shape);
    case "anyOf":
    case "oneOf": {
      const parts = shape.parts.map(emitShape);
      const [call, type] = shape.kind === "anyOf" ? ["union", "ZodUnion"] : ["xor", "ZodXor"];
      return {
        code: `z.${call}([${parts.map(({ code }) => code).join(", ")}])`,
        type: `z.${type}<readonly [${parts.map((part) => part.type).join(", ")}]>`,
      };
    }
    case "ifText":
      return { code: `z.unknown().refine(ifText(${regexOf(shape.pattern)}))`, type: "z.ZodUnknown" };
    case "allOf":
      return emitAll(shape.parts);
  }
}

function emitAll(parts: readonly Shape[]): Emitted {
  const values = parts.filter((part) => part.kind !== "ifText");
  const texts = parts.flatMap((part) =>
    part.kind === "ifText" ? [`.refine(ifText(${regexOf(part.pattern)}))`] : [],
  );
  const [first = { code: "z.unknown()", type: "z.ZodUnknown" }, ...others] = values.map(emitShape);
  const whole = others.reduce(
    (left, right) => ({
      code: `z.intersection(${left.code}, ${right.code})`,
      type: `z.ZodIntersection<${left.type}, ${right.type}>`,
    }),
    first,
  );
  return { code: whole.code + texts.join(""), type: whole.type };
}

function emitObject({ members, closed }: ObjectShape): Emitted {
  const emitted = members.map(({ name, shape, required }) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
    const { code, type } = emitShape(shape);
    if (required) {
      const present = shape.kind === "unknown" ? `${code}.refine(isPresent)` : code;
      return { code: `${key}: ${present}`, type: `${key}: ${type}` };
    }
    return { code: `${key}: z.optional(${code})`, type: `${key}: z.ZodOptional<${type}>` };
  });
  return {
    code: `z.${closed ? "strict" : "loose"}Object({ ${emitted.map(({ code }) => code).join(", ")} })`,
    type: `z.ZodObject<{ ${emitted.map(({ type }) => type).join("; ")} }, z.core.$${closed ? "strict" : "loose"}>`,
  };
}

function constraintsOf({ minLength, maxLength, pattern }: StringShape): string {
  const min = minLength === undefined ? "" : `.min(${String(minLength)})`;
  const max = maxLength === undefined ? "" : `.max(${String(maxLength)})`;
  return min + max + (pattern === undefined ? "" : `.regex(${regexOf(pattern)})`);
}

/** A pattern as a literal of TypeScript. The `u` flag is what gives `\p{L}` its meaning. */
export function regexOf(pattern: string): string {
  return String(new RegExp(pattern, "u"));
}
