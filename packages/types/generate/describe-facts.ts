import type { JsonObject } from "../../../tools/specs/document.ts";
import type { Model } from "./model.ts";

// Longer patterns and lists say less than a look at the schema does.
const MAX_PATTERN = 100;
const MAX_CHOICES = 16;

/** A doc comment of a component made of facts: where it is a body, its constraints. Empty if there is nothing to say. */
export function docComment(name: string, schema: JsonObject, model: Model): string {
  const facts = [...bodyFacts(name, model), ...constraintFacts(schema)];
  return facts.length === 0 ? "" : `/** ${facts.join(" ").replaceAll("*/", "*\\/")} */\n`;
}

function bodyFacts(name: string, { entry, operations }: Model): string[] {
  const bodies = operations.filter(({ body }) => body === name);
  const [first] = bodies;
  if (!first) return [];
  const resources = new Set(bodies.map(({ resource }) => resource));
  if (resources.size > 1) return [`Body of ${String(bodies.length)} operations of ${entry.id}.`];
  const section = entry.sections?.resources[first.resource];
  const source = section === undefined ? "" : ` (${entry.sections?.document ?? ""}, ${section})`;
  return [`Body of ${bodies.map(({ operation }) => `\`${operation}\``).join(", ")}${source}.`];
}

function constraintFacts(schema: JsonObject): string[] {
  const { type, pattern, enum: choices } = schema;
  const facts: string[] = [];
  const length = rangeOf(schema["minLength"], schema["maxLength"], "character");
  if (type === "string" && length !== undefined && !choices) facts.push(`Text of ${length}.`);
  const size = rangeOf(schema["minItems"], schema["maxItems"], "item");
  if (type === "array" && size !== undefined) facts.push(`List of ${size}.`);
  if (typeof pattern === "string" && pattern.length <= MAX_PATTERN && !pattern.includes("`")) {
    facts.push(`Matches \`${pattern}\`.`);
  }
  if (Array.isArray(choices) && choices.length <= MAX_CHOICES)
    facts.push(`One of ${choices.map(String).join(", ")}.`);
  return facts;
}

function rangeOf(min: unknown, max: unknown, unit: string): string | undefined {
  const plural = (n: number): string => `${String(n)} ${unit}${n === 1 ? "" : "s"}`;
  if (typeof min === "number" && typeof max === "number") {
    return min === max ? plural(min) : `${String(min)} to ${plural(max)}`;
  }
  if (typeof min === "number") return `at least ${plural(min)}`;
  return typeof max === "number" ? `at most ${plural(max)}` : undefined;
}
