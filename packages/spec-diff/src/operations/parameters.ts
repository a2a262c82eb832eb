import type { ApiOperation, Parameter } from "../read/api.ts";
import {
  lifecycleChange,
  lifecycleOf,
  removalTiming,
  type LifecycleChange,
  type RemovalTiming,
} from "../read/lifecycle.ts";
import { record } from "./drafts.ts";
import { reportSchemaChanges } from "./schema-changes.ts";
import { namesOf, type OperationPair, type Setting } from "./setting.ts";

/** Compares the parameters of an operation; those of the path by position, since their names are not sent. */
export function compareParameters(pair: OperationPair, setting: Setting): void {
  const [before, after] = [byPlace(pair.base), byPlace(pair.revision)];
  for (const [key, base] of before) {
    const revision = after.get(key);
    if (revision) compareParameter({ base, revision }, pair, setting);
    else removeParameter(base, pair, setting);
  }
  for (const [key, revision] of after) if (!before.has(key)) addParameter(revision, pair, setting);
}

function byPlace({ path, parameters }: ApiOperation): Map<string, Parameter> {
  const positions = [...path.matchAll(/\{([^/{}]*)\}/g)].map(([, name]) => name);
  return new Map(
    parameters.map((parameter) => {
      const { in: place, name } = parameter;
      if (place === "path") return [`path ${String(positions.indexOf(name))}`, parameter];
      return [`${place} ${place === "header" ? name.toLowerCase() : name}`, parameter];
    }),
  );
}

const REMOVAL_IDS: Readonly<Record<RemovalTiming, string>> = {
  "without-deprecation": "request-parameter-removed",
  "with-deprecation": "request-parameter-removed-with-deprecation",
  "before-sunset": "request-parameter-removed-before-sunset",
  "sunset-unreadable": "request-parameter-sunset-parse",
};

const LIFECYCLE_IDS: Readonly<Record<LifecycleChange, string>> = {
  deprecated: "request-parameter-deprecated",
  "deprecated-with-sunset": "request-parameter-deprecated",
  reactivated: "request-parameter-reactivated",
  "sunset-unreadable": "request-parameter-sunset-parse",
  "sunset-passed": "request-parameter-sunset-date-too-small",
  "sunset-deleted": "request-parameter-sunset-deleted",
  "sunset-moved-to-past": "request-parameter-sunset-date-changed-too-small",
  "sunset-earlier": "request-parameter-sunset-date-earlier",
};

function removeParameter(base: Parameter, pair: OperationPair, { drafts, today }: Setting): void {
  const absent = {
    operation: pair.base.name,
    part: "request",
    parameter: { in: base.in, name: base.name },
    note: "left out",
  };
  record(drafts, {
    id: REMOVAL_IDS[removalTiming(lifecycleOf(base.raw), today)],
    polarity: "request",
    operation: pair.revision.name,
    place: `${base.in} ${base.name}`,
    basePointer: base.pointer,
    subject: base.name,
    ...(base.required && { newToOld: absent }),
  });
}

function addParameter(revision: Parameter, pair: OperationPair, { drafts }: Setting): void {
  const scope = revision.shared ? "request-default-parameter-to-existing-path" : "request-parameter";
  const absent = {
    operation: pair.revision.name,
    part: "request",
    parameter: { in: revision.in, name: revision.name },
    note: "left out",
  };
  record(drafts, {
    id:
      revision.in === "path"
        ? "new-request-path-parameter"
        : `new-${revision.required ? "required" : "optional"}-${scope}`,
    polarity: "request",
    operation: pair.revision.name,
    place: `${revision.in} ${revision.name}`,
    revisionPointer: revision.pointer,
    subject: revision.name,
    ...(revision.required && { oldToNew: absent }),
  });
}

interface ParameterPair {
  readonly base: Parameter;
  readonly revision: Parameter;
}

function compareParameter({ base, revision }: ParameterPair, pair: OperationPair, setting: Setting): void {
  const { drafts, today } = setting;
  const place = `${revision.in} ${revision.name}`;
  const operation = pair.revision.name;
  const at = {
    polarity: "request" as const,
    operation,
    place,
    basePointer: base.pointer,
    revisionPointer: revision.pointer,
    subject: revision.name,
  };
  const parameter = { in: revision.in, name: revision.name };
  const absent = { operation, part: "request", parameter, note: "left out" };
  if (base.name !== revision.name && revision.in === "path") {
    record(drafts, { ...at, id: "path-parameter-renamed", from: base.name, to: revision.name });
  }
  if (!base.required && revision.required)
    record(drafts, { ...at, id: "request-parameter-became-required", oldToNew: absent });
  if (base.required && !revision.required)
    record(drafts, { ...at, id: "request-parameter-became-optional", newToOld: absent });
  const [from, to] = [serialization(base), serialization(revision)];
  if (from !== to) {
    const id = "request-parameter-serialization-changed";
    record(drafts, { ...at, id, from, to, oldToNew: "unproven", newToOld: "unproven" });
  }
  const [was, is] = [lifecycleOf(base.raw), lifecycleOf(revision.raw)];
  const change = lifecycleChange(was, is, today);
  if (change) record(drafts, { ...at, id: LIFECYCLE_IDS[change], from: was.sunset, to: is.sunset });
  if (!base.schema || !revision.schema) return;
  reportSchemaChanges(
    {
      // A parameter is sent as text.
      pair: setting.comparison.compare(base.schema(), revision.schema(), true),
      place: "request-parameter",
      below: revision.in === "header" ? "request-header-property" : "request-parameter-property",
      polarity: "request",
      operations: namesOf(pair),
      part: place,
      parameter,
    },
    setting,
  );
}

const STYLES: Readonly<Record<string, string>> = {
  path: "simple",
  header: "simple",
  query: "form",
  cookie: "form",
};

// How a parameter is serialized, with the defaults of OpenAPI.
function serialization({ in: place, raw }: Parameter): string {
  const style = typeof raw["style"] === "string" ? raw["style"] : (STYLES[place] ?? "simple");
  const explode = typeof raw["explode"] === "boolean" ? raw["explode"] : style === "form";
  return explode ? `${style}, exploded` : style;
}
