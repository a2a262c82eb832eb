import { VersioningError } from "@mojaloop-versioning/protocol";
import { isRecord, member, pointerTo, stepsOf, type JsonRecord } from "../schema/json.ts";

/** An OpenAPI 3 document that has been checked: every `$ref` has a target inside it. */
export interface Document {
  readonly root: JsonRecord;
  /** `"3.0"`, where a `$ref` hides its siblings and `nullable` means something, or a later one. */
  readonly dialect: "3.0" | "3.1";
  /** Throws VersioningError `invalid-spec` with the name of the document in front. */
  readonly refuse: (why: string) => never;
  /** What a `$ref` finally leads to, with the pointer of that place. */
  readonly resolve: (ref: string) => Target;
}

export interface Target {
  readonly pointer: string;
  readonly value: unknown;
}

/**
 * Checks that a parsed document is OpenAPI 3 and that its references lead somewhere.
 * @param name how a message names the document: a file or an id
 * @throws VersioningError `invalid-spec`, naming the document and the place
 */
export function openDocument(root: unknown, name: string): Document {
  const refuse = (why: string): never => {
    throw new VersioningError("invalid-spec", `${name}: ${why}`);
  };
  if (!isRecord(root)) return refuse("not an OpenAPI document: it is not an object");
  const swagger = member(root, "swagger");
  if (swagger !== undefined) {
    return refuse(
      `#/swagger: Swagger ${JSON.stringify(swagger)} is not supported; convert it to OpenAPI 3 first`,
    );
  }
  const openapi = member(root, "openapi");
  if (typeof openapi !== "string") return refuse("not an OpenAPI document: #/openapi is missing");
  if (!openapi.startsWith("3.")) return refuse(`#/openapi: version ${openapi} is not supported, only 3.x`);
  for (const part of ["paths", "components", "webhooks"]) {
    if (member(root, part) !== undefined && member(root, part) !== null && !isRecord(member(root, part))) {
      return refuse(`#/${part}: must be an object`);
    }
  }
  if (["paths", "components", "webhooks"].every((part) => member(root, part) === undefined)) {
    return refuse("not an OpenAPI document: it has neither paths, components nor webhooks");
  }

  const targets = new Map<string, Target>();
  const resolve = (ref: string): Target => {
    const known = targets.get(ref);
    if (known) return known;
    const target = follow(root, ref);
    if (typeof target === "string") return refuse(target);
    targets.set(ref, target);
    return target;
  };
  const fault = firstFault(root, resolve);
  if (fault !== undefined) return refuse(fault);
  return { root, dialect: openapi.startsWith("3.0") ? "3.0" : "3.1", refuse, resolve };
}

// Follows a chain of references; a text describes what is wrong with it.
function follow(root: JsonRecord, ref: string): Target | string {
  const seen = new Set<string>();
  let at = ref;
  for (;;) {
    if (seen.has(at)) return `${ref}: the $ref is circular, it leads back to ${at}`;
    seen.add(at);
    if (!at.startsWith("#")) return `${ref}: a $ref to another document; read it with readSpecFiles`;
    let value: unknown = root;
    for (const step of stepsOf(at)) {
      value =
        Array.isArray(value) && /^\d+$/.test(step) ? (value as unknown[])[Number(step)] : member(value, step);
      if (value === undefined) return `${ref}: the $ref has no target`;
    }
    const next = member(value, "$ref");
    if (typeof next !== "string" || Object.keys(value as object).length > 1) return { pointer: at, value };
    at = next;
  }
}

// Values that are data, not parts of the document: a "$ref" in them is only a name.
const OPAQUE = new Set(["example", "examples", "default", "enum", "const"]);

interface Node {
  readonly value: object;
  readonly step: string;
  readonly above: Node | undefined;
  readonly depth: number;
}

/** Deeper than any document that a person has written. */
const DEEPEST = 400;

// Visits every node of the document once, so that aliases of YAML cost nothing.
function firstFault(root: object, resolve: (ref: string) => Target): string | undefined {
  const done = new Set<object>();
  const open: Node[] = [{ value: root, step: "#", above: undefined, depth: 0 }];
  for (let node = open.pop(); node; node = open.pop()) {
    if (done.has(node.value)) continue;
    done.add(node.value);
    if (node.depth > DEEPEST)
      return `${pointerOf(node).slice(0, 80)}…: nested more than ${String(DEEPEST)} deep`;
    // Below `properties` a name such as "$ref" or "default" is the name of a member.
    const named = node.step === "properties" && node.above?.step !== "properties";
    const ref = named ? undefined : member(node.value, "$ref");
    if (typeof ref === "string") {
      try {
        resolve(ref);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        return `${pointerOf(node)}/$ref: ${error.message.slice(error.message.indexOf(": ") + 2)}`;
      }
    }
    for (const [step, value] of Object.entries(node.value) as [string, unknown][]) {
      if (typeof value !== "object" || value === null || (OPAQUE.has(step) && !named)) continue;
      open.push({ value, step, above: node, depth: node.depth + 1 });
    }
  }
  return undefined;
}

function pointerOf({ step, above }: Node): string {
  return above ? pointerTo(pointerOf(above), step) : step;
}
