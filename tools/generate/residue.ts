import { compareVersions, type Operation, type Version } from "@mojaloop-versioning/protocol";

import { isObject, type Json, type JsonObject, valueAt } from "../specs/document.ts";
import type { Model } from "./model.ts";
import {
  createCompareSchemas,
  type CompareSchemas,
  propertiesOf,
  requiredOf,
  resolve,
  type Side,
} from "./residue-compare.ts";

/** The component that ids are of; a path's lone `{ID}` is one (API Definition 7.3.8, 6.2 to 6.10). */
const ID = "CorrelationId";
const DIRECTIONS = ["up", "down"] as const;
type Direction = (typeof DIRECTIONS)[number];

/** Facts of a schema; references name entries of `definitions`. */
export type Facts = JsonObject;

export interface Unsettled {
  sources: Record<string, { required?: true; accepts: Facts }>;
  disposals: Record<string, Facts>;
}

export interface OperationResidue {
  olderOperation: Operation;
  newerOperation: Operation;
  in?: "older" | "newer";
  up: Unsettled;
  down: Unsettled;
  holds: Record<string, string[]>;
  params: Record<string, string>;
  renamedParams: Record<string, string>;
  newerQuery: string[];
  extensions: { older?: string; newer?: string };
  /** Full pointers of what the components that it holds leave. */
  held: Record<Direction, { sources: string[]; disposals: string[] }>;
}

export interface StepResidue {
  resource: string;
  from: Version;
  to: Version;
  /** The documents compared: their versions, or what a proposal is called. */
  api: readonly [string, string];
  older: Model;
  newer: Model;
  operations: Map<Operation, OperationResidue>;
}

/** All that lies between the versions of one API. */
export interface ApiResidue {
  api: string;
  definitions: Record<string, Facts>;
  components: Record<string, Record<string, Record<Direction, Unsettled>>>;
  steps: StepResidue[];
}

interface Message {
  readonly operation: Operation;
  readonly resource: string;
  readonly version: Version;
  readonly schema: Json | undefined;
  readonly query: readonly string[];
}

/** Compares the neighbouring versions of one API, oldest first. */
export function residueOf(api: string, models: readonly Model[]): ApiResidue {
  const residue: ApiResidue = { api, definitions: {}, components: {}, steps: [] };
  const ordered = models.toSorted((a, b) => compareVersions(a.entry.version, b.entry.version));
  for (const [i, newer] of ordered.entries()) {
    const older = ordered[i - 1];
    if (older) addPair(residue, older, newer, ordered.slice(0, i));
  }
  return residue;
}

function addPair(residue: ApiResidue, older: Model, newer: Model, ancestors: readonly Model[]): void {
  const api = [labelOf(older), labelOf(newer)] as const;
  const components: ApiResidue["components"][string] = (residue.components[api.join(">")] = {});
  const before = messagesOf(older);
  const after = messagesOf(newer);
  const steps = new Map<string, StepResidue>();
  const compareSchemas = createCompareSchemas();
  const step = (resource: string, from: Version, to: Version, base: Model): StepResidue => {
    const key = `${resource} ${from}`;
    let found = steps.get(key);
    if (!found) {
      found = {
        resource,
        from,
        to,
        api: [labelOf(base), api[1]],
        older: base,
        newer,
        operations: new Map(),
      };
      steps.set(key, found);
    }
    return found;
  };
  for (const [key, message] of after) {
    const previous = before.get(key);
    const operation = emptyOperation(previous, message);
    operation.newerQuery = message.query.filter((name) => previous && !previous.query.includes(name));
    const extensions = extensionPlace({ document: newer.document, schema: message.schema });
    if (extensions !== undefined) operation.extensions.newer = extensions;
    if (previous) {
      // A resource that keeps its version has no step, whatever the document around it does (API Definition 3.3).
      if (previous.version === message.version) continue;
      const place = extensionPlace({ document: older.document, schema: previous.schema });
      if (place !== undefined) operation.extensions.older = place;
      settleBoth(residue, components, operation, compareSchemas, { older, newer, previous, message });
      step(message.resource, previous.version, message.version, older).operations.set(
        message.operation,
        operation,
      );
      continue;
    }
    operation.in = "newer";
    const known = older.entry.resources.versions[message.resource];
    // A resource that is new altogether is refused towards every version before it.
    const bases = known === undefined ? ancestors : [older];
    for (const base of bases) {
      const from = known ?? versionOf(base);
      if (from === message.version) continue;
      step(message.resource, from, message.version, base).operations.set(
        message.operation,
        structuredClone(operation),
      );
    }
  }
  for (const [key, message] of before) {
    if (after.has(key)) continue;
    const to = newer.entry.resources.versions[message.resource];
    if (to === undefined || to === message.version) continue;
    step(message.resource, message.version, to, older).operations.set(message.operation, {
      ...emptyOperation(message, undefined),
      in: "older",
    });
  }
  for (const { operations } of steps.values()) {
    for (const [operation, entry] of operations) {
      if (components[ID] && /^\S+ \/\w+\/\{ID\}(\/error)?$/.test(operation)) entry.params["ID"] = ID;
    }
  }
  residue.steps.push(...steps.values());
}

