import { ERROR_CODES, isJsonObject } from "@mojaloop-versioning/protocol";
import { checkKeys, invalidChange, isFunction, isPointer, isText, rejectValue } from "./expect.ts";

const RULES = ["fill", "lose", "refuse", "message", "disposition"];
const KINDS = ["derive", "lookup", "ids", "value", "refuse"];
const DISPOSALS = 'must be "drop", "stash", "refuse" or { refuse, message, unlessStashed }';

/** Checks the rules of one direction. */
export function checkDirection(id: string, direction: "up" | "down", rules: unknown): void {
  if (rules === undefined) return;
  if (!isJsonObject(rules)) throw rejectValue(id, direction, rules, "{ fill, lose } or { refuse, message }");
  checkKeys(id, `${direction}.`, rules, RULES);
  const { fill, lose, refuse, message, disposition } = rules;
  for (const [pointer, sources] of entriesAt(id, `${direction}.fill`, fill)) {
    checkSources(id, `${direction}.fill["${pointer}"]`, sources);
  }
  for (const [pointer, disposal] of entriesAt(id, `${direction}.lose`, lose)) {
    checkDisposal(id, `${direction}.lose["${pointer}"]`, disposal);
  }
  if (refuse === undefined) return;
  checkCode(id, `${direction}.refuse`, refuse);
  if (fill !== undefined || lose !== undefined) {
    throw invalidChange(id, `${direction}.refuse`, "refuses every message, so fill and lose must be absent");
  }
  if (message !== undefined && !isText(message))
    throw rejectValue(id, `${direction}.message`, message, "a text");
  if (disposition !== undefined && disposition !== "error" && disposition !== "swallow") {
    throw rejectValue(id, `${direction}.disposition`, disposition, '"error" or "swallow"');
  }
}

/** Checks a list of sources. */
export function checkSources(id: string, key: string, sources: unknown): void {
  if (!Array.isArray(sources) || sources.length === 0) {
    throw rejectValue(id, key, sources, "a list of sources that ends with { refuse } or { value }");
  }
  for (const [i, source] of (sources as readonly unknown[]).entries()) {
    const last = i === sources.length - 1;
    checkSource(id, `${key}[${String(i)}]`, source);
    const ends = isJsonObject(source) && ("refuse" in source || "value" in source);
    if (last && !ends)
      throw invalidChange(
        id,
        key,
        "must end with { refuse } or { value }, for messages without any other source",
      );
    if (!last && ends)
      throw invalidChange(id, `${key}[${String(i)}]`, "always applies, so it must be the last source");
  }
}

function checkSource(id: string, key: string, source: unknown): void {
  if (!isJsonObject(source)) throw rejectValue(id, key, source, "an object");
  checkKeys(id, `${key}.`, source, [...KINDS, "note", "message"]);
  const kinds = KINDS.filter((kind) => kind in source);
  if (kinds.length !== 1) throw invalidChange(id, key, `must have exactly one of ${KINDS.join(", ")}`);
  if ("derive" in source && !isFunction(source["derive"])) {
    throw rejectValue(id, `${key}.derive`, source["derive"], "a function");
  }
  if ("lookup" in source && !isText(source["lookup"])) {
    throw rejectValue(id, `${key}.lookup`, source["lookup"], "the name of a look-up");
  }
  if ("ids" in source && source["ids"] !== true) throw rejectValue(id, `${key}.ids`, source["ids"], "true");
  if ("value" in source && source["value"] === undefined)
    throw rejectValue(id, `${key}.value`, undefined, "a JSON value");
  if ("refuse" in source) checkCode(id, `${key}.refuse`, source["refuse"]);
}

function checkDisposal(id: string, key: string, disposal: unknown): void {
  if (disposal === "drop" || disposal === "stash" || disposal === "refuse") return;
  if (!isJsonObject(disposal)) throw invalidChange(id, key, `is ${String(disposal)}; it ${DISPOSALS}`);
  checkKeys(id, `${key}.`, disposal, ["refuse", "message", "unlessStashed"]);
  checkCode(id, `${key}.refuse`, disposal["refuse"]);
  if (!isText(disposal["message"])) throw rejectValue(id, `${key}.message`, disposal["message"], "a text");
}

function checkCode(id: string, key: string, code: unknown): void {
  if (typeof code === "string" && Object.hasOwn(ERROR_CODES, code)) return;
  throw rejectValue(id, key, code, 'an FSPIOP error code such as "3100" (API Definition 7.6)');
}

function entriesAt(id: string, key: string, value: unknown): [string, unknown][] {
  if (value === undefined) return [];
  if (!isJsonObject(value)) throw rejectValue(id, key, value, "an object with pointers as keys");
  const wrong = Object.keys(value).find((pointer) => !isPointer(pointer));
  if (wrong === undefined) return Object.entries(value);
  throw invalidChange(id, key, `has the key "${wrong}"; a pointer begins with "/", such as "/${wrong}"`);
}
