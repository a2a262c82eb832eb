import type { ApiOperation, Parameter } from "./api.ts";
import { farewellOf, lifecycleChange, type Farewell, type LifecycleChange } from "./lifecycle.ts";
import { lifecycleOf, record, type Setting } from "./operation-changes.ts";
import { walk } from "./walk.ts";

/** Compares the parameters of an operation; those of the path by their position, since their names do not travel. */
export function compareParameters(before: ApiOperation, after: ApiOperation, setting: Setting): void {
  const [old, now] = [keyed(before), keyed(after)];
  for (const [key, base] of old) {
    const revision = now.get(key);
    if (revision) compareParameter(before, after, base, revision, setting);
    else removeParameter(before, after, base, setting);
  }
  for (const [key, revision] of now) if (!old.has(key)) addParameter(after, revision, setting);
}

function keyed({ path, parameters }: ApiOperation): Map<string, Parameter> {
  const positions = [...path.matchAll(/\{([^/{}]*)\}/g)].map(([, name]) => name);
  return new Map(
    parameters.map((parameter) => {
      const { in: place, name } = parameter;
      if (place === "path") return [`path ${String(positions.indexOf(name))}`, parameter];
      return [`${place} ${place === "header" ? name.toLowerCase() : name}`, parameter];
    }),
  );
}

const REMOVAL_IDS: Readonly<Record<Farewell, string>> = {
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

function removeParameter(
  before: ApiOperation,
  after: ApiOperation,
  base: Parameter,
  { drafts, today }: Setting,
): void {
  const absent = {
    operation: before.name,
    part: "request",
    parameter: { in: base.in, name: base.name },
    note: "left out",
  };
  record(drafts, {
    id: REMOVAL_IDS[farewellOf(lifecycleOf(base.raw), today)],
    polarity: "request",
    operation: after.name,
    place: `${base.in} ${base.name}`,
    basePointer: base.pointer,
    subject: base.name,
    ...(base.required && { newToOld: absent }),
  });
}

function addParameter(after: ApiOperation, revision: Parameter, { drafts }: Setting): void {
  const scope = revision.shared ? "request-default-parameter-to-existing-path" : "request-parameter";
  const absent = {
    operation: after.name,
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
    operation: after.name,
    place: `${revision.in} ${revision.name}`,
    revisionPointer: revision.pointer,
    subject: revision.name,
    ...(revision.required && { oldToNew: absent }),
  });
}

function compareParameter(
  before: ApiOperation,
  after: ApiOperation,
  base: Parameter,
  revision: Parameter,
  { comparison, drafts, number, today }: Setting,
): void {
  const place = `${revision.in} ${revision.name}`;
  const at = {
    polarity: "request" as const,
    operation: after.name,
    place,
    basePointer: base.pointer,
    revisionPointer: revision.pointer,
    subject: revision.name,
  };
  const parameter = { in: revision.in, name: revision.name };
  const absent = { operation: after.name, part: "request", parameter, note: "left out" };
  if (base.name !== revision.name && revision.in === "path") {
    record(drafts, { ...at, id: "path-parameter-renamed", from: base.name, to: revision.name });
  }
  if (!base.required && revision.required) {
    record(drafts, { ...at, id: "request-parameter-became-required", oldToNew: absent });
  }
  if (base.required && !revision.required) {
    record(drafts, { ...at, id: "request-parameter-became-optional", newToOld: absent });
  }
  if (serialization(base) !== serialization(revision)) {
    record(drafts, {
      ...at,
      id: "request-parameter-serialization-changed",
      from: serialization(base),
      to: serialization(revision),
      oldToNew: "unproven",
      newToOld: "unproven",
    });
  }
  const [was, is] = [lifecycleOf(base.raw), lifecycleOf(revision.raw)];
  const change = lifecycleChange(was, is, today);
  if (change) record(drafts, { ...at, id: LIFECYCLE_IDS[change], from: was.sunset, to: is.sunset });
  if (!base.schema || !revision.schema) return;
  walk(
    {
      // A parameter travels as text.
      pair: comparison.compare(base.schema(), revision.schema(), true),
      place: "request-parameter",
      below: revision.in === "header" ? "request-header-property" : "request-parameter-property",
      polarity: "request",
      operations: { base: before.name, revision: after.name },
      part: place,
      parameter,
    },
    drafts,
    number,
  );
}

const STYLES: Readonly<Record<string, string>> = {
  path: "simple",
  header: "simple",
  query: "form",
  cookie: "form",
};

// How a parameter is written, the defaults of OpenAPI filled in.
function serialization({ in: place, raw }: Parameter): string {
  const style = typeof raw["style"] === "string" ? raw["style"] : (STYLES[place] ?? "simple");
  const explode = typeof raw["explode"] === "boolean" ? raw["explode"] : style === "form";
  return explode ? `${style}, exploded` : style;
}