function settleBoth(
  residue: ApiResidue,
  components: ApiResidue["components"][string],
  operation: OperationResidue,
  compareSchemas: CompareSchemas,
  { older, newer, previous, message }: { older: Model; newer: Model; previous: Message; message: Message },
): void {
  const sides = {
    older: { model: older, side: { document: older.document, schema: previous.schema } },
    newer: { model: newer, side: { document: newer.document, schema: message.schema } },
  };
  for (const direction of DIRECTIONS) {
    const [sender, receiver] = direction === "up" ? [sides.older, sides.newer] : [sides.newer, sides.older];
    const found = compareSchemas(sides.older.side, sides.newer.side, direction);
    for (const pointer of found.sources) {
      const holder = holderOf(receiver.side, pointer, valueOf(sender.side, pointer) !== undefined);
      const source: Unsettled["sources"][string] = {
        ...(isRequired(receiver.side, pointer) &&
          !isRequired(sender.side, pointer) && { required: true as const }),
        accepts: factsOf(
          { ...receiver.side, schema: valueOf(receiver.side, pointer) },
          receiver.model,
          residue.definitions,
        ),
      };
      place(components, operation, holder, direction).sources[holder.rest] = source;
      if (holder.component !== undefined) operation.held[direction].sources.push(pointer);
    }
    for (const pointer of found.disposals) {
      const holder = holderOf(sender.side, pointer, false);
      const facts = factsOf(
        { ...sender.side, schema: valueOf(sender.side, pointer) },
        sender.model,
        residue.definitions,
      );
      place(components, operation, holder, direction).disposals[holder.rest] = facts;
      if (holder.component !== undefined) operation.held[direction].disposals.push(pointer);
    }
  }
}

interface Holder {
  readonly component: string | undefined;
  readonly base: string;
  readonly rest: string;
}

function place(
  components: ApiResidue["components"][string],
  operation: OperationResidue,
  { component, base }: Holder,
  direction: Direction,
): Unsettled {
  if (component === undefined) return operation[direction];
  const places = (operation.holds[component] ??= []);
  if (!places.includes(base)) places.push(base);
  return (components[component] ??= { up: emptyUnsettled(), down: emptyUnsettled() })[direction];
}

/** The deepest named component below the body that the pointer goes through: the one whose own difference this is. */
function holderOf(side: Side, pointer: string, itself: boolean): Holder {
  const segments = pointer.split("/").slice(1);
  let holder: Holder = { component: undefined, base: "", rest: pointer };
  let schema = side.schema;
  for (let i = 0; i <= segments.length; i++) {
    const name = refName(schema);
    if (i > 0 && name !== undefined && (itself || i < segments.length)) {
      const base = segments
        .slice(0, i)
        .map((part) => `/${part}`)
        .join("");
      holder = { component: name, base, rest: pointer.slice(base.length) };
    }
    const segment = segments[i];
    if (segment === undefined) break;
    schema = childOf({ ...side, schema }, segment);
  }
  return holder;
}

function childOf(side: Side, segment: string): Json | undefined {
  const schema = resolve(side);
  return segment === "*" ? schema?.["items"] : schema && propertiesOf(schema)[segment];
}

function valueOf(side: Side, pointer: string): Json | undefined {
  let schema = side.schema;
  for (const segment of pointer.split("/").slice(1)) schema = childOf({ ...side, schema }, segment);
  return schema;
}

function isRequired(side: Side, pointer: string): boolean {
  const cut = pointer.lastIndexOf("/");
  if (cut < 0) return false;
  const parent = resolve({ ...side, schema: valueOf(side, pointer.slice(0, cut)) });
  return parent !== undefined && requiredOf(parent).includes(pointer.slice(cut + 1));
}

function refName(schema: Json | undefined): string | undefined {
  const ref = isObject(schema) ? schema["$ref"] : undefined;
  return typeof ref === "string" ? ref.slice("#/components/schemas/".length) : undefined;
}

const KEYWORDS = [
  "type",
  "nullable",
  "enum",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "required",
];

function factsOf(side: Side, model: Model, definitions: Record<string, Facts>): Facts {
  const { schema } = side;
  if (!isObject(schema)) return {};
  const name = refName(schema);
  if (name !== undefined) {
    const key = `${name}@${labelOf(model)}`;
    if (!Object.hasOwn(definitions, key)) {
      definitions[key] = {};
      definitions[key] = factsOf(
        { ...side, schema: valueAt(side.document, `/components/schemas/${name}`) },
        model,
        definitions,
      );
    }
    return { ref: key };
  }
  const facts: Facts = {};
  for (const keyword of KEYWORDS) if (schema[keyword] !== undefined) facts[keyword] = schema[keyword];
  const { items, anyOf = schema["oneOf"], allOf } = schema;
  if (items !== undefined) facts["items"] = factsOf({ ...side, schema: items }, model, definitions);
  const properties = Object.entries(propertiesOf(schema));
  if (properties.length > 0) {
    facts["properties"] = Object.fromEntries(
      properties.map(([key, member]) => [key, factsOf({ ...side, schema: member }, model, definitions)]),
    );
  }
  if (Array.isArray(anyOf))
    facts["anyOf"] = anyOf.map((part) => factsOf({ ...side, schema: part }, model, definitions));
  if (Array.isArray(allOf))
    facts["allOf"] = allOf.map((part) => factsOf({ ...side, schema: part }, model, definitions));
  return facts;
}

