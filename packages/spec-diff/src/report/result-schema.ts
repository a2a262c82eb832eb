import type { JsonRecord } from "../schema/json.ts";

const text = { type: "string" };
const texts = { type: "array", items: text };
const version = { type: "string", pattern: "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$" };
const verdict = { enum: ["ok", "breaks", "unproven", "incomparable"] };

const order = { enum: ["any", "receivers first", "senders first", "impossible"] };

const side = {
  type: "object",
  properties: { name: text, title: text, version: text, operations: { type: "integer", minimum: 0 } },
  required: ["name", "title", "version", "operations"],
};

const witness = {
  type: "object",
  properties: {
    operation: text,
    part: text,
    body: true,
    parameter: {
      type: "object",
      properties: { in: text, name: text, value: true },
      required: ["in", "name"],
    },
    note: text,
    path: text,
    value: true,
  },
  required: ["operation", "part"],
};

const position = {
  type: "object",
  properties: {
    file: text,
    line: { type: "integer", minimum: 1 },
    column: { type: "integer", minimum: 1 },
  },
  required: ["file", "line", "column"],
};

const finding = {
  type: "object",
  properties: {
    id: text,
    level: { enum: ["info", "warn", "error"] },
    text,
    pointer: text,
    basePointer: text,
    revisionPointer: text,
    basePosition: position,
    revisionPosition: position,
    fingerprint: { type: "string", pattern: "^[0-9a-f]{16}$" },
    cause: text,
    capped: text,
    operations: texts,
    places: texts,
    polarity: { enum: ["request", "response", "none"] },
    from: true,
    to: true,
    oldToNew: verdict,
    newToOld: verdict,
    witness: { type: "object", properties: { oldToNew: witness, newToOld: witness } },
  },
  required: [
    "id",
    "level",
    "text",
    "pointer",
    "fingerprint",
    "cause",
    "operations",
    "places",
    "polarity",
    "oldToNew",
    "newToOld",
  ],
};

const entry = {
  type: "object",
  properties: {
    id: text,
    path: text,
    reason: text,
    expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
  },
  required: ["id", "path", "reason", "expires"],
};

const resource = {
  type: "object",
  properties: {
    resource: text,
    change: { enum: ["none", "minor", "major", "new", "removed"] },
    from: version,
    to: version,
    declared: version,
    mismatch: { enum: ["too low", "too high"] },
    oldToNew: verdict,
    newToOld: verdict,
    order,
    because: texts,
  },
  required: ["resource", "change", "oldToNew", "newToOld", "order", "because"],
};

const step = {
  type: "object",
  properties: {
    resource: text,
    order,
    pairs: {
      type: "array",
      items: {
        type: "object",
        properties: { old: text, new: text, oldToNew: verdict, newToOld: verdict },
        required: ["old", "new", "oldToNew", "newToOld"],
      },
    },
  },
  required: ["resource", "order", "pairs"],
};

/** JSON Schema 2020-12 of a {@link DiffResult} written as JSON, with the `plan` of `planUpgrade` if there is one. Members may be added to it in minor versions of this package. */
export const diffResultSchema: JsonRecord = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "DiffResult",
  type: "object",
  properties: {
    base: side,
    revision: side,
    profile: { enum: ["openapi", "fspiop"] },
    findings: { type: "array", items: finding },
    verdict: {
      type: "object",
      properties: { oldToNew: verdict, newToOld: verdict },
      required: ["oldToNew", "newToOld"],
    },
    breaking: { type: "boolean" },
    level: { enum: ["none", "info", "warn", "error"] },
    bump: { enum: ["none", "minor", "major"] },
    resources: { type: "array", items: resource },
    ignored: {
      type: "object",
      properties: {
        ignored: {
          type: "array",
          items: { type: "object", properties: { finding, entry }, required: ["finding", "entry"] },
        },
        unused: { type: "array", items: entry },
        expired: { type: "array", items: entry },
        hidden: { type: "integer", minimum: 0 },
      },
      required: ["ignored", "unused", "expired", "hidden"],
    },
    plan: { type: "array", items: step },
  },
  required: [
    "base",
    "revision",
    "profile",
    "findings",
    "verdict",
    "breaking",
    "level",
    "bump",
    "resources",
    "ignored",
  ],
};
