import { compareVersions, type Operation, type Version } from "@mojaloop-versioning/protocol";

import type { Model } from "./model.ts";
import { type CompareSchemas, createCompareSchemas } from "./residue-compare.ts";
import { type Message, messagesOf, namesIn } from "./residue-message.ts";
import {
  extensionPlace,
  type Facts,
  factsOf,
  type Holder,
  holderOf,
  isRequired,
  labelOf,
  valueOf,
} from "./residue-schema.ts";

/** The component that ids are of; a path's lone `{ID}` is one (API Definition 7.3.8, 6.2 to 6.10). */
const ID = "CorrelationId";
const DIRECTIONS = ["up", "down"] as const;
type Direction = (typeof DIRECTIONS)[number];

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
      // Numbered below the API, as a first version 1.0 is: there is no older version to convert from.
      if (compareVersions(from, message.version) >= 0) continue;
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

function versionOf({ entry }: Model): Version {
  return entry.version;
}