/** Where the shallowest extension list of a body is, not counting those inside arrays. */
function extensionPlace(side: Side): string | undefined {
  let level: [pointer: string, schema: Json | undefined][] = [["", side.schema]];
  for (let depth = 0; depth < 4 && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const [pointer, schema] of level) {
      if (refName(schema) === "ExtensionList") return pointer;
      const object = resolve({ ...side, schema });
      next.push(
        ...Object.entries(object ? propertiesOf(object) : {}).map(([key, member]): [string, Json] => [
          `${pointer}/${key}`,
          member,
        ]),
      );
    }
    level = next;
  }
  return undefined;
}

/** The bodies of a version by operation, whatever its path parameters are called; responses too where the API has no callbacks. */
function messagesOf(model: Model): Map<string, Message> {
  const messages = new Map<string, Message>();
  for (const { operation, resource, version, body } of model.operations) {
    const node = nodeOf(model, operation);
    const parameters = [...listOf(pathOf(model, operation)?.["parameters"]), ...listOf(node?.["parameters"])]
      .map((parameter) => deref(model.document, parameter))
      .filter((parameter) => parameter?.["in"] === "query");
    const query = parameters
      .map((parameter) => parameter?.["name"])
      .filter((name) => typeof name === "string");
    const schema = body === undefined ? undefined : { $ref: `#/components/schemas/${body}` };
    messages.set(unnamed(operation), { operation, resource, version, schema, query });
    if (model.entry.dialect !== undefined) continue;
    for (const [status, response] of Object.entries(isObject(node?.["responses"]) ? node["responses"] : {})) {
      const answer = mediaSchema(deref(model.document, response));
      if (!status.startsWith("2") || answer === undefined) continue;
      const asked: Operation = `${operation} ${status}`;
      messages.set(unnamed(asked), { operation: asked, resource, version, schema: answer, query: [] });
    }
  }
  return messages;
}

function emptyOperation(older: Message | undefined, newer: Message | undefined): OperationResidue {
  const [oldNames, newNames] = [namesIn(older?.operation), namesIn(newer?.operation)];
  const renamedParams: Record<string, string> = {};
  for (const [i, name] of oldNames.entries()) {
    const now = newNames[i];
    if (now !== undefined && now !== name) renamedParams[name] = now;
  }
  const operation: Operation = (newer ?? older)?.operation ?? "GET /";
  return {
    olderOperation: older?.operation ?? operation,
    newerOperation: newer?.operation ?? operation,
    up: emptyUnsettled(),
    down: emptyUnsettled(),
    holds: {},
    params: {},
    renamedParams,
    newerQuery: [],
    extensions: {},
    held: { up: { sources: [], disposals: [] }, down: { sources: [], disposals: [] } },
  };
}

function emptyUnsettled(): Unsettled {
  return { sources: {}, disposals: {} };
}

function namesIn(operation = ""): string[] {
  return [...operation.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
}

function unnamed(operation: string): string {
  return operation.replaceAll(/\{[^}]*\}/g, "{}");
}

/** The version of a document; a proposal has that of its base, and must not be taken for it. */
function labelOf({ entry }: Model): string {
  return entry.base === undefined ? entry.version : "proposed";
}

function versionOf({ entry }: Model): Version {
  return entry.version;
}

function pathOf({ document }: Model, operation: Operation): JsonObject | undefined {
  const path = operation.split(" ")[1] ?? "";
  const paths = document["paths"];
  const item = isObject(paths) ? paths[path] : undefined;
  return isObject(item) ? item : undefined;
}

function nodeOf(model: Model, operation: Operation): JsonObject | undefined {
  const node = pathOf(model, operation)?.[operation.split(" ")[0]?.toLowerCase() ?? ""];
  return isObject(node) ? node : undefined;
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function deref(document: JsonObject, value: Json | undefined): JsonObject | undefined {
  let current = value;
  while (isObject(current) && typeof current["$ref"] === "string")
    current = valueAt(document, current["$ref"].slice(1));
  return isObject(current) ? current : undefined;
}

function mediaSchema(message: JsonObject | undefined): Json | undefined {
  const content = message?.["content"];
  const media = isObject(content) ? Object.values(content)[0] : undefined;
  return isObject(media) ? media["schema"] : undefined;
}
